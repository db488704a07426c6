import type { ComplaintAct, OrderContent } from '@mingjian/contracts';
import { CalendarDocument, parseYamlDocument, RulesetDocument } from '@mingjian/contracts';
import { RuleBook, WorkingCalendar } from '@mingjian/rules';
import { createLogger, openRegistry } from '@mingjian/runtime';
import {
  casesOfLead,
  insertLightChanges,
  lightStatistics,
  openMysqlStore,
  RowScope,
  type NewLightChange,
  type Store,
} from '@mingjian/store';
import { TestClock } from '../../../../libs/runtime/src/testing/test-clock';
import { Server } from '../../../../libs/store/src/testing/database-server';
import { describeWithServices } from '../../../../test/services/with-services';
import { ActDesks } from '../acts/act-desks';
import { lightsOfMonth } from '../reports/evidence-rows';
import { INSPECTOR } from '../testing/people';
import { at, CALENDAR, rulesetText } from '../testing/site';

/* What this spec guarantees: two monitors on one database give numbers without gaps, do an act once, and write what time
   brings once. */

const CONTENT: OrderContent = {
  department: 'housing',
  colour: 'blue',
  title: '逾期办件督办',
  content: '请说明原因',
  basis: '行政许可法第四十二条',
  sources: [],
};
const BY_RULE = `orders:
  rules:
    proven: { complaint: valid, title: 有效投诉督办, content: 请整改, basis: 投诉办理规定 }
    red: { light: red, title: 逾期督办, content: 请整改, basis: 本市规定 }
`;
const ALL = RowScope.everything;

function rules(): { book: RuleBook; rulesets: RulesetDocument[] } {
  const calendar = WorkingCalendar.fromDocument(parseYamlDocument(CALENDAR, 'calendar', CalendarDocument));
  const rulesets = [parseYamlDocument(rulesetText() + BY_RULE, 'ruleset', RulesetDocument)];
  return { book: new RuleBook(rulesets, new Map([[calendar.id, calendar]])), rulesets };
}

describeWithServices('orders of two monitors on MariaDB', ['mariadb'], ({ mariadb }) => {
  const server = new Server(mariadb.rootUrl);
  const clock = new TestClock(at('2026-09-14T10:00'));
  let url: string;
  let stores: Store[];
  let desks: ActDesks[];
  beforeAll(async () => {
    url = await server.create();
    stores = [await openMysqlStore({ url }), await openMysqlStore({ url })];
    const { book, rulesets } = rules();
    desks = stores.map(
      (store) =>
        new ActDesks({
          store,
          clock,
          registry: openRegistry(),
          logger: createLogger({ level: 'silent' }),
          rules: () => ({
            ...{ book, rulesets, calendars: new Map(), rulesetDigest: 'r', calendarDigest: 'c' },
            ...{ documents: [], superseded: [], files: { rulesets: [], calendars: [] } },
          }),
          shardOf: () => 0,
          isTelling: () => true,
          committed: () => undefined,
        }),
    );
  });
  afterAll(async () => {
    for (const store of stores) await store.close();
    await server.drop(url);
  });

  it('give numbers without gaps', async () => {
    const issued = await Promise.all(
      Array.from({ length: 12 }, (_, n) => desks[n % 2]!.orders.issue(CONTENT, INSPECTOR, ALL)),
    );
    expect(issued.map(({ row }) => Number(/〕(\d+)号/.exec(row.no)![1])).sort((a, b) => a - b)).toEqual(
      Array.from({ length: 12 }, (_, n) => n + 1),
    );
  });

  it('do an act once that is submitted to both', async () => {
    const [a, b] = await Promise.all(
      desks.map(({ orders }) => orders.issue({ ...CONTENT, title: '同一件' }, INSPECTOR, ALL, 'same')),
    );
    expect(a!.row.id).toBe(b!.row.id);
  });

  it('write each step of the ladder and each notice of it once', async () => {
    clock.moveTo(at('2026-10-20T00:00'));
    await Promise.all(desks.map(({ sweep }) => sweep.runOnce()));
    await Promise.all(desks.map(({ sweep }) => sweep.runOnce()));
    const count = async (sql: string): Promise<number> =>
      Number((await stores[0]!.query<{ n: number | string }>(sql))[0]!.n);
    const steps = await count("SELECT COUNT(*) AS n FROM act_event WHERE type = 'escalated'");
    const told = await count("SELECT COUNT(*) AS n FROM notice WHERE notice_key LIKE '%/escalated/%'");
    expect(steps).toBe(13 * 4);
    expect(told).toBe(steps);
    expect(await count("SELECT COUNT(*) AS n FROM ledger_entry WHERE kind = 'order.escalated'")).toBe(steps);
  });

  it('issue by rule one order from a complaint, whichever of both looks, and at once', async () => {
    const { complaints } = desks[0]!;
    const { row } = await complaints.register(
      {
        ...{ policy: 'complaint', channel: 'window', kind: 'delay', department: 'housing' },
        ...{ title: '超期未办', request: '请尽快办结' },
      },
      INSPECTOR,
      ALL,
    );
    const acts: ComplaintAct[] = [
      { type: 'accepted' },
      { type: 'replied', text: '已办结' },
      { type: 'verified', verdict: 'valid', reason: '属实' },
    ];
    for (const act of acts) await complaints.act(row.id, { act }, INSPECTOR, ALL);
    for (let times = 0; times < 2; times++) await Promise.all(desks.map(({ sweep }) => sweep.runOnce()));
    const issued = await stores[0]!.query(
      'SELECT o.rule, s.case_no FROM supervision_order o JOIN order_source s ON s.order_id = o.id WHERE o.rule IS NOT NULL',
    );
    expect(issued).toEqual([{ rule: 'proven', case_no: row.no }]);
  });

  it('count a light that waits for a person in no figure, and issue nothing from it', async () => {
    const light = (caseNo: string, issue: 'automatic' | 'confirmed'): NewLightChange => ({
      ...{ caseNo, clock: 'promise', clockKind: 'promise', department: 'housing', itemCode: 'A0101', issue },
      ...{ fromLight: 'yellow', toLight: 'red', reason: 'time', rulesetVersion: '1', calendarVersion: '1' },
      ...{ becameAt: at('2026-10-19T00:00'), detectedAt: at('2026-10-19T00:00'), dueAt: null },
      ...{ supersededAt: null, supersededBecause: null },
    });
    const [store] = stores;
    await store!.write((tx) =>
      insertLightChanges(tx, [light('C-1', 'automatic'), light('C-2', 'confirmed')]),
    );
    for (const { sweep } of desks) await sweep.runOnce();
    const issued = await store!.query(
      "SELECT s.case_no FROM supervision_order o JOIN order_source s ON s.order_id = o.id WHERE o.rule = 'red'",
    );
    expect(issued).toEqual([{ case_no: 'C-1' }]);
    const month = [at('2026-10-01T00:00'), at('2026-11-01T00:00')] as const;
    expect(await lightStatistics(store!, ...month, ALL)).toEqual([
      { department: 'housing', light: 'red', gross: 1, upheld: 0, withdrawn: 0, net: 1 },
    ]);
    expect(await casesOfLead(store!, 'housing', ...month, 10)).toEqual(['C-1']);
    expect((await lightsOfMonth(store!, ...month, ALL)).map(({ caseNo }) => caseNo)).toEqual(['C-1']);
  });

  it('wait for no shard whose transaction is open', async () => {
    let end: () => void = () => undefined;
    const held = new Promise<void>((resolve) => (end = resolve));
    const shard = stores[0]!.write(() => held, [0]);
    const { row } = await desks[0]!.orders.issue({ ...CONTENT, title: '不等分片' }, INSPECTOR, ALL);
    expect(row.no).toMatch(/^督办/);
    end();
    await shard;
  });
});
