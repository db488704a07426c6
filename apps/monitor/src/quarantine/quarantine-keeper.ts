import { createHash } from 'node:crypto';
import { problemsOf, QuarantineRecord, TOPICS, type QuarantineReason } from '@mingjian/contracts';
import type { EventLog, LogBatch, LogRecord, Subscription } from '@mingjian/log';
import { BESIDE_THE_SHARDS, endOf, endQuarantine, keepQuarantined, type Store } from '@mingjian/store';
import { positionsAfter, savePositions } from '../intake/intake-position';
import { MONITOR_GROUP } from '../intake/step-event-intake';
import { unstorableText } from '../intake/unstorable-text';

/** Who wants to know that records came into quarantine. */
export type QuarantineObserver = (kept: number) => void;

/**
 * Brings topic `mingjian.quarantine` into its table, where people see it and release it. Comes from the collector and
 * the intake. A record is kept once, however often it is delivered; nothing on the topic is ever dropped.
 */
export class QuarantineKeeper {
  private readonly subscription: Subscription;

  constructor(
    log: EventLog,
    private readonly store: Store,
    private readonly observe: QuarantineObserver,
    maxBatch: number,
  ) {
    this.subscription = log.subscribe({
      group: MONITOR_GROUP,
      topic: TOPICS.quarantine,
      maxBatch,
      handle: (batch) => this.handle(batch),
    });
  }

  get failed(): Promise<never> {
    return this.subscription.failed;
  }

  start(): void {
    this.subscription.start();
  }

  drain(): Promise<number> {
    return this.subscription.drain();
  }

  stop(): Promise<void> {
    return this.subscription.stop();
  }

  private async handle(batch: LogBatch): Promise<void> {
    const records = batch.records.map(quarantineRecordOf);
    const kept = await this.store.write(async (transaction) => {
      await savePositions(transaction, positionsAfter([batch]));
      const fresh = await keepQuarantined(transaction, records);
      for (const record of records) {
        const end = endOf(record);
        if (end !== null) await endQuarantine(transaction, record.id, end);
      }
      return fresh;
      // A case's transaction only adds records of its own here, under their own ids.
    }, BESIDE_THE_SHARDS);
    this.observe(kept);
  }
}

/** The record itself or, where the topic holds something else, a record about that. */
function quarantineRecordOf(record: LogRecord): QuarantineRecord {
  const place = `${record.topic}/${record.partition}@${record.offset}`;
  try {
    const value: unknown = JSON.parse(record.value);
    const parsed = QuarantineRecord.safeParse(value);
    if (parsed.success && unstorableText(parsed.data) === null) return parsed.data;
    if (parsed.success)
      return stray(record, place, 'invalid', 'id', 'text that can be stored', 'NUL or half a character');
    const [problem] = problemsOf(parsed.error, place, value);
    return stray(record, place, 'invalid', problem?.field ?? '', problem?.expected ?? '', problem?.got ?? '');
  } catch {
    return stray(
      record,
      place,
      'malformed',
      '',
      'JSON',
      `${record.value.length} characters that are no JSON`,
    );
  }
}

function stray(
  record: LogRecord,
  place: string,
  reason: QuarantineReason,
  field: string,
  expected: string,
  got: string,
): QuarantineRecord {
  return {
    id: createHash('sha256').update(`stray\n${record.value}`).digest('hex'),
    source: 'unknown',
    feed: 'quarantine',
    place,
    reason,
    field,
    expected,
    got,
    hint: '',
    raw: record.value.slice(0, 64 * 1024),
    receivedat: new Date(record.appendedAt).toISOString(),
  };
}
