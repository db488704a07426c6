import { acceptRecord, type Acceptance, type RecordContext } from '../intake/accept-record';
import { quarantined } from '../intake/quarantine';
import type { Mapping } from './mapping';

/** What a record came to; `once` marks events that stand in many records. */
export interface MappedRecord {
  acceptance: Acceptance;
  once: boolean;
}

/** A record through a mapping and the contract. `context.source` is set by the mapping. */
export function mapRecord(value: unknown, mapping: Mapping, context: RecordContext): MappedRecord[] {
  return mapping.apply(value).map((mapped) => {
    if (mapped.ok) {
      const source = mapping.source ?? context.source;
      return { acceptance: acceptRecord(mapped.value, { ...context, source }), once: mapped.once };
    }
    const problem = { place: context.place, ...mapped.problem };
    const source = mapping.source ?? context.source ?? '';
    const quarantine = quarantined(context.raw, 'unmappable', [problem], { ...context, source });
    return { acceptance: { ok: false, quarantine }, once: false };
  });
}
