import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Clock } from '@mingjian/runtime';
import {
  appendLedger,
  insertNotices,
  markEscalated,
  noticesById,
  overdueAcknowledgements,
  type NewNotice,
  type NotificationRow,
  type Store,
} from '@mingjian/store';
import type { ShardHolder } from '../shard/shard-holder';
import { NOTIFY_CHAIN } from './notify-ledger';
import { FORMING_SHARD } from './message-former';
import type { NotifySite } from './notify-site';

const BATCH = 500;

/**
 * 逾期未签收: where nobody of a role has acknowledged in time, the next role above that somebody else holds is told. Once for
 * each notice and role, on record; at the top of the ladder it stays in the list of what is not acknowledged.
 */
export class Escalator {
  constructor(
    private readonly store: Store,
    private readonly shards: ShardHolder,
    private readonly clock: Clock,
    private readonly site: () => NotifySite,
  ) {}

  /** @returns the number of notices for a higher level. */
  async runOnce(isStopping: () => boolean = () => false): Promise<number> {
    let escalated = 0;
    while (!isStopping() && this.shards.has(FORMING_SHARD)) {
      const step = await this.shards.unlessLost(() => this.step());
      if (step === null || step.looked === 0) break;
      escalated += step.escalated;
      await nextTurn();
    }
    return escalated;
  }

  private step(): Promise<{ looked: number; escalated: number }> {
    return this.store.write(
      async (transaction) => {
        await this.shards.require(transaction, [FORMING_SHARD]);
        const now = this.clock.now();
        const rows = await overdueAcknowledgements(transaction, now, BATCH);
        if (rows.length === 0) return { looked: 0, escalated: 0 };
        await markEscalated(
          transaction,
          rows.map(({ id }) => id),
          now,
        );
        const notices = await noticesById(
          transaction,
          rows.map(({ noticeId }) => noticeId),
        );
        const { book, rules } = this.site();
        const higher = new Map<string, { notice: NewNotice; from: NotificationRow }>();
        for (const row of rows) {
          const original = notices.get(row.noticeId);
          if (original === undefined) continue;
          const silent = rows.filter(
            ({ noticeKey, role: of }) => noticeKey === row.noticeKey && of === row.role,
          );
          const role = book.nextAbove(
            row.role,
            { ...original, post: rules.postOf(original), roles: null },
            new Set(silent.map(({ recipient }) => recipient)),
            now,
          );
          if (role === null) continue;
          const level = book.document.ladder.indexOf(role);
          const notice = { ...original, level, roles: role, createdAt: now, bundle: null, reason: null };
          higher.set(`${level} ${row.noticeKey}`, { notice: { ...notice, state: 'waiting' }, from: row });
        }
        await insertNotices(
          transaction,
          [...higher.values()].map(({ notice }) => notice),
        );
        await appendLedger(
          transaction,
          [...higher.values()].map(({ notice, from }) => ({
            chain: NOTIFY_CHAIN,
            kind: 'notification.escalated',
            at: now,
            actor: null,
            subject: notice.caseNo ?? notice.noticeKey,
            body: { notice: notice.noticeKey, from: from.role, to: notice.roles, ackDueAt: from.ackDueAt },
          })),
        );
        return { looked: rows.length, escalated: higher.size };
      },
      [FORMING_SHARD],
    );
  }
}
