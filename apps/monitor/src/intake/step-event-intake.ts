import { TOPICS, type QuarantineRecord } from '@mingjian/contracts';
import type { EventLog, LogBatch, LogRecord, NewRecord, SubscribeOptions, Subscription } from '@mingjian/log';
import type { Clock, Logger } from '@mingjian/runtime';
import type { PlacedEvent } from '@mingjian/store';
import type { CaseJudge, Judgement } from '../judge/case-judge';
import type { ShardHolder } from '../shard/shard-holder';
import { BatchJoiner } from './batch-joiner';
import { positionsAfter } from './intake-position';
import { parseStepRecord } from './parse-step-record';

/** The consumer group of all monitors. */
export const MONITOR_GROUP = 'mingjian-monitor';

/** Who wants to know what these records changed, after it was committed. */
export type IntakeObserver = (judgement: Judgement, records: readonly LogRecord[]) => void;

/**
 * Takes step events from the log: log → judge. Comes first in the flow; the judge is next.
 *
 * 1. Parse and validate. What cannot be used goes to the quarantine topic first: a crash afterwards repeats it, and a
 *    repeat is kept once.
 * 2. What stands in the wrong partition is appended again to the right one, for the same reason harmlessly.
 * 3. The judge writes everything in one transaction: of the batch, and of those of other partitions that came with it.
 * 4. The log commits the offset after `handle` resolves: a crash in between delivers the batch again, and the
 *    repeats change nothing.
 */
export class StepEventIntake {
  private readonly subscription: Subscription;

  constructor(
    private readonly log: EventLog,
    private readonly judge: CaseJudge,
    private readonly shards: ShardHolder,
    private readonly clock: Clock,
    private readonly logger: Logger,
    private readonly observe: IntakeObserver,
    maxBatch: number,
    assignment: Pick<SubscribeOptions, 'onAssigned' | 'onRevoked'> = {},
  ) {
    const joiner = new BatchJoiner((batches) => this.handle(batches), judge.concurrency, maxBatch);
    this.subscription = log.subscribe({
      group: MONITOR_GROUP,
      topic: TOPICS.stepEvents,
      maxBatch,
      concurrency: log.partitions,
      handle: (batch) => joiner.take(batch),
      ...assignment,
    });
  }

  /** Rejects when the subscription gave up; the process must end then. */
  get failed(): Promise<never> {
    return this.subscription.failed;
  }

  start(): void {
    this.subscription.start();
  }

  /** Handles what is in the log now. @returns the number of records. */
  drain(): Promise<number> {
    return this.subscription.drain();
  }

  /** Fetches no more and waits for the batch in flight. */
  stop(): Promise<void> {
    return this.subscription.stop();
  }

  private async handle(batches: readonly LogBatch[]): Promise<void> {
    const records = batches.flatMap((batch) => batch.records);
    const placed: PlacedEvent[] = [];
    const unusable: QuarantineRecord[] = [];
    const stray: NewRecord[] = [];
    for (const record of records) {
      const parsed = parseStepRecord(record);
      if (!parsed.ok) unusable.push(parsed.quarantine);
      else if (this.isElsewhere(parsed.event.caseNo, record))
        stray.push({ key: parsed.event.caseNo, value: record.value });
      else placed.push({ event: parsed.event, partition: record.partition, offset: record.offset });
    }
    const partitions = batches.map(({ partition }) => partition);
    if (unusable.length > 0) {
      await this.log.append(
        TOPICS.quarantine,
        unusable.map((record) => ({ key: record.id, value: JSON.stringify(record) })),
      );
      this.logger.warn(
        { records: unusable.length, place: unusable[0]?.place },
        'Records went to quarantine.',
      );
    }
    if (stray.length > 0) {
      await this.log.append(TOPICS.stepEvents, stray);
      this.logger.warn(
        { records: stray.length, partitions },
        'Records stood in a partition that is not that of their case; they were appended again where they belong.',
      );
    }
    const judgement = await this.shards.unlessLost(() =>
      this.judge.receive(placed, this.clock.now(), positionsAfter(batches)),
    );
    if (judgement === null) {
      await this.shards.reclaim();
      throw new Error(
        `another monitor took one of the shards ${partitions.join()}; the batches come again to whoever has them`,
      );
    }
    for (const { caseNo, error } of judgement.failures)
      this.logger.error({ caseNo, err: error }, 'A case could not be judged.');
    this.observe(judgement, records);
  }

  /**
   * Whether a case belongs to another partition, of a log that several processes share: who wrote the record did not key it
   * by case number. Another process may judge that case, and its events must come one after the other.
   */
  private isElsewhere(caseNo: string, { partition }: LogRecord): boolean {
    return this.log.isShared && this.log.partitionOf(caseNo) !== partition;
  }
}
