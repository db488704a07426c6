import { createHash } from 'node:crypto';
import { ComplaintEvent, TOPICS, type QuarantineRecord } from '@mingjian/contracts';
import type { EventLog, LogBatch, LogRecord, Subscription } from '@mingjian/log';
import type { Clock, Logger } from '@mingjian/runtime';
import { BESIDE_THE_SHARDS, type Store } from '@mingjian/store';
import { ActRefused } from '../acts/act-refused';
import { positionsAfter, savePositions } from '../intake/intake-position';
import { MONITOR_GROUP } from '../intake/step-event-intake';
import type { ComplaintDesk } from './complaint-desk';
import { ReportRefused, takeReport } from './take-report';

/** What the intake of complaints is given. */
export interface ComplaintIntakePorts {
  log: EventLog;
  store: Store;
  clock: Clock;
  logger: Logger;
  desk: ComplaintDesk;
  observe: () => void;
}

/**
 * Takes reports of complaints from topic `mingjian.complaints`. Delivered again, a report adds nothing. What cannot be taken goes to
 * quarantine with the reason, and stops no other; a store that cannot write does, and the batch comes again. Who acts on the same
 * complaint at the same moment stops nothing: the report is tried again.
 */
export class ComplaintIntake {
  private readonly subscription: Subscription;

  constructor(
    private readonly ports: ComplaintIntakePorts,
    maxBatch: number,
  ) {
    this.subscription = ports.log.subscribe({
      group: MONITOR_GROUP,
      topic: TOPICS.complaints,
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
    const { store, log, logger, observe } = this.ports;
    const unusable: QuarantineRecord[] = [];
    for (const record of batch.records) {
      const refused = await this.take(record);
      if (refused !== null) unusable.push(refused);
    }
    if (unusable.length > 0) {
      await log.append(
        TOPICS.quarantine,
        unusable.map((record) => ({ key: record.source, value: JSON.stringify(record) })),
      );
      logger.warn({ count: unusable.length }, 'Reports of complaints went to quarantine.');
    }
    await store.write(
      (transaction) => savePositions(transaction, positionsAfter([batch])),
      BESIDE_THE_SHARDS,
    );
    observe();
  }

  /** @returns why it was not taken; null: it was. */
  private async take(record: LogRecord): Promise<QuarantineRecord | null> {
    const event = eventOf(record);
    if (event === null) return quarantined(record, 'unknown', 'invalid', 'a complaint.reported event');
    try {
      const { desk, clock } = this.ports;
      await takeReport(desk, { source: event.source }, event.data, clock.now());
      return null;
    } catch (error) {
      if (!(error instanceof ActRefused)) throw error;
      const reason =
        error.reason === 'key-reused'
          ? 'identity-conflict'
          : error.reason === 'not-yet'
            ? 'time-in-future'
            : 'invalid';
      const told = error instanceof ReportRefused ? { field: `data.${error.field}`, got: error.got } : {};
      return quarantined(record, event.source, reason, error.message, told);
    }
  }
}

/** The collector lets only such events through; what others wrote there is checked again. */
function eventOf({ value }: LogRecord): ComplaintEvent | null {
  try {
    return ComplaintEvent.parse(JSON.parse(value));
  } catch {
    return null;
  }
}

function quarantined(
  { topic, partition, offset, value, appendedAt }: LogRecord,
  source: string,
  reason: QuarantineRecord['reason'],
  expected: string,
  { field = '', got = 'something else' }: Partial<Pick<QuarantineRecord, 'field' | 'got'>> = {},
): QuarantineRecord {
  return {
    id: createHash('sha256').update(`complaint\n${reason}\n${value}`).digest('hex').slice(0, 32),
    source,
    feed: 'log',
    place: `${topic}/${partition}@${offset}`,
    reason,
    field,
    expected,
    got,
    hint: 'correct it at the source and send it again',
    // A report that cannot be read may name a person: its words are not kept.
    raw: '',
    receivedat: new Date(appendedAt).toISOString(),
  };
}
