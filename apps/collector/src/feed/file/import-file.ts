import type { StepEventType } from '@mingjian/contracts';
import type { EventLog } from '@mingjian/log';
import type { Progress, Settings } from '@mingjian/runtime';
import type { CollectorMetrics } from '../../intake/collector-metrics';
import { Publisher } from '../../intake/publish';
import { JoinMemory, type WaitingRecord } from './join-memory';
import {
  decideRecord,
  type Decides,
  inputsOf,
  type MappedRecord,
  type Mapping,
  readRecords,
  type RememberedRow,
  Repeats,
} from '@mingjian/mapping';
import { releaseReady } from './release-ready';

export interface ImportOptions extends Decides {
  /** One file, or all files of one delivery; unpacked where a name ends in `.gz`. */
  file: string | readonly string[];
  log: EventLog;
  settings: Pick<Settings, 'futureToleranceSeconds' | 'intakeBatch'>;
  /** Counts records, where somebody watches. */
  progress?: Pick<Progress, 'advance'>;
  metrics?: CollectorMetrics;
  /**
   * Where a mapping with joins keeps rows for later deliveries; left out: for this run alone, and what waits then must be
   * sent again together with its row.
   */
  joinFile?: string;
}

export interface ImportCounts {
  /** Rows, lines or elements read, good and bad. */
  records: number;
  /** Step events published. */
  accepted: number;
  /** Quarantine records published. */
  quarantined: number;
  eventsByType: Partial<Record<StepEventType, number>>;
  /** Events passed over because an earlier record of this run meant the same one. */
  skippedRepeats: number;
  /** Of the quarantined: records that wait for a row of another table. */
  waiting: number;
  /** Records of earlier deliveries whose row has come. */
  released: number;
}

/**
 * Brings a delivery through the collector's path: read, join, map, hold against the contract, publish in batches.
 * Guarantees: memory is bounded whatever the size of a file of lines; when it resolves all is durable; a record that does
 * not fit goes into quarantine with its place and stops no other. Importing again, or in another order, does no harm: the
 * files of a delivery are read twice where rows are joined, so that their order plays no part either.
 * @throws BadInputError when a file as a whole cannot be used; what was published before stays.
 */
export async function importFile(options: ImportOptions): Promise<ImportCounts> {
  const { log, settings, mapping } = options;
  const files = typeof options.file === 'string' ? [options.file] : options.file;
  const publisher = new Publisher(log, settings.intakeBatch, options.metrics ?? null);
  const memory = mapping.hasJoins ? new JoinMemory(options.joinFile ?? ':memory:', mapping) : null;
  const counts: ImportCounts = {
    records: 0,
    accepted: 0,
    quarantined: 0,
    eventsByType: {},
    skippedRepeats: 0,
    waiting: 0,
    released: 0,
  };
  const repeats = new Repeats();
  let waiting: MappedRecord['acceptance'][] = [];
  let toJoin: WaitingRecord[] = [];
  let records = 0;

  const flush = async (): Promise<void> => {
    // First: after a crash a record that waits twice does no harm, one that nobody remembers does.
    memory?.keepWaiting(toJoin);
    const published = await publisher.publish(waiting, 'file');
    counts.accepted += published.accepted;
    counts.quarantined += published.quarantined;
    options.progress?.advance(records);
    waiting = [];
    toJoin = [];
    records = 0;
  };

  try {
    for (const file of files) inputsOf(file, mapping);
    if (memory !== null) {
      for (const file of files) await rememberRows(file, mapping, memory);
      counts.released = await releaseReady(memory, publisher, options);
    }
    for (const file of files)
      for await (const record of readRecords(file, mapping)) {
        counts.records++;
        records++;
        for (const { acceptance, once, waitsFor } of decideRecord(record, file, options, memory)) {
          if (acceptance.ok) {
            const { type } = acceptance.event;
            if (once && repeats.isRepeat(acceptance.event)) {
              counts.skippedRepeats++;
              continue;
            }
            counts.eventsByType[type] = (counts.eventsByType[type] ?? 0) + 1;
          } else if (waitsFor !== null) {
            counts.waiting++;
            toJoin.push({ quarantine: acceptance.quarantine, raw: record.raw, waitsFor });
          }
          waiting.push(acceptance);
        }
        if (waiting.length >= settings.intakeBatch) await flush();
      }
    await flush();
    return counts;
  } finally {
    memory?.close();
  }
}

const ROWS_AT_ONCE = 1000;

/** The first reading: only the rows that others are joined to. */
async function rememberRows(file: string, mapping: Mapping, memory: JoinMemory): Promise<void> {
  let rows: RememberedRow[] = [];
  for await (const record of readRecords(file, mapping)) {
    const row = record.ok ? mapping.toRemember(record.value) : null;
    if (row !== null) rows.push(row);
    if (rows.length < ROWS_AT_ONCE) continue;
    memory.remember(rows);
    rows = [];
  }
  memory.remember(rows);
}
