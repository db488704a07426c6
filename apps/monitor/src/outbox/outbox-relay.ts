import type { EventLog } from '@mingjian/log';
import type { Logger } from '@mingjian/runtime';
import { BESIDE_THE_SHARDS, deleteOutbox, waitingOutbox, type OutboxRow, type Store } from '@mingjian/store';
import type { ShardHolder } from '../shard/shard-holder';

/**
 * Sends what the outbox holds: outbox → log.
 *
 * 1. Read what waits in a shard, in order.
 * 2. Append it to its topic; resolve means durable.
 * 3. Forget it. A crash before that sends it again under the same message id: the reader sees one.
 *
 * A shard that another monitor took is left to it; what both had in hand in that moment is sent twice, under one id.
 */
export class OutboxRelay {
  private running: Promise<unknown> = Promise.resolve();
  private isWaiting = false;
  private stopping = false;

  constructor(
    private readonly store: Store,
    private readonly log: EventLog,
    private readonly shards: ShardHolder,
    private readonly logger: Logger,
    private readonly batch: number,
  ) {}

  /** Something was written: send soon. Calls that come while a run waits for its turn join it. Never rejects. */
  wake(): void {
    if (this.isWaiting) return;
    this.isWaiting = true;
    this.runOnce().catch((error: unknown) =>
      this.logger.error({ err: error }, 'The outbox could not be sent; the next run makes it good.'),
    );
  }

  /** Sends until nothing waits, after a run in progress. @returns the number of messages sent. */
  runOnce(): Promise<number> {
    const run = this.running.then(() => this.send());
    this.running = run.catch(() => undefined);
    return run;
  }

  async stop(): Promise<void> {
    this.stopping = true;
    await this.running;
  }

  private async send(): Promise<number> {
    this.isWaiting = false;
    let sent = 0;
    for (const shard of this.shards.shards) {
      for (;;) {
        if (this.stopping) return sent;
        const rows = await waitingOutbox(this.store, shard, this.batch);
        if (rows.length === 0) break;
        for (const [topic, records] of byTopic(rows)) await this.log.append(topic, records);
        await this.store.write(
          (transaction) =>
            deleteOutbox(
              transaction,
              rows.map(({ id }) => id),
            ),
          BESIDE_THE_SHARDS,
        );
        sent += rows.length;
      }
    }
    return sent;
  }
}

function byTopic(rows: readonly OutboxRow[]): Map<string, { key: string; value: string }[]> {
  const topics = new Map<string, { key: string; value: string }[]>();
  for (const { topic, recordKey, payload } of rows) {
    const records = topics.get(topic);
    const record = { key: recordKey, value: payload };
    if (records === undefined) topics.set(topic, [record]);
    else records.push(record);
  }
  return topics;
}
