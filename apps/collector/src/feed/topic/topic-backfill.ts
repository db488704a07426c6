import type { TopicFeed } from '@mingjian/contracts';
import { committedOffsets, type Asking } from '@mingjian/log';
import type { Logger } from '@mingjian/runtime';
import type { FeedSession } from '../run/feed';

/** What of a partition is to be read once more: offsets `from` … before `until`; then reading goes on at `back`. */
export interface Window {
  from: number;
  until: number;
  back: number;
}

/** A request of an operator; `windows` by partition, once they are known: what is left to be read. */
interface Asked {
  from: string;
  until: string;
  windows?: Record<string, Window>;
}

/**
 * A period of a topic that an operator has asked to be read once more.
 *
 * Steps: (1) which offsets are meant, by the timestamps of the messages, and where the group stands: noted in the store
 * before anything is moved; (2) the group is set back; (3) each partition is read to the end of its window and set forward
 * again to where it stood; (4) when the last one is done, so is the request. After a crash at any place the next run goes on
 * with the windows that are left. What was never read by the group before is none of it: that comes anyway.
 */
export class TopicBackfill {
  private constructor(
    private readonly document: TopicFeed,
    private readonly asked: Asked,
    private readonly windows: Map<number, Window>,
    private readonly logger: Logger,
  ) {}

  /** @throws Error where the period is none of times. */
  static async begin(
    document: TopicFeed,
    brokers: Asking,
    session: FeedSession,
    logger: Logger,
  ): Promise<TopicBackfill> {
    const places = await committedOffsets(brokers, document.group, document.topic);
    const asked = JSON.parse(session.state.request) as Asked;
    const windows =
      asked.windows === undefined
        ? await windowsOf(asked, document.topic, brokers, places)
        : new Map(Object.entries(asked.windows).map(([partition, window]) => [Number(partition), window]));
    const backfill = new TopicBackfill(document, asked, windows, logger);
    await backfill.note(session);
    await backfill.setBack(brokers, places);
    return backfill;
  }

  /** The part of a partition that is to be read once more; null: none, or no longer. */
  windowOf(partition: number): Window | null {
    return this.windows.get(partition) ?? null;
  }

  /** The window of a partition was read to its end, and the group stands where it stood before. */
  async finish(partition: number, session: FeedSession): Promise<void> {
    this.windows.delete(partition);
    await this.note(session);
  }

  private async note(session: FeedSession): Promise<void> {
    const windows = Object.fromEntries(this.windows);
    const isDone = this.windows.size === 0;
    const request = isDone ? '' : JSON.stringify({ ...this.asked, windows });
    await session.deliver({ acceptances: [], read: 0, changed: 0, request });
    const { from, until } = this.asked;
    if (isDone)
      this.logger.info(
        { feed: this.document.feed, from, until },
        'The backfill of a topic has come to the end of its period; reading goes on where it was.',
      );
  }

  /** A partition that stands within its window was set back by a run before this one. */
  private async setBack(brokers: Asking, places: ReadonlyMap<number, number>): Promise<void> {
    const partitions = [...this.windows]
      .filter(([partition, { from, until }]) => {
        const place = places.get(partition) ?? -1;
        return place < from || place >= until;
      })
      .map(([partition, { from }]) => ({ partition, offset: String(from) }));
    const { topic, group } = this.document;
    if (partitions.length > 0)
      await brokers.ask((admin) => admin.setOffsets({ groupId: group, topic, partitions }));
  }
}

async function windowsOf(
  { from, until }: Asked,
  topic: string,
  brokers: Asking,
  places: ReadonlyMap<number, number>,
): Promise<Map<number, Window>> {
  const offsetsAt = async (text: string): Promise<Map<number, number>> => {
    const at = Date.parse(text);
    if (Number.isNaN(at)) throw new Error(`The backfill of a topic is a period of times; ${text} is none.`);
    const found = await brokers.ask((admin) => admin.fetchTopicOffsetsByTimestamp(topic, at));
    return new Map(found.map(({ partition, offset }) => [partition, Number(offset)]));
  };
  const [begins, ends] = [await offsetsAt(from), await offsetsAt(until)];
  const windows = new Map<number, Window>();
  for (const [partition, begin] of begins) {
    const back = places.get(partition) ?? -1;
    const end = Math.min(back, ends.get(partition) ?? back);
    if (begin < end) windows.set(partition, { from: begin, until: end, back });
  }
  return windows;
}
