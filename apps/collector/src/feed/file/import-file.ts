import { BadInputError, type StepEventType } from '@mingjian/contracts';
import type { EventLog } from '@mingjian/log';
import type { Clock, Progress, Settings } from '@mingjian/runtime';
import { refuseMalformed, type Acceptance, type RecordContext } from '../../intake/accept-record';
import type { CollectorMetrics } from '../../intake/collector-metrics';
import { Publisher } from '../../intake/publish';
import { splitLines } from '../../intake/split-lines';
import { mapRecord } from '../../mapping/map-record';
import type { Mapping } from '../../mapping/mapping';
import { readCsv } from './read-csv';
import { readNdjson } from './read-ndjson';
import { readText } from './read-text';
import { Repeats } from './repeats';
import { LONGEST_RECORD, type SourceRecord } from './source-record';

export interface ImportOptions {
  /** CSV or NDJSON, as the mapping says; unpacked where the name ends in `.gz`. */
  file: string;
  mapping: Mapping;
  log: EventLog;
  /** Stamps the receipt. */
  clock: Clock;
  settings: Pick<Settings, 'futureToleranceSeconds' | 'intakeBatch'>;
  /** Counts records, where somebody watches. */
  progress?: Pick<Progress, 'advance'>;
  metrics?: CollectorMetrics;
}

export interface ImportCounts {
  /** Rows or lines read, good and bad. */
  records: number;
  /** Step events published. */
  accepted: number;
  /** Quarantine records published. */
  quarantined: number;
  eventsByType: Partial<Record<StepEventType, number>>;
  /** Events passed over because an earlier record of this run meant the same one. */
  skippedRepeats: number;
}

/**
 * Brings a file through the collector's path: read, map, hold against the contract, publish in batches.
 * Guarantees: memory is bounded whatever the size of the file; when it resolves all is durable; a record that does not
 * fit goes into quarantine with `file:line` and stops no other. Importing again, or in another order, does no harm.
 * @throws BadInputError when the file as a whole cannot be used: unreadable, or without a column that the mapping needs.
 */
export async function importFile(options: ImportOptions): Promise<ImportCounts> {
  const { log, settings } = options;
  const publisher = new Publisher(log, settings.intakeBatch, options.metrics ?? null);
  const counts: ImportCounts = {
    records: 0,
    accepted: 0,
    quarantined: 0,
    eventsByType: {},
    skippedRepeats: 0,
  };
  const repeats = new Repeats();
  let waiting: Acceptance[] = [];
  let records = 0;

  const flush = async (): Promise<void> => {
    const published = await publisher.publish(waiting, 'file');
    counts.accepted += published.accepted;
    counts.quarantined += published.quarantined;
    options.progress?.advance(records);
    waiting = [];
    records = 0;
  };

  for await (const record of readRecords(options)) {
    counts.records++;
    records++;
    for (const { acceptance, once } of decide(record, options)) {
      if (acceptance.ok) {
        const { type } = acceptance.event;
        if (once && repeats.isRepeat(acceptance.event)) {
          counts.skippedRepeats++;
          continue;
        }
        counts.eventsByType[type] = (counts.eventsByType[type] ?? 0) + 1;
      }
      waiting.push(acceptance);
    }
    if (waiting.length >= settings.intakeBatch) await flush();
  }
  await flush();
  return counts;
}

function readRecords({ file, mapping }: ImportOptions): AsyncIterable<SourceRecord> {
  const lines = splitLines(readText(file, mapping.encoding), LONGEST_RECORD);
  if (mapping.format === 'ndjson') return readNdjson(lines);
  const { delimiter, columns } = mapping;
  return readCsv(lines, { delimiter, columns, onHeader: (names) => checkHeader(names, mapping, file) });
}

/** A missing column is one fault of the file, not one of each of its rows. */
function checkHeader(names: readonly string[], mapping: Mapping, file: string): void {
  const missing = mapping.fields.filter((field) => !names.includes(field));
  if (missing.length === 0) return;
  throw new BadInputError(
    missing.map((field) => ({
      place: `${file}:1`,
      field,
      expected: `a column of this name, which mapping ${mapping.name} reads`,
      got: names.join(mapping.delimiter),
      hint: 'correct the header, the delimiter or the mapping',
    })),
  );
}

function decide(record: SourceRecord, options: ImportOptions): { acceptance: Acceptance; once: boolean }[] {
  const { file, mapping, clock, settings } = options;
  const context: RecordContext = {
    source: mapping.source,
    feed: 'file',
    place: `${file}:${record.line}`,
    receivedAt: clock.now(),
    futureToleranceMs: settings.futureToleranceSeconds * 1000,
    raw: record.raw,
  };
  if (record.ok) return mapRecord(record.value, mapping, context);
  const problem = { ...record.problem, place: context.place };
  return [{ acceptance: refuseMalformed(problem, context), once: false }];
}
