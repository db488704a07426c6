import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Clock, Logger } from '@mingjian/runtime';
import {
  noticesInState,
  noticesSince,
  setNoticeState,
  type NoticeRow,
  type NoticeState,
  type Store,
  type StoreTransaction,
} from '@mingjian/store';
import type { ShardHolder } from '../shard/shard-holder';
import { expandNotices, type Expansion } from './expand-notices';
import { isOvertaking } from './light-notices';
import { overtakeNotices } from './overtake-notices';
import { stormNotice } from './storm-notice';
import type { NotifySite } from './notify-site';
import { withdrawNotices } from './withdraw-notices';

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;
/** What came by itself is held in a storm; what people did (orders, appeals, complaints) never is. */
const HELD_KINDS: readonly string[] = ['light', 'finding'];

/** What one run did. */
export interface DeskCounts {
  told: number;
  notifications: number;
  held: number;
  muted: number;
  withdrawn: number;
  /** Told nobody, because nobody holds the roles that should hear of them. */
  toNobody: number;
}

/**
 * Turns notices into notifications: who, on which channel, and not before when.
 *
 * 1. Read what waits in a shard, in order, in bounded batches.
 * 2. Too many at once are held, too old ones muted; both stay on record until a person releases them.
 * 3. Of the rest write one notification for each recipient and channel, and mark the notice as told, in one transaction
 *    which is fenced by the shard. A crash in between leaves nothing behind and is made good by the next run.
 */
export class NoticeDesk {
  constructor(
    private readonly store: Store,
    private readonly shards: ShardHolder,
    private readonly clock: Clock,
    private readonly logger: Logger,
    private readonly site: () => NotifySite,
    private readonly batch: number,
    private readonly observe: (counts: DeskCounts) => void,
  ) {}

  /** Expands until nothing waits in the shards held. */
  async runOnce(isStopping: () => boolean = () => false): Promise<DeskCounts> {
    const sum: DeskCounts = {
      ...{ told: 0, notifications: 0, held: 0 },
      ...{ muted: 0, withdrawn: 0, toNobody: 0 },
    };
    for (const state of ['waiting', 'released', 'bundled'] as const)
      for (const shard of this.shards.shards)
        for (;;) {
          if (isStopping()) return sum;
          const counts = await this.shards.unlessLost(() => this.step(shard, state));
          if (counts === null || counts === 'empty') break;
          for (const key of Object.keys(sum) as (keyof DeskCounts)[]) sum[key] += counts[key];
          this.observe(counts);
          await nextTurn();
        }
    return sum;
  }

  private step(
    shard: number,
    state: Extract<NoticeState, 'waiting' | 'released' | 'bundled'>,
  ): Promise<DeskCounts | 'empty'> {
    return this.store.write(
      async (transaction) => {
        await this.shards.require(transaction, [shard]);
        const notices = await noticesInState(transaction, shard, state, this.batch);
        if (notices.length === 0) return 'empty';
        const now = this.clock.now();
        const kept = state === 'waiting' ? await this.keepBack(transaction, notices, now) : KEEP_NOTHING;
        const keptIds = new Set([...kept.held, ...kept.muted]);
        const expansion = await this.tell(
          transaction,
          notices.filter(({ id }) => !keptIds.has(id)),
          now,
        );
        return {
          told: notices.length - keptIds.size,
          notifications: expansion.notifications,
          held: kept.held.length,
          muted: kept.muted.length + expansion.muted,
          withdrawn: expansion.withdrawn,
          toNobody: expansion.toNobody,
        };
      },
      [shard],
    );
  }

  /** Storm and history: which of the notices are not told by themselves. */
  private async keepBack(
    transaction: StoreTransaction,
    notices: readonly NoticeRow[],
    now: number,
  ): Promise<{ held: number[]; muted: number[] }> {
    const { storm, historyDays } = this.site().book.document;
    const ofItself = notices.filter(
      (notice) => HELD_KINDS.includes(notice.kind) && notice.level === 0 && !isOvertaking(notice),
    );
    const muted = ofItself
      .filter(({ at, isWithdrawal }) => !isWithdrawal && at < now - historyDays * DAY_MS)
      .map(({ id }) => id);
    await setNoticeState(transaction, muted, 'muted', 'history');
    const rest = ofItself.filter(({ id }) => !muted.includes(id));
    if (rest.length === 0) return { held: [], muted };
    const since = now - storm.withinMinutes * MINUTE_MS;
    const recent = await noticesSince(transaction, since, storm.notices + 1);
    if (recent <= storm.notices) return { held: [], muted };
    const held = rest.map(({ id }) => id);
    await setNoticeState(transaction, held, 'held', 'storm');
    await stormNotice(transaction, notices[0]!.shard, storm, now);
    this.logger.warn({ held: held.length }, 'Too many notices at once: held until a person releases them.');
    return { held, muted };
  }

  /** In order: a light that is withdrawn and found again within one batch is told, withdrawn and told again. */
  private async tell(
    transaction: StoreTransaction,
    notices: readonly NoticeRow[],
    now: number,
  ): Promise<Expansion & Pick<DeskCounts, 'withdrawn' | 'toNobody'>> {
    const sum = { notifications: 0, muted: 0, withdrawn: 0, toNobody: 0 };
    for (let from = 0; from < notices.length;) {
      const way = wayOf(notices[from]!);
      let to = from;
      while (to < notices.length && wayOf(notices[to]!) === way) to++;
      const run = notices.slice(from, to);
      if (way === 'overtake') sum.muted += await overtakeNotices(transaction, run, now);
      else if (way === 'withdraw') {
        const { notifications, muted, withdrawn } = await withdrawNotices(transaction, run, this.site(), now);
        sum.notifications += notifications;
        sum.muted += muted;
        sum.withdrawn += withdrawn;
      } else {
        const { notifications, muted, toNobody } = await expandNotices(transaction, run, this.site(), now);
        sum.notifications += notifications;
        sum.muted += muted;
        sum.toNobody += toNobody.length;
        if (toNobody.length > 0)
          this.logger.warn(
            {
              notices: toNobody.length,
              departments: [...new Set(toNobody.map(({ department }) => department))],
            },
            'Nobody of the recipients holds a role that should be told.',
          );
      }
      from = to;
    }
    return sum;
  }
}

/** What is done about a notice: it is told, it takes back what was told, or it closes a yellow light that is over. */
function wayOf(notice: NoticeRow): 'tell' | 'withdraw' | 'overtake' {
  if (notice.isWithdrawal) return 'withdraw';
  return isOvertaking(notice) ? 'overtake' : 'tell';
}

const KEEP_NOTHING = { held: [] as number[], muted: [] as number[] };
