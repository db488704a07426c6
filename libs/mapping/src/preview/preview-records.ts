import type { Problem, QuarantineReason, StepEvent, StepEventType } from '@mingjian/contracts';
import { problemOf } from '../accept/quarantine';
import { inputsOf, readRecords, readRecordsOfText, type RecordText } from '../read/read-records';
import type { SourceRecord } from '../read/source-record';
import { decideRecord, type Decides } from './decide-record';
import { Repeats } from './repeats';
import { RowsInMemory } from './rows-in-memory';

/** What a preview takes. */
export interface PreviewOptions extends Decides {
  /** Most records to read; null: all. */
  limit: number | null;
}

/** What one record would come to. */
export interface PreviewedRecord {
  /** `window.csv:17` */
  place: string;
  /** Line of a text, row of a sheet, or number of the element in its document; from 1. */
  line: number;
  /** As the mapping takes it, or the text of what is no record. */
  record: unknown;
  /** Where the rule stands: `mapping.yaml:41`; null where no rule is concerned (a version taken back, a fault of all). */
  events: { rule: string | null; event: StepEvent }[];
  rejects: { rule: string | null; reason: QuarantineReason; problem: Problem }[];
}

/** What a run would come to. */
export interface PreviewSum {
  records: number;
  events: number;
  eventsByType: Partial<Record<StepEventType, number>>;
  rejectsByReason: Partial<Record<QuarantineReason, number>>;
  /** Records that mean nothing, by a rule of the mapping. */
  ignored: number;
  /** Events that an earlier record of the run meant, too. */
  skippedRepeats: number;
}

/** Records that are read twice where rows are joined. */
interface Part {
  name: string;
  read: () => AsyncIterable<SourceRecord>;
}

/**
 * A delivery through the collector's path, without its end: nothing is published and nothing is written. Rows are
 * joined within the delivery alone, so that a record whose row came earlier is shown as waiting.
 * @throws BadInputError when a file as a whole cannot be used.
 */
export async function* previewFiles(
  options: PreviewOptions & { files: readonly string[] },
  sum: PreviewSum,
): AsyncGenerator<PreviewedRecord> {
  const { files, mapping } = options;
  for (const file of files) inputsOf(file, mapping);
  const parts = files.map((name) => ({ name, read: () => readRecords(name, mapping) }));
  yield* preview(parts, options, sum);
}

/** The same of a text that somebody pasted, which no file name says anything of: {@link readRecordsOfText}. */
export async function* previewText(
  options: PreviewOptions & { text: RecordText & { pieces: readonly string[] } },
  sum: PreviewSum,
): AsyncGenerator<PreviewedRecord> {
  const { text, mapping } = options;
  yield* preview([{ name: text.name, read: () => readRecordsOfText(text, mapping) }], options, sum);
}

async function* preview(
  parts: readonly Part[],
  options: PreviewOptions,
  sum: PreviewSum,
): AsyncGenerator<PreviewedRecord> {
  const { mapping, limit } = options;
  const memory = mapping.hasJoins ? new RowsInMemory() : null;
  const repeats = new Repeats();
  for (const { read } of memory === null ? [] : parts)
    for await (const record of read()) {
      const row = record.ok ? mapping.toRemember(record.value) : null;
      if (row !== null) memory?.remember([row]);
    }
  for (const { name, read } of parts)
    for await (const record of read()) {
      if (sum.records === limit) return;
      sum.records++;
      yield previewed(record, name, options, { memory, repeats, sum });
    }
}

function previewed(
  record: SourceRecord,
  name: string,
  options: PreviewOptions,
  run: { memory: RowsInMemory | null; repeats: Repeats; sum: PreviewSum },
): PreviewedRecord {
  const { memory, repeats, sum } = run;
  const found: PreviewedRecord = {
    place: `${name}${record.suffix}`,
    line: record.line,
    record: record.ok ? record.value : record.raw,
    events: [],
    rejects: [],
  };
  const decided = decideRecord(record, name, options, memory);
  if (decided.length === 0) sum.ignored++;
  for (const { acceptance, once, rule } of decided) {
    const place = rule === null ? null : options.mapping.placeOf(rule);
    if (!acceptance.ok) {
      const { reason } = acceptance.quarantine;
      sum.rejectsByReason[reason] = (sum.rejectsByReason[reason] ?? 0) + 1;
      found.rejects.push({ rule: place, reason, problem: problemOf(acceptance.quarantine) });
    } else if (once && repeats.isRepeat(acceptance.event)) {
      sum.skippedRepeats++;
    } else {
      const { type } = acceptance.event;
      sum.events++;
      sum.eventsByType[type] = (sum.eventsByType[type] ?? 0) + 1;
      found.events.push({ rule: place, event: acceptance.event });
    }
  }
  return found;
}

/** The sum of nothing yet. */
export function emptyPreviewSum(): PreviewSum {
  return { records: 0, events: 0, eventsByType: {}, rejectsByReason: {}, ignored: 0, skippedRepeats: 0 };
}
