import type { Clock, Logger } from '@mingjian/runtime';
import type { KafkaMetrics } from './kafka-metrics';

/** What becomes of one consumer, for those who look: numbers and log lines. */
export class ConsumerNotes {
  constructor(
    private readonly labels: { group: string; topic: string },
    private readonly to: { clock: Clock; logger: Logger; metrics: KafkaMetrics | null },
  ) {
    to.metrics?.preset(labels);
  }

  joined(partitions: number): void {
    this.to.metrics?.rebalances.inc(this.labels);
    this.to.metrics?.partitions.set(this.labels, partitions);
    this.to.logger.info({ ...this.labels, partitions }, 'A consumer has joined its group.');
  }

  left(): void {
    this.to.metrics?.partitions.set(this.labels, 0);
  }

  committed(): void {
    this.to.metrics?.lastProgress.set(this.labels, this.to.clock.now() / 1000);
  }

  rejected(): void {
    this.to.metrics?.rejectedBatches.inc(this.labels);
  }

  refused(): void {
    this.to.metrics?.refusedCommits.inc(this.labels);
    this.to.logger.info(this.labels, 'A commit came too late; its batch is read again.');
  }

  brokeDown(times: number, error: Error): void {
    this.to.metrics?.restarts.inc(this.labels);
    this.to.logger.warn({ ...this.labels, times, err: error }, 'A consumer broke down.');
  }
}
