import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { insertNotifications, listNotifications, type NotificationFilter } from './notification.store';
import { openStore } from './open-store';
import { RowScope } from './row-scope';
import type { Queryable, Store } from './store';

const AT = Date.parse('2026-09-14T10:00:00+08:00');

/* What this spec guarantees: the notifications of one case are found by an index, newest first and page by page, within the scope
   of who asks. */
describe('the notifications of a case', () => {
  let dir: string;
  let store: Store;
  beforeAll(async () => {
    dir = mkdtempSync(join(tmpdir(), 'mingjian-notification-'));
    store = await openStore({ file: join(dir, 'store.db') });
    await store.write((transaction) =>
      insertNotifications(
        transaction,
        Array.from({ length: 40 }, (_, n) => ({
          ...{ noticeId: n, noticeKey: `key-${n}`, level: 0, recipient: 'head-1', channel: 'mail' },
          ...{ generation: 0, role: 'department-head' as const, shard: 0, kind: 'light' as const },
          ...{ grade: 'yellow' as const, department: n % 10 === 0 ? 'market' : 'housing' },
          ...{
            caseNo: n % 2 === 0 ? 'C-1' : `D-${n}`,
            thread: null,
            state: 'waiting' as const,
            bundle: null,
          },
          ...{ at: AT, createdAt: AT, deliverAt: AT, messageId: 0, ackDueAt: AT, acknowledgedAt: null },
          ...{ acknowledgedBy: null, escalatedAt: null },
        })),
      ),
    );
  });
  afterAll(async () => {
    await store.close();
    rmSync(dir, { recursive: true, force: true });
  });

  const housing = RowScope.ofDepartments(['housing']);
  const ids = async (filter: Partial<NotificationFilter>, scope = RowScope.everything): Promise<number[]> =>
    (await listNotifications(store, scope, { caseNo: 'C-1', limit: 8, ...filter })).map(({ id }) => id);

  it('are listed newest first, page by page', async () => {
    const first = await ids({});
    expect(first).toEqual([39, 37, 35, 33, 31, 29, 27, 25]);
    expect(await ids({ after: 25, limit: 50 })).toEqual([23, 21, 19, 17, 15, 13, 11, 9, 7, 5, 3, 1]);
    expect(await ids({ isUnacknowledged: true, limit: 2 })).toEqual([1, 3]);
    expect(await ids({ caseNo: 'C-2' })).toEqual([]);
  });

  it('are those of the departments that one may see', async () => {
    expect(await ids({ limit: 50 }, housing)).toHaveLength(16);
    expect(await ids({ limit: 50 }, RowScope.ofDepartments(['market']))).toEqual([31, 21, 11, 1]);
    expect(await ids({ limit: 50 }, RowScope.ofDepartments([]))).toEqual([]);
  });

  it.each<[string, RowScope, Partial<NotificationFilter>]>([
    ['of everything', RowScope.everything, {}],
    ['of a department', housing, {}],
    ['of the next page', housing, { after: 30 }],
  ])('are read from an index, %s', async (_, scope, filter) => {
    const plans: string[] = [];
    const explaining: Queryable = {
      query: async (sql, parameters) => {
        const plan = await store.query<{ detail: string }>(`EXPLAIN QUERY PLAN ${sql}`, parameters);
        plans.push(...plan.map(({ detail }) => detail));
        return [];
      },
    };
    await listNotifications(explaining, scope, { caseNo: 'C-1', limit: 8, ...filter });
    // Nothing is sorted, and nothing of another case is read.
    expect(plans).toEqual([
      expect.stringMatching(/^SEARCH notification USING INDEX ix_notification_case \(case_no=\?/),
    ]);
  });
});
