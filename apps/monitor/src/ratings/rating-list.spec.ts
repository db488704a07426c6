import type { StepEvent } from '@mingjian/contracts';
import {
  listRatings,
  ratingStatistics,
  RowScope,
  type CaseRatingRow,
  type RatingFilter,
} from '@mingjian/store';
import { openAutumnSite } from '../testing/autumn-site';
import { accepted, at, event, removeSite, type Site } from '../testing/site';

/* What this spec guarantees: each rating of the record is one row, whatever the order, repetition and lateness of the events; the
   limits for the call and the correction leave out National Day; what waits, and for how long, is true at the instant asked for. */

const ALL = RowScope.everything;
const HOUSING = { item: 'A0101', department: 'housing' };

/** Rated badly on the last working day before National Day of 2026, with a name; corrected later without one. */
const RATED: readonly StepEvent[] = [
  accepted('C-1', '2026-09-23T10:00'),
  event('case.decided', 'C-1', '2026-09-28T10:00', { ...HOUSING, result: 'granted' }),
  event(
    'case.rated',
    'C-1',
    '2026-09-30T16:00',
    { grade: 1, realName: true, tags: ['超时办理'] },
    { id: 'bad' },
  ),
  accepted('C-2', '2026-09-23T11:00'),
  event('case.rated', 'C-2', '2026-09-29T10:00', { grade: 5, realName: true }, { id: 'good' }),
  event('case.rated', 'C-2', '2026-09-29T11:00', { grade: 2 }, { id: 'nameless' }),
];

describe('ratings of cases', () => {
  const sites: Site[] = [];
  const opened = async (now: string): Promise<Site> => {
    const site = await openAutumnSite(now);
    sites.push(site);
    return site;
  };
  afterEach(async () => {
    for (const site of sites.splice(0)) {
      await site.close();
      removeSite(site.dir);
    }
  });

  const list = (site: Site, filter: Partial<RatingFilter> = {}, scope = ALL): Promise<CaseRatingRow[]> =>
    listRatings(site.store, { now: site.clock.now(), limit: 50, ...filter }, scope);
  const ids = async (site: Site, filter: Partial<RatingFilter> = {}, scope = ALL): Promise<string[]> =>
    (await list(site, filter, scope)).map(({ eventId }) => eventId);
  const statistics = async (site: Site) =>
    (await ratingStatistics(site.store, ['2026-09'], site.clock.now(), ALL))[0]!.sums;

  it('are to be answered by a call in one working day and put right in fifteen, without National Day', async () => {
    const site = await opened('2026-10-01T09:00');
    await site.receive(...RATED);
    expect(await list(site, { caseNo: 'C-1' })).toEqual([
      {
        ...{ caseNo: 'C-1', source: 'urn:dept:housing', eventId: 'bad', month: '2026-09' },
        ...{ ratedAt: at('2026-09-30T16:00'), receivedAt: at('2026-09-30T16:00:04') },
        ...{ district: null, hall: null, department: 'housing', itemCode: 'A0101' },
        ...{ grade: 1, bad: 1, realName: 1, tags: '["超时办理"]', number: 1 },
        // Thursday 8 October is the first working day; the fifteenth, with Saturday 10, is Tuesday 27.
        ...{ contactDueAt: at('2026-10-09T00:00') - 1, contactedAt: null },
        ...{ rectifyDueAt: at('2026-10-28T00:00') - 1, rectifiedAt: null },
      },
    ]);
    expect(await ids(site, { waiting: 'contact' })).toEqual(['bad']);
    expect(await ids(site, { waiting: 'contact', overdue: true })).toEqual([]);
    site.clock.moveTo(at('2026-10-09T00:00'));
    expect(await ids(site, { waiting: 'contact', overdue: true })).toEqual(['bad']);
    expect(await ids(site, { waiting: 'rectification' })).toEqual(['bad', 'nameless']);
    await site.monitor.sweep.runOnce(site.clock.now());
    expect((await site.lights()).filter((line) => line.includes('rating-contact#1'))).toEqual([
      // A working day before the end of one day is its beginning: yellow at once.
      expect.stringContaining('null>yellow 2026-09-30 08:00'),
      expect.stringContaining('yellow>red 2026-10-08 16:00'),
    ]);
  });

  it('are narrowed by department, item, grade, month, badness and name, and shown to nobody else', async () => {
    const site = await opened('2026-10-01T09:00');
    await site.receive(...RATED);
    expect(await ids(site)).toEqual(['bad', 'nameless', 'good']);
    expect(await ids(site, { grade: 5 })).toEqual(['good']);
    expect(await ids(site, { bad: true })).toEqual(['bad', 'nameless']);
    expect(await ids(site, { bad: false })).toEqual(['good']);
    expect(await ids(site, { realName: true })).toEqual(['bad', 'good']);
    expect(await ids(site, { realName: false })).toEqual(['nameless']);
    expect(await ids(site, { month: '2026-10' })).toEqual([]);
    expect(await ids(site, { item: 'A0101', department: 'housing', month: '2026-09' })).toHaveLength(3);
    expect(await ids(site, { department: 'market' })).toEqual([]);
    expect(await ids(site, {}, RowScope.ofDepartments(['market']))).toEqual([]);
  });

  it('come in pages that lose none and repeat none, also of one instant', async () => {
    const site = await opened('2026-10-01T09:00');
    const many = Array.from({ length: 7 }, (_, n) => [
      accepted(`P-${n}`, '2026-09-23T10:00'),
      event('case.rated', `P-${n}`, '2026-09-24T10:00', { grade: 1 + (n % 5) }, { id: `r${n}` }),
    ]).flat();
    await site.receive(...many);
    const seen: string[] = [];
    let after: CaseRatingRow | undefined;
    do {
      const page = await list(site, { limit: 3, after });
      seen.push(...page.map(({ eventId }) => eventId));
      after = page[2];
    } while (after !== undefined);
    expect(seen).toEqual(['r6', 'r5', 'r4', 'r3', 'r2', 'r1', 'r0']);
  });

  it('are the same after any order, with repeats, and one by one', async () => {
    const answers = [
      event('rating.contacted', 'C-1', '2026-10-08T15:00', { rating: 'bad' }),
      event('rating.rectified', 'C-2', '2026-10-09T15:00'),
    ];
    const all = [...RATED, ...answers];
    const calm = await opened('2026-10-12T09:00');
    await calm.receive(...all);
    const other = await opened('2026-10-12T09:00');
    for (const one of [...all].reverse()) await other.receive(one, one);
    await other.receive(...all);
    expect(await list(other)).toEqual(await list(calm));
    expect(await other.storedDigest()).toBe(await calm.storedDigest());
    expect(await statistics(other)).toEqual(await statistics(calm));
  });

  it('that are answered in time count so when the answer is reported late: the red light is taken back', async () => {
    const site = await opened('2026-10-01T09:00');
    await site.receive(...RATED);
    site.clock.moveTo(at('2026-10-12T09:00'));
    await site.monitor.sweep.runOnce(site.clock.now());
    expect(await statistics(site)).toMatchObject({ named: 1, contacted: 0, contactOverdue: 1 });
    await site.receive(
      event('rating.contacted', 'C-1', '2026-10-08T15:00', {}, { receivedAt: '2026-10-12T09:00' }),
    );
    expect(await statistics(site)).toMatchObject({
      named: 1,
      contacted: 1,
      contactedInTime: 1,
      contactOverdue: 0,
    });
    expect((await site.lights()).some((line) => line.includes('rating-contact#1 yellow>red'))).toBe(false);
    await site.receive(event('rating.rectified', 'C-1', '2026-10-12T08:00'));
    expect(await statistics(site)).toMatchObject({
      bad: 2,
      rectified: 1,
      rectifiedInTime: 1,
      rectifyOverdue: 0,
    });
  });

  it('are not answered before the answer happened, whatever a clock of a department says', async () => {
    const site = await opened('2026-10-01T09:00');
    await site.receive(...RATED, event('rating.contacted', 'C-1', '2026-10-08T15:00'));
    expect(await ids(site, { waiting: 'contact' })).toEqual(['bad']);
    expect(await statistics(site)).toMatchObject({ contacted: 0 });
    site.clock.moveTo(at('2026-10-08T16:00'));
    expect(await ids(site, { waiting: 'contact' })).toEqual([]);
  });

  it('go when they are retracted, and the numbers of later ones follow', async () => {
    const site = await opened('2026-10-01T09:00');
    await site.receive(
      ...RATED,
      event('case.rated', 'C-1', '2026-09-30T16:30', { grade: 2 }, { id: 'second' }),
    );
    const numbers = async () => (await list(site, { caseNo: 'C-1' })).map((row) => [row.eventId, row.number]);
    expect(await numbers()).toEqual([
      ['second', 2],
      ['bad', 1],
    ]);
    await site.receive(event('event.retracted', 'C-1', '2026-09-30T17:00', { retracts: 'bad' }));
    expect(await numbers()).toEqual([['second', 1]]);
  });

  it('of an event that loses its identity to an earlier report become what that one says', async () => {
    const site = await opened('2026-10-01T09:00');
    await site.receive(...RATED);
    // The same identity, received earlier, and no rating at all.
    await site.receive(
      event(
        'step.started',
        'C-1',
        '2026-09-30T16:00',
        { step: 'review' },
        { id: 'bad', receivedAt: '2026-09-30T15:00' },
      ),
    );
    expect(await ids(site, { caseNo: 'C-1' })).toEqual([]);
  });
});
