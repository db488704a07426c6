import { appendFileSync, existsSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { ComplaintAct, ComplaintContent } from '@mingjian/contracts';
import { bulletinFile, RowScope, type Store } from '@mingjian/store';
import { HOUSING_HEAD, INSPECTOR, OTHER_INSPECTOR } from '../../testing/people';
import { accepted, at, event, openSite, removeSite, rulesetText, type Site } from '../../testing/site';
import { monthFigures } from '../bulletin-figures';
import { startBulletin } from '../make-bulletin';
import type { ReportRules } from '../report-rules';
import { scoresOfMonth } from '../scores-of-month';
import { statisticsTable } from '../statistics-table';
import { rulesOfThen } from './rules-of-then';
import { withStoreOfThen, type StoreOfThen } from './store-of-then';
import { madeFrom } from './then-document';

/* What this spec guarantees: statistics, scores with their evidence and the figures of a bulletin can be had for a month as they were
   known at an instant, byte for byte what the live store gave then, whatever came, was decided or was changed since. */

const ALL = RowScope.everything;
const MONTH = '2026-09';
const THEN = '2026-10-01T09:00';
const SCHEME = join(__dirname, '../../../../../rulesets/schemes/county-monthly.yaml');
const HOUSING = { item: 'A0101', department: 'housing' };
const CONTENT: ComplaintContent = {
  ...{ policy: 'complaint', channel: 'window', kind: 'delay', department: 'housing' },
  ...{ title: '许可超期未办', request: '请尽快办结。' },
};
const decided = (no: string, time: string, receivedAt?: string) =>
  event(
    'case.decided',
    no,
    time,
    { ...HOUSING, result: 'granted', officer: 'O-1' },
    receivedAt === undefined ? {} : { receivedAt },
  );
describe('a month as it was known at an instant', () => {
  let site: Site;
  /** What the live store said at that instant, before anything else came. */
  let live: object;
  let complaint: number;

  beforeEach(async () => {
    site = await openSite('2026-09-01T09:00', { settings: { scoreScheme: SCHEME } });
    await site.receive(
      accepted('IN-TIME', '2026-09-01T10:00'),
      decided('IN-TIME', '2026-09-03T10:00'),
      // Seven working days: late since the 11th.
      accepted('LATE', '2026-09-01T10:00'),
      decided('LATE', '2026-09-15T10:00'),
      accepted('OPEN', '2026-09-03T10:00'),
      event('case.rated', 'IN-TIME', '2026-09-03T11:00', { grade: 1, realName: true }, { id: 'bad' }),
      event('case.rated', 'LATE', '2026-09-15T11:00', { grade: 2, realName: true }, { id: 'worse' }),
      counted(40, '2026-09-14T18:00'),
    );
    complaint = (await site.monitor.acts.complaints.register(CONTENT, INSPECTOR, ALL)).row.id;
    await act('2026-09-01T09:20', { type: 'accepted' });
    await act('2026-09-01T09:30', { type: 'transferred', department: 'housing' });
    await pass('2026-09-16T10:00');
    await site.monitor.acts.cards.issue(
      { caseNo: 'LATE', light: 'yellow', reason: 'attitude', text: '态度生硬', basis: '首问负责制' },
      INSPECTOR,
      ALL,
    );
    // Filed, and not decided yet.
    const [light] = await site.store.query<{ id: number }>(
      "SELECT id FROM light_change WHERE case_no = 'LATE' AND clock = 'promise' AND to_light = 'red'",
    );
    const reasons = { reason: 'other', text: '理由', evidence: '证据' } as const;
    await site.monitor.acts.appeals.file({ light: { id: light!.id }, ...reasons }, HOUSING_HEAD, ALL);
    const rating = { caseNo: 'LATE', source: 'urn:dept:housing', event: 'worse' };
    const said = { rating, reason: 'malicious', text: '并未到场。', evidence: '录像一份。' } as const;
    await site.monitor.acts.ratingAppeals.file(said, HOUSING_HEAD, ALL);
    await pass(THEN);
    live = await reportsOf(site.store, site.monitor.rules.current);
  }, 120_000);
  afterEach(async () => {
    await site.close();
    removeSite(site.dir);
  });

  function counted(count: number, time: string) {
    const data = { item: 'Z1', department: 'market', date: '2026-09-14', count };
    return event('service.counted', 'a', time, data, { id: `a@${time}` });
  }
  async function pass(time: string): Promise<void> {
    site.clock.moveTo(at(time));
    await site.monitor.sweep.runOnce(site.clock.now());
    await site.monitor.acts.sweep.runOnce();
  }
  async function act(time: string, what: ComplaintAct): Promise<void> {
    if (at(time) > site.clock.now()) site.clock.moveTo(at(time));
    const who = what.type === 'replied' ? HOUSING_HEAD : INSPECTOR;
    await site.monitor.acts.complaints.act(complaint, { act: what }, who, ALL);
  }
  /** Everything that reports say of the month. */
  async function reportsOf(from: Store, rules: ReportRules, now = at(THEN)): Promise<object> {
    const table = (by: 'department' | 'officer' | 'item') =>
      statisticsTable(from, rules, { months: ['2026-08', MONTH], by }, ALL);
    return {
      statistics: [await table('department'), await table('officer'), await table('item')],
      scores: await scoresOfMonth(from, rules, SCHEME, MONTH, ALL, now),
      bulletin: await monthFigures({ from, rules, scoreScheme: SCHEME }, { month: MONTH, now, scope: ALL }),
    };
  }
  async function then<T>(work: (then: StoreOfThen) => Promise<T>): Promise<T> {
    const rules = await rulesOfThen(site.store, site.monitor.rules.current, at(THEN));
    return withStoreOfThen(site.store, rules, at(THEN), work);
  }
  const asKnownThen = (): Promise<object> => then(({ store, rules }) => reportsOf(store, rules));
  /** The same as known then, and no longer the same now. */
  async function expectSameThenAndOtherNow(): Promise<void> {
    expect(await asKnownThen()).toEqual(live);
    expect(await reportsOf(site.store, site.monitor.rules.current, site.clock.now())).not.toEqual(live);
  }

  it('is what the store says as long as nothing becomes known', async () => {
    expect(JSON.stringify(await asKnownThen())).toBe(JSON.stringify(live));
    expect(JSON.stringify(live)).toContain('"rule":"manual#1"');
    expect(JSON.stringify(live)).toContain(`"complaint":${complaint}`);
  });

  it('does not know what was received, retracted or counted anew later', async () => {
    await pass('2026-10-08T09:00');
    const since = { receivedAt: '2026-10-08T09:00' };
    await site.receive(
      decided('OPEN', '2026-09-30T10:00', '2026-10-08T09:00'),
      event('case.accepted', 'UNTOLD', '2026-09-02T10:00', HOUSING, since),
      event(
        'event.retracted',
        'IN-TIME',
        '2026-09-04T08:00',
        { retracts: 'IN-TIME/case.decided/2026-09-03T10:00' },
        since,
      ),
      // Held for the days that made it late: its lights go.
      event('case.suspended', 'LATE', '2026-09-02T09:00', { ground: 'hearing', days: 20 }, since),
      event('case.resumed', 'LATE', '2026-09-14T09:00', {}, since),
    );
    await expectSameThenAndOtherNow();
  });

  it('does not know what people decided later', async () => {
    await pass('2026-10-09T09:00');
    const { appeals, cards, ratingAppeals } = site.monitor.acts;
    const upheld = { type: 'upheld', opinion: '属实' } as const;
    const { version } = (await appeals.read(1, ALL)).facts;
    await appeals.act(1, { version, act: upheld }, OTHER_INSPECTOR, ALL);
    const rated = (await ratingAppeals.read(1, ALL)).facts;
    await ratingAppeals.act(1, { version: rated.version, act: upheld }, OTHER_INSPECTOR, ALL);
    await cards.withdraw(1, { version: 1, reason: '查无实据' }, INSPECTOR, ALL);
    await act('2026-10-09T10:00', { type: 'replied', text: '已核查。' });
    await act('2026-10-09T10:10', { type: 'verified', verdict: 'valid', reason: '属实' });
    await act('2026-10-09T10:20', { type: 'closed' });
    await expectSameThenAndOtherNow();
    // And knows it from then on.
    const now = site.clock.now();
    const rules = site.monitor.rules.current;
    expect(
      await withStoreOfThen(site.store, { ...rules, replacedCalendars: [] }, now, ({ store }) =>
        reportsOf(store, rules, now),
      ),
    ).toEqual(await reportsOf(site.store, rules, now));
  });

  it('is judged by the rules and calendar entries known then', async () => {
    appendFileSync(
      join(site.dir, 'calendar.yaml'),
      'days:\n' +
        ['03', '04', '07', '08']
          .map((day) => `  - { date: 2026-09-${day}, off: true, knownSince: 2026-10-05 }\n`)
          .join(''),
    );
    writeFileSync(
      join(site.dir, 'rulesets', 'later.yaml'),
      rulesetText('1wd')
        .replace("version: '1'", "version: '2'")
        .replace('2020-01-01', '2020-01-02\nknownSince: 2026-10-05'),
    );
    await pass('2026-10-08T09:00');
    await site.monitor.followRules();
    await site.monitor.rejudge.runOnce();
    await expectSameThenAndOtherNow();
  });

  it('gives a published bulletin its figures back', async () => {
    const request = { kind: 'monthly', period: MONTH, department: null } as const;
    const { id, done } = await startBulletin(site.monitor.bulletinPorts, request, { id: 'li', name: '李' });
    expect(await done).toBe(true);
    await pass('2026-10-08T09:00');
    await site.receive(decided('OPEN', '2026-09-30T10:00', '2026-10-08T09:00'));
    const archived = (await bulletinFile(site.store, id, 'json'))!;
    const { figures } = JSON.parse(archived.toString()) as { figures: object };
    const { bulletin } = (await asKnownThen()) as { bulletin: object };
    expect(JSON.parse(JSON.stringify(bulletin))).toEqual(figures);
  });

  it('names a light that was never written without a row to open, and says which counts are lost', async () => {
    // Received in time, and taken in after the daemon had stood still: nothing was lit at that instant.
    await site.receive(counted(41, '2026-10-02T18:00'));
    await site.store.write((transaction) =>
      transaction.execute("DELETE FROM light_change WHERE case_no = 'OPEN'"),
    );
    await then(async (made) => {
      const { store, rules } = made;
      const lost = '便民服务计数 1 条此后已更正，当时的数未留存，未计入';
      expect(madeFrom(made, [MONTH], true).notAsKnown).toContain(lost);
      expect(madeFrom(made, ['2026-08'], true).notAsKnown).not.toContain(lost);
      expect(
        (await statisticsTable(store, rules, { months: [MONTH], by: 'department' }, ALL)).total.services,
      ).toBe(0);
      const found = await scoresOfMonth(store, rules, SCHEME, MONTH, ALL, at(THEN));
      const { lines } = found!.units.find(({ department }) => department === 'housing')!;
      const red = lines.find(({ id }) => id === 'red')!.evidence;
      expect(
        red.filter(({ rule }) => rule === 'promise').map(({ caseNo, light }) => [caseNo, light === null]),
      ).toEqual([
        ['OPEN', true],
        ['LATE', false],
      ]);
    });
  });

  it('leaves no file behind, also where the work fails, and changes nothing of the live store', async () => {
    const before = await site.storedDigest();
    const folders: string[] = [];
    const look = async ({ store }: StoreOfThen): Promise<void> => {
      const folder = dirname(store.reader.options.database as string);
      expect(statSync(folder).mode & 0o777).toBe(0o700);
      folders.push(folder);
    };
    await then(look);
    await expect(
      then(async (made) => {
        await look(made);
        throw new Error('no paper');
      }),
    ).rejects.toThrow('no paper');
    expect(folders.map((folder) => existsSync(folder))).toEqual([false, false]);
    expect(await site.storedDigest()).toEqual(before);
  });
});
