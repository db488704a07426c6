import type { Problem, QuarantineReason, StepEvent, StepEventType } from '@mingjian/contracts';
import { problemOf } from '../../intake/quarantine';
import { JoinMemory } from '../../mapping/join-memory';
import { decideRecord, type Decides } from './decide-record';
import { rememberRows } from './import-file';
import { inputsOf, readRecords } from './read-records';
import { Repeats } from './repeats';

export interface PreviewOptions extends Decides {
  /** The files of one delivery. */
  files: readonly string[];
  /** Most records to read; null: all. */
  limit: number | null;
}

/** What one record would come to. */
export interface PreviewedRecord {
  /** `window.csv:17` */
  place: string;
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

/**
 * A delivery through the collector's path, without its end: nothing is published and nothing is written. Rows are
 * joined within the delivery alone, so that a record whose row came earlier is shown as waiting.
 * @throws BadInputError when a file as a whole cannot be used.
 */
export async function* previewFiles(
  options: PreviewOptions,
  sum: PreviewSum,
): AsyncGenerator<PreviewedRecord> {
  const { files, mapping, limit } = options;
  const memory = mapping.hasJoins ? new JoinMemory(':memory:', mapping.name) : null;
  const repeats = new Repeats();
  try {
    for (const file of files) inputsOf(file, mapping);
    if (memory !== null) for (const file of files) await rememberRows(file, mapping, memory);
    for (const file of files)
      for await (const record of readRecords(file, mapping)) {
        if (sum.records === limit) return;
        sum.records++;
        const previewed: PreviewedRecord = {
          place: `${file}${record.suffix}`,
          record: record.ok ? record.value : record.raw,
          events: [],
          rejects: [],
        };
        const decided = decideRecord(record, file, options, memory);
        if (decided.length === 0) sum.ignored++;
        for (const { acceptance, once, rule } of decided) {
          const place = rule === null ? null : mapping.placeOf(rule);
          if (!acceptance.ok) {
            const { reason } = acceptance.quarantine;
            sum.rejectsByReason[reason] = (sum.rejectsByReason[reason] ?? 0) + 1;
            previewed.rejects.push({ rule: place, reason, problem: problemOf(acceptance.quarantine) });
          } else if (once && repeats.isRepeat(acceptance.event)) {
            sum.skippedRepeats++;
          } else {
            const { type } = acceptance.event;
            sum.events++;
            sum.eventsByType[type] = (sum.eventsByType[type] ?? 0) + 1;
            previewed.events.push({ rule: place, event: acceptance.event });
          }
        }
        yield previewed;
      }
  } finally {
    memory?.close();
  }
}

/** The sum of nothing yet. */
export function emptyPreviewSum(): PreviewSum {
  return { records: 0, events: 0, eventsByType: {}, rejectsByReason: {}, ignored: 0, skippedRepeats: 0 };
}
