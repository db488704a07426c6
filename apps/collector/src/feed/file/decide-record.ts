import type { Clock, Settings } from '@mingjian/runtime';
import { refuseMalformed, type RecordContext } from '../../intake/accept-record';
import { parseJson } from '../../intake/parse-json';
import type { Publisher } from '../../intake/publish';
import type { RowLookup } from '../../mapping/compile-input';
import type { JoinMemory } from '../../mapping/join-memory';
import { mapRecord, type MappedRecord } from '../../mapping/map-record';
import type { Mapping } from '../../mapping/mapping';
import type { SourceRecord } from './source-record';

/** What deciding about a record takes. */
export interface Decides {
  mapping: Mapping;
  /** Stamps the receipt. */
  clock: Pick<Clock, 'now'>;
  settings: Pick<Settings, 'futureToleranceSeconds' | 'intakeBatch'>;
}

/** What a record of a file means: events, or why it goes into quarantine. */
export function decideRecord(
  record: SourceRecord,
  file: string,
  options: Decides,
  lookup: RowLookup | null,
): MappedRecord[] {
  const context = contextOf(`${file}${record.suffix}`, record.raw, options);
  if (record.ok) return mapRecord(record.value, options.mapping, context, lookup);
  const problem = { ...record.problem, place: context.place };
  return [{ acceptance: refuseMalformed(problem, context), once: false, rule: null, waitsFor: null }];
}

/**
 * Releases the records of earlier deliveries whose row has come: what they mean is published, and their quarantine is
 * ended. One that now waits for yet another row goes on waiting.
 * @returns how many were released.
 */
export async function releaseReady(
  memory: JoinMemory,
  publisher: Publisher,
  options: Decides,
): Promise<number> {
  let released = 0;
  for (;;) {
    const ready = memory.ready(options.settings.intakeBatch);
    if (ready.length === 0) return released;
    const done: string[] = [];
    const acceptances: MappedRecord['acceptance'][] = [];
    for (const { quarantine, raw } of ready) {
      const context = contextOf(quarantine.place, raw, options);
      const parsed = parseJson(raw, quarantine.place);
      const mapped = parsed.ok ? mapRecord(parsed.value, options.mapping, context, memory) : [];
      const further = mapped.find(({ waitsFor }) => waitsFor !== null)?.waitsFor;
      if (further) {
        memory.keepWaiting([{ quarantine, raw, waitsFor: further }]);
        continue;
      }
      acceptances.push(...mapped.map(({ acceptance }) => acceptance));
      const releasedat = new Date(options.clock.now()).toISOString();
      acceptances.push({ ok: false, quarantine: { ...quarantine, releasedat } });
      done.push(quarantine.id);
    }
    await publisher.publish(acceptances, 'release');
    memory.forget(done);
    released += done.length;
  }
}

function contextOf(place: string, raw: string, { mapping, clock, settings }: Decides): RecordContext {
  return {
    source: mapping.source,
    feed: 'file',
    place,
    receivedAt: clock.now(),
    futureToleranceMs: settings.futureToleranceSeconds * 1000,
    raw,
  };
}
