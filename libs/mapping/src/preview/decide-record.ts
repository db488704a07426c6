import type { Clock, Settings } from '@mingjian/runtime';
import { refuseMalformed, type RecordContext } from '../accept/accept-record';
import type { RowLookup } from '../compile-input';
import { mapRecord, type MappedRecord } from '../map-record';
import type { Mapping } from '../mapping';
import type { SourceRecord } from '../read/source-record';

/** What deciding about a record takes. */
export interface Decides {
  mapping: Mapping;
  /** Stamps the receipt. */
  clock: Pick<Clock, 'now'>;
  settings: Pick<Settings, 'futureToleranceSeconds'>;
}

/** What a record of a file means: events, or why it goes into quarantine. */
export function decideRecord(
  record: SourceRecord,
  file: string,
  options: Decides,
  lookup: RowLookup | null,
): MappedRecord[] {
  const context = fileContext(`${file}${record.suffix}`, record.raw, options);
  if (record.ok) return mapRecord(record.value, options.mapping, context, lookup);
  const problem = { ...record.problem, place: context.place };
  return [{ acceptance: refuseMalformed(problem, context), once: false, rule: null, waitsFor: null }];
}

/** A record of a file, received now. */
export function fileContext(
  place: string,
  raw: string,
  { mapping, clock, settings }: Decides,
): RecordContext {
  return {
    source: mapping.source,
    feed: 'file',
    place,
    receivedAt: clock.now(),
    futureToleranceMs: settings.futureToleranceSeconds * 1000,
    raw,
  };
}
