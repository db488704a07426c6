import { appendFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { findBulletin, lightIdentityKey, RowScope, type BulletinRow } from '@mingjian/store';
import { accepted, at, event, openSite, removeSite, rulesetText, type Site } from '../../testing/site';
import { startBulletin } from '../make-bulletin';
import { bulletinSince, type BulletinSince } from './bulletin-since';

const HOUSING = { item: 'A0101', department: 'housing' };
const SCHEME = join(__dirname, '../../../../../rulesets/schemes/county-monthly.yaml');
const decided = (no: string, time: string, more: object = {}, receivedAt?: string) =>
  event(
    'case.decided',
    no,
    time,
    { ...HOUSING, result: 'granted', ...more },
    receivedAt === undefined ? {} : { receivedAt },
  );

/* What this spec guarantees: a published bulletin is never changed; what the rows say of its month now is shown beside it, every case
   that makes a difference is named with the cause, and the named cases add up to the difference. */
describe('a bulletin and what became known since', () => {
  let site: Site;
  let bulletin: BulletinRow;
  beforeEach(async () => {
    site = await openSite('2026-10-01T09:00', { settings: { scoreScheme: SCHEME } });
    await site.receive(
      accepted('IN-TIME', '2026-09-01T10:00'),
      decided('IN-TIME', '2026-09-03T10:00'),
      // Seven working days: late since the 11th.
      accepted('LATE', '2026-09-01T10:00'),
      decided('LATE', '2026-09-15T10:00'),
      accepted('OPEN', '2026-09-21T10:00'),
    );
    bulletin = await published(null);
  }, 60_000);
  afterEach(async () => {
    await site.close();
    removeSite(site.dir);
  });

  async function published(department: string | null): Promise<BulletinRow> {
    const request = { kind: 'monthly', period: '2026-09', department } as const;
    const { id, done } = await startBulletin(site.monitor.bulletinPorts, request, { id: 'li', name: '李' });
    expect(await done).toBe(true);
    return (await findBulletin(site.store, RowScope.everything, id))!;
  }
  const since = (row = bulletin): Promise<BulletinSince> =>
    bulletinSince(
      { from: site.store, rules: site.monitor.rules.current, scoreScheme: SCHEME },
      row,
      site.clock.now(),
    );
  const because = ({ cases }: BulletinSince) =>
    Object.fromEntries(cases.map((one) => [one.caseNo, one.because]));

  it('says nothing where nothing became known, also when later months went on', async () => {
    site.clock.moveTo(at('2026-10-20T09:00'));
    await site.receive(
      accepted('NEXT', '2026-10-12T10:00'),
      decided('OPEN', '2026-10-09T10:00', {}, '2026-10-09T10:00'),
    );
    expect(await since()).toMatchObject({ isSame: true, total: [], cases: [], lights: [] });
  });

  it('names data that came late, and they account for the whole difference', async () => {
    site.clock.moveTo(at('2026-10-08T09:00'));
    await site.receive(
      decided('OPEN', '2026-09-30T10:00', {}, '2026-10-08T09:00'),
      event('case.accepted', 'UNTOLD', '2026-09-02T10:00', HOUSING, { receivedAt: '2026-10-08T09:00' }),
    );
    const found = await since();
    expect(because(found)).toEqual({ OPEN: ['late-data'], UNTOLD: ['late-data'] });
    expect(found.total).toContainEqual({ name: 'accepted', then: 3, now: 4, explained: 1 });
    expect(found.total).toContainEqual({ name: 'decided', then: 2, now: 3, explained: 1 });
    for (const change of found.total) expect(change.explained).toBe(change.now - change.then);
    expect(found.departments.map(({ department }) => department)).toEqual(['housing']);
    expect(found.scores[0]?.lines.length).toBeGreaterThan(0);
  });

  it('names a decision that was taken back, and the month that the case left', async () => {
    site.clock.moveTo(at('2026-10-08T09:00'));
    await site.receive(
      event(
        'event.retracted',
        'IN-TIME',
        '2026-10-08T08:00',
        { retracts: 'IN-TIME/case.decided/2026-09-03T10:00' },
        {
          receivedAt: '2026-10-08T09:00',
        },
      ),
    );
    const found = await since();
    expect(found.cases.map(({ caseNo }) => caseNo)).toEqual(['IN-TIME']);
    expect(found.total).toContainEqual({ name: 'decided', then: 2, now: 1, explained: -1 });
  });

  it('tells what happened after it from what was only reported after it', async () => {
    site.clock.moveTo(at('2026-10-08T09:00'));
    await site.receive(
      event('case.rated', 'IN-TIME', '2026-10-07T10:00', { grade: 1 }, { receivedAt: '2026-10-07T10:00' }),
    );
    const found = await since();
    expect(because(found)).toEqual({ 'IN-TIME': ['happened-since'] });
    expect(found.total.map(({ name }) => name)).toEqual(['ratings', 'badRatings', 'gradeSum']);
  });

  it('names an appeal that was upheld: the late case is in time, net, and its light gone', async () => {
    const upheldAt = '2026-10-09 01:00:00.000';
    await site.store.write(async (transaction) => {
      const [light] = await transaction.query<{ id: number; became_at: string }>(
        "SELECT id, became_at FROM light_change WHERE case_no = 'LATE' AND clock = 'promise' AND to_light = 'red'",
      );
      const becameAt = Date.parse(`${light!.became_at.replace(' ', 'T')}Z`);
      await transaction.execute(
        'INSERT INTO upheld_light (case_no, identity, appeal_id, department, to_light, became_at, upheld_at) ' +
          "VALUES ('LATE', ?, 1, 'housing', 'red', ?, ?)",
        [lightIdentityKey('promise', becameAt, 'yellow', 'red'), light!.became_at, upheldAt],
      );
      await transaction.execute(
        "UPDATE light_change SET superseded_at = ?, superseded_because = 'appeal' WHERE id = ?",
        [upheldAt, light!.id],
      );
    });
    site.clock.moveTo(at('2026-10-09T10:00'));
    const found = await since();
    expect(because(found)).toEqual({ LATE: ['appeal'] });
    expect(found.total).toEqual([{ name: 'upheld', then: 0, now: 1, explained: 1 }]);
    expect(found.lights).toEqual([
      {
        caseNo: 'LATE',
        department: 'housing',
        clock: 'promise',
        light: 'red',
        change: 'gone',
        because: 'appeal',
      },
    ]);
  });

  it('names a calendar that was corrected and rules that became known later, each by itself', async () => {
    appendFileSync(
      join(site.dir, 'calendar.yaml'),
      'days:\n' +
        ['03', '04', '07', '08']
          .map((day) => `  - { date: 2026-09-${day}, off: true, knownSince: 2026-10-05 }\n`)
          .join(''),
    );
    site.clock.moveTo(at('2026-10-08T09:00'));
    await site.monitor.followRules();
    await site.monitor.rejudge.runOnce();
    expect(because(await since())).toEqual({ 'IN-TIME': ['calendar'], LATE: ['calendar'] });
    writeFileSync(
      join(site.dir, 'rulesets', 'later.yaml'),
      rulesetText('1wd')
        .replace("version: '1'", "version: '2'")
        .replace('2020-01-01', '2020-01-02\nknownSince: 2026-10-05'),
    );
    await site.monitor.followRules();
    await site.monitor.rejudge.runOnce();
    const found = await since();
    expect(found.cases.every((one) => one.because.includes('rules'))).toBe(true);
    for (const change of found.total) expect(change.explained).toBe(change.now - change.then);
  });

  it('of a department speaks of no other, and of a day there is none', async () => {
    const ofMarket = await published('market');
    site.clock.moveTo(at('2026-10-08T09:00'));
    await site.receive(decided('OPEN', '2026-09-30T10:00', {}, '2026-10-08T09:00'));
    expect(await since(ofMarket)).toMatchObject({ isSame: true });
    const request = { kind: 'daily', period: '2026-09-30', department: null } as const;
    const { id, done } = await startBulletin(site.monitor.bulletinPorts, request, { id: 'li', name: '李' });
    await done;
    await expect(since((await findBulletin(site.store, RowScope.everything, id))!)).rejects.toThrow(
      'a monthly bulletin',
    );
  });
});
