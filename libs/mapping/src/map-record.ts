import type { Problem, QuarantineReason } from '@mingjian/contracts';
import { acceptRecord, type Acceptance, type RecordContext } from './accept/accept-record';
import { meantBy, quarantined } from './accept/quarantine';
import type { MappedEvent, RowName } from './compile-event';
import type { RowLookup } from './compile-input';
import type { Mapping } from './mapping';

/** What a record came to; `once` marks events that stand in many records. */
export interface MappedRecord {
  acceptance: Acceptance;
  once: boolean;
  /** Number of the rule that made it; null where none did. */
  rule: number | null;
  /** The row of another table for which the record waits in quarantine. */
  waitsFor: RowName | null;
}

/** A record through a mapping and the contract. `context.source` is set by the mapping. */
export function mapRecord(
  value: unknown,
  mapping: Mapping,
  context: RecordContext,
  lookup: RowLookup | null = null,
): MappedRecord[] {
  const source = mapping.source ?? context.source;
  return mapping.apply(value, lookup).map((mapped) => {
    const { rule } = mapped;
    if (mapped.ok)
      return {
        acceptance: acceptRecord(mapped.value, { ...context, source }),
        once: mapped.once,
        rule,
        waitsFor: null,
      };
    const waitsFor = mapped.waitsFor ?? null;
    const reason = waitsFor === null ? 'unmappable' : 'waiting';
    return { acceptance: refuse(mapped, reason, context, source), once: false, rule, waitsFor };
  });
}

function refuse(
  { problem, meant }: Extract<MappedEvent, { ok: false }>,
  reason: QuarantineReason,
  context: RecordContext,
  source: string | null,
): Acceptance {
  const placed: Problem = { place: context.place, ...problem };
  const subject = meant?.subject ?? null;
  return {
    ok: false,
    quarantine: quarantined(
      context.raw,
      reason,
      [placed],
      { ...context, source: source ?? '' },
      meantBy(meant?.id, subject === null ? null : String(subject)),
    ),
  };
}
