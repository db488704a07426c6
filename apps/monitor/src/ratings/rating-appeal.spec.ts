import type { RatingAppealAct, RatingAppealContent } from '@mingjian/contracts';
import { copyUpheldLights, listRatings, ratingStatistics, RowScope } from '@mingjian/store';
import { openRegistry } from '@mingjian/runtime';
import type { Registry } from 'prom-client';
import type { Principal } from '../identity/principal';
import { ActGauges } from '../acts/act-gauges';
import { isSubjectSeen } from '../ledger/seen-subject';
import { openAutumnSite } from '../testing/autumn-site';
import { HOUSING_HEAD, INSPECTOR, MARKET_HEAD } from '../testing/people';
import { reopened } from '../testing/pass-time';
import { accepted, at, event, removeSite, type Site } from '../testing/site';

/* What this spec guarantees: whole lives of appeals against ratings over National Day of 2026. One that is upheld keeps the rating in
   the gross figures and out of the net ones, and takes its lights away for good. */

const ALL = RowScope.everything;
const RATING = { caseNo: 'C-1', source: 'urn:dept:housing', event: 'bad' };
const CONTENT: RatingAppealContent = {
  rating: RATING,
  reason: 'malicious',
  text: '评价人并未到窗口办理该事项。',
  evidence: '窗口录像一份，存于政务服务中心。',
};

describe('appeals against ratings', () => {
  let site: Site;
  beforeEach(async () => {
    site = await openAutumnSite('2026-09-30T17:00');
    await site.receive(
      accepted('C-1', '2026-09-23T10:00'),
      event('case.rated', 'C-1', '2026-09-30T16:00', { grade: 1, realName: true }, { id: 'bad' }),
      event('case.rated', 'C-1', '2026-09-30T16:10', { grade: 2 }, { id: 'other' }),
      event('case.rated', 'C-1', '2026-09-30T16:20', { grade: 5 }, { id: 'good' }),
    );
  });
  afterEach(async () => {
    await site.close();
    removeSite(site.dir);
  });

  const pass = async (time: string): Promise<void> => {
    site.clock.moveTo(at(time));
    await site.monitor.sweep.runOnce(site.clock.now());
    await site.monitor.acts.sweep.runOnce();
  };
  const restart = async (): Promise<void> => {
    site = await reopened(site);
  };
  const file = (content = CONTENT, who: Principal = HOUSING_HEAD, key?: string) =>
    site.monitor.acts.ratingAppeals.file(content, who, ALL, key);
  const act = async (id: number, what: RatingAppealAct, who: Principal = INSPECTOR) => {
    const { facts } = await site.monitor.acts.ratingAppeals.read(id, ALL);
    return site.monitor.acts.ratingAppeals.act(id, { version: facts.version, act: what }, who, ALL);
  };
  const sums = async (of = site) =>
    (await ratingStatistics(of.store, ['2026-09'], of.clock.now(), ALL))[0]!.sums;
  const lightsOf = async (clock: string): Promise<string[]> =>
    (await site.lights()).filter((line) => line.includes(clock));

  it('run on a clock of their own, and are decided once, with a restart after every step', async () => {
    const { row } = await file();
    expect(row).toMatchObject({
      no: '评诉〔2026〕1号',
      state: 'filed',
      grade: 1,
      // Five working days after Wednesday 30 September: 8, 9, 10, 12 and 13 October.
      dueAt: at('2026-10-14T00:00') - 1,
    });
    const steps = [
      () => pass('2026-10-13T09:00'),
      () => pass('2026-10-14T00:00'),
      () => act(row.id, { type: 'dismissed', opinion: '录像显示确有其事' }),
      () => pass('2026-10-20T00:00'),
    ];
    for (const step of steps) {
      await step();
      await restart();
    }
    const seen = await site.monitor.acts.ratingAppeals.read(row.id, ALL);
    expect(
      seen.events.map(({ act: done }) => (done.type === 'lit' ? `${done.clock} ${done.to}` : done.type)),
    ).toEqual(['filed', 'decide yellow', 'decide red', 'dismissed']);
    expect(seen.row).toMatchObject({ state: 'dismissed', light: 'red', nextChangeAt: null });
    expect(await sums()).toMatchObject({ ratings: 3, bad: 2, upheld: 0, named: 1 });
    await expect(act(row.id, { type: 'upheld', opinion: '改判' })).rejects.toMatchObject({
      reason: 'wrong-state',
    });
    const chain = await site.store.query<{ kind: string; body: string }>(
      "SELECT kind, body FROM ledger_entry WHERE chain = 'rating-appeals' ORDER BY seq",
    );
    expect(chain.map(({ kind }) => kind)).toEqual([
      'rating-appeal.filed',
      'rating-appeal.lit',
      'rating-appeal.lit',
      'rating-appeal.dismissed',
    ]);
    expect(chain.map(({ body }) => body).join()).not.toContain('窗口录像');
  });

  it('are proved from the ledger to who may see the department, and to nobody else', async () => {
    const { row } = await file();
    const seen = (...departments: string[]) =>
      isSubjectSeen(site.store, row.no, INSPECTOR, RowScope.ofDepartments(departments));
    expect([await seen('housing'), await seen('market')]).toEqual([true, false]);
  });

  it('are counted while they are open, by each monitor the same', async () => {
    const other = openRegistry();
    new ActGauges(other, site.store);
    const counted = (registry: Registry) => registry.getSingleMetricAsString('mingjian_rating_appeals');
    const open = (light: string, count: number): string =>
      `mingjian_rating_appeals{state="filed",light="${light}"} ${count}`;
    expect(await counted(site.registry)).toContain(open('green', 0));
    const { row } = await file();
    await file({ ...CONTENT, rating: { ...RATING, event: 'other' } });
    await act(row.id, { type: 'dismissed', opinion: '不属实' });
    expect(await counted(site.registry)).toContain(open('green', 1));
    await pass('2026-10-14T00:00');
    const late = await counted(site.registry);
    expect(late.split('\n')).toEqual(
      expect.arrayContaining([open('red', 1), open('green', 0), open('yellow', 0), open('grey', 0)]),
    );
    expect(await counted(other)).toBe(late);
  });

  it('are for the department that was rated, against bad ratings, in time, one after the other', async () => {
    await expect(file(CONTENT, MARKET_HEAD)).rejects.toMatchObject({ reason: 'not-yours' });
    await expect(file(CONTENT, INSPECTOR)).rejects.toMatchObject({ reason: 'not-yours' });
    await expect(
      site.monitor.acts.ratingAppeals.file(CONTENT, HOUSING_HEAD, RowScope.ofDepartments(['market'])),
    ).rejects.toMatchObject({ reason: 'not-found' });
    await expect(file({ ...CONTENT, rating: { ...RATING, event: 'good' } })).rejects.toMatchObject({
      reason: 'rating-not-appealable',
    });
    const { row } = await file(CONTENT, HOUSING_HEAD, 'once');
    expect((await file(CONTENT, HOUSING_HEAD, 'once')).row.id).toBe(row.id);
    await expect(file()).rejects.toMatchObject({ reason: 'rating-appeal-pending' });
    await expect(act(row.id, { type: 'upheld', opinion: '属实' }, HOUSING_HEAD)).rejects.toMatchObject({
      reason: 'not-yours',
    });
    await expect(act(row.id, { type: 'withdrawn', reason: '误提' }, MARKET_HEAD)).rejects.toMatchObject({
      reason: 'not-yours',
    });
    await act(row.id, { type: 'withdrawn', reason: '误提' }, HOUSING_HEAD);
    const again = { ...CONTENT, rating: { ...RATING, event: 'other' } };
    const dismissed = (await file(again)).row;
    await act(dismissed.id, { type: 'dismissed', opinion: '不属实' });
    await expect(file(again)).rejects.toMatchObject({ reason: 'rating-appealed-already' });
    // What was withdrawn does not count as an appeal; the fifth working day has passed.
    site.clock.moveTo(at('2026-10-14T00:00'));
    await expect(file()).rejects.toMatchObject({ reason: 'rating-appeal-too-late' });
  });

  it('that are upheld keep the rating gross, and out of what is net', async () => {
    const { row } = await file();
    await act(row.id, { type: 'upheld', opinion: '确系恶意差评' });
    await pass('2026-10-09T09:00');
    expect(await sums()).toMatchObject({ ratings: 3, bad: 2, upheld: 1, named: 0, contactOverdue: 0 });
    const waiting = await listRatings(
      site.store,
      { waiting: 'rectification', now: site.clock.now(), limit: 9 },
      ALL,
    );
    expect(waiting.map(({ eventId }) => eventId)).toEqual(['other']);
  });

  it('that are upheld take the lights of that rating away for good, and of no other', async () => {
    const { row } = await file();
    await pass('2026-10-09T09:00');
    expect((await lightsOf('rating-contact#1')).at(-1)).toContain('yellow>red');
    await act(row.id, { type: 'upheld', opinion: '确系恶意差评' });
    expect(await lightsOf('rating-contact#1')).toEqual([]);
    // Neither time nor other data of the case nor a restart lights it, and the other rating is supervised as before.
    await pass('2026-10-28T00:00');
    await site.receive(event('step.started', 'C-1', '2026-10-28T09:00', { step: 'review' }));
    await restart();
    await pass('2026-11-02T00:00');
    expect(await lightsOf('rating-contact#1')).toEqual([]);
    expect(await lightsOf('rectification#1')).toEqual([]);
    expect((await lightsOf('rectification#2')).at(-1)).toContain('yellow>red');
  });

  it('that are upheld hold after a replay of the whole log', async () => {
    const { row } = await file();
    await pass('2026-10-09T09:00');
    await act(row.id, { type: 'upheld', opinion: '确系恶意差评' });
    await pass('2026-11-02T00:00');
    const other = await openAutumnSite('2026-11-02T00:00');
    try {
      await other.store.write((transaction) => copyUpheldLights(site.store, transaction));
      await other.receive(
        event('case.rated', 'C-1', '2026-09-30T16:20', { grade: 5 }, { id: 'good' }),
        event('step.started', 'C-1', '2026-09-23T11:00', { step: 'review' }),
      );
      await other.receive(
        event('case.rated', 'C-1', '2026-09-30T16:10', { grade: 2 }, { id: 'other' }),
        event('case.rated', 'C-1', '2026-09-30T16:00', { grade: 1, realName: true }, { id: 'bad' }),
        accepted('C-1', '2026-09-23T10:00'),
      );
      await site.receive(event('step.started', 'C-1', '2026-09-23T11:00', { step: 'review' }));
      expect(await other.storedDigest()).toBe(await site.storedDigest());
      expect(await sums(other)).toEqual(await sums());
    } finally {
      await other.close();
      removeSite(other.dir);
    }
  });
});
