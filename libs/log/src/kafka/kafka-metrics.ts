import { Counter, Gauge, type Registry } from 'prom-client';

type Labels = 'group' | 'topic';

/** What the adapter counts about its consumers. How far they are behind is the lag of the port, read when asked. */
export class KafkaMetrics {
  readonly rebalances: Counter<Labels>;
  readonly restarts: Counter<Labels>;
  readonly refusedCommits: Counter<Labels>;
  readonly rejectedBatches: Counter<Labels>;
  readonly partitions: Gauge<Labels>;
  readonly lastProgress: Gauge<Labels>;

  constructor(registry: Registry) {
    const registers = [registry];
    const labelNames: Labels[] = ['group', 'topic'];
    const counter = (name: string, help: string): Counter<Labels> =>
      new Counter({ name, help, labelNames, registers });
    const gauge = (name: string, help: string): Gauge<Labels> =>
      new Gauge({ name, help, labelNames, registers });
    this.rebalances = counter('mingjian_kafka_rebalances_total', 'Times that this consumer joined its group');
    this.restarts = counter('mingjian_kafka_restarts_total', 'Restarts of a consumer that had broken down');
    this.refusedCommits = counter(
      'mingjian_kafka_refused_commits_total',
      'Commits that the group refused because the partitions had gone to another; the batches come again',
    );
    this.rejectedBatches = counter(
      'mingjian_kafka_rejected_batches_total',
      'Batches that could not be handled; they come again',
    );
    this.partitions = gauge('mingjian_kafka_assigned_partitions', 'Partitions that this consumer reads now');
    this.lastProgress = gauge(
      'mingjian_kafka_last_commit_timestamp_seconds',
      'When this consumer last committed a batch, seconds since 1970',
    );
  }

  /** A counter that appears with 1 has no increase to see: those of a consumer exist at 0 from its beginning. */
  preset(labels: Record<Labels, string>): void {
    for (const counter of [this.rebalances, this.restarts, this.refusedCommits, this.rejectedBatches])
      counter.inc(labels, 0);
  }
}
