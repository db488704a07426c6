import { join } from 'node:path';
import { openMysqlStore, RowScope, type Queryable } from '@mingjian/store';
import { Server } from '../../../../../libs/store/src/testing/database-server';
import { describeWithServices } from '../../../../../test/services/with-services';
import { HOUSING_HEAD, INSPECTOR, OTHER_INSPECTOR } from '../../testing/people';
import { accepted, at, event, openSite, removeSite, type Site } from '../../testing/site';
import { monthFigures } from '../bulletin-figures';
import type { ReportRules } from '../report-rules';
import { rulesOfThen } from './rules-of-then';
import { withStoreOfThen } from './store-of-then';

/* What this spec guarantees: a store of then out of a database server says what that server said then, though it is another engine. */

const ALL = RowScope.everything;
const THEN = '2026-10-01T09:00';
const SCHEME = join(__dirname, '../../../../../rulesets/schemes/county-monthly.yaml');
const HOUSING = { item: 'A0101', department: 'housing' };
const REASONS = { reason: 'other', text: '理由', evidence: '证据' } as const;

describeWithServices('a store of then out of MariaDB', ['mariadb'], ({ mariadb }) => {
  const server = new Server(mariadb.rootUrl);
  let url: string;
  let site: Site;
  beforeAll(async () => {
    url = await server.create();
    site = await openSite('2026-09-01T09:00', { store: await openMysqlStore({ url }) });
  }, 120_000);
  afterAll(async () => {
    await site.close();
    await server.drop(url);
    removeSite(site.dir);
  }, 120_000);

  const pass = async (time: string): Promise<void> => {
    site.clock.moveTo(at(time));
    await site.monitor.sweep.runOnce(site.clock.now());
    await site.monitor.acts.sweep.runOnce();
  };
  const figures = (from: Queryable, rules: ReportRules): Promise<object> =>
    monthFigures({ from, rules, scoreScheme: SCHEME }, { month: '2026-09', now: at(THEN), scope: ALL });

  it('has its figures, whatever became known and was decided since', async () => {
    const { acts, rules } = site.monitor;
    const decided = (no: string, time: string, receivedAt = time) =>
      event('case.decided', no, time, { ...HOUSING, result: 'granted' }, { receivedAt });
    await site.receive(
      ...['IN-TIME', 'LATE', 'OPEN'].map((no) => accepted(no, '2026-09-01T10:00')),
      decided('IN-TIME', '2026-09-03T10:00'),
      decided('LATE', '2026-09-15T10:00'),
      event('case.rated', 'LATE', '2026-09-15T11:00', { grade: 1, realName: true }, { id: 'bad' }),
      ...Array.from({ length: 20 }, (_, n) => {
        const data = { item: `Z${n % 3}`, department: 'market', date: '2026-09-14', count: n };
        return event('service.counted', `count-${n}`, '2026-09-14T18:00', data, { id: `count-${n}` });
      }),
    );
    const said = { policy: 'complaint', channel: 'web', kind: 'delay', department: 'housing' } as const;
    const content = { ...said, title: '许可超期未办', request: '请尽快办结。' };
    const complaint = (await acts.complaints.register(content, INSPECTOR, ALL)).row.id;
    await pass('2026-09-16T10:00');
    const card = {
      caseNo: 'LATE',
      light: 'yellow',
      reason: 'attitude',
      text: '态度',
      basis: '首问',
    } as const;
    await acts.cards.issue(card, INSPECTOR, ALL);
    const [light] = await site.store.query<{ id: number }>(
      "SELECT id FROM light_change WHERE case_no = 'LATE' AND clock = 'promise' AND to_light = 'red'",
    );
    await acts.appeals.file({ light: { id: light!.id }, ...REASONS }, HOUSING_HEAD, ALL);
    const rating = { caseNo: 'LATE', source: 'urn:dept:housing', event: 'bad' };
    await acts.ratingAppeals.file({ rating, ...REASONS, reason: 'malicious' }, HOUSING_HEAD, ALL);
    await pass(THEN);
    const live = await figures(site.store, rules.current);

    await pass('2026-10-08T09:00');
    await site.receive(decided('OPEN', '2026-09-30T10:00', '2026-10-08T09:00'));
    const upheld = { type: 'upheld', opinion: '属实' } as const;
    const { version } = (await acts.appeals.read(1, ALL)).facts;
    await acts.appeals.act(1, { version, act: upheld }, OTHER_INSPECTOR, ALL);
    const rated = (await acts.ratingAppeals.read(1, ALL)).facts;
    await acts.ratingAppeals.act(1, { version: rated.version, act: upheld }, OTHER_INSPECTOR, ALL);
    await acts.cards.withdraw(1, { version: 1, reason: '查无实据' }, INSPECTOR, ALL);
    await acts.complaints.act(complaint, { act: { type: 'accepted' } }, INSPECTOR, ALL);
    expect(await figures(site.store, rules.current)).not.toEqual(live);

    const then = await rulesOfThen(site.store, rules.current, at(THEN));
    const known = await withStoreOfThen(site.store, then, at(THEN), ({ store }) => figures(store, then));
    expect(JSON.stringify(known)).toBe(JSON.stringify(live));
    expect(JSON.stringify(live)).toContain('manual#1');
  }, 120_000);
});
