import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ComplaintAct, ComplaintContent } from '@mingjian/contracts';
import { RowScope } from '@mingjian/store';
import { HOUSING_HEAD, INSPECTOR, OTHER_INSPECTOR } from '../testing/people';
import { accepted, at, event, openSite, removeSite, rulesetText, type Site } from '../testing/site';
import { scoresOfMonth } from './scores-of-month';

/* What this spec guarantees: complaints, corrections of bad ratings and lowered promises count in the month in which they fell due, each
   with evidence that names it; what is for inspectors alone counts nowhere; what is still to come does not count yet. */

const ALL = RowScope.everything;
const SCHEME = join(__dirname, '../../../../rulesets/schemes/county-monthly.yaml');
const HOUSING = { item: 'A0101', department: 'housing' };
const CONTENT: ComplaintContent = {
  ...{ policy: 'complaint', channel: 'window', kind: 'delay', department: 'housing' },
  ...{ title: '许可超期未办', request: '请尽快办结。' },
};

describe('indicators of a score', () => {
  let site: Site;
  beforeAll(async () => {
    site = await openSite('2026-09-01T09:00', { settings: { scoreScheme: SCHEME } });
    // From 10 September on the item is promised in five working days instead of seven.
    writeFileSync(
      join(site.dir, 'rulesets', 'faster.yaml'),
      rulesetText('5wd').replace("version: '1'", "version: '2'").replace('2020-01-01', '2026-09-10'),
    );
    await site.monitor.followRules();
    for (let n = 0; n < 10; n++)
      await site.receive(
        accepted(`C-${n}`, '2026-09-01T10:00'),
        event('case.decided', `C-${n}`, '2026-09-02T10:00', { ...HOUSING, result: 'granted' }),
      );
    const rated = (caseNo: string, grade: number, id: string) =>
      event('case.rated', caseNo, '2026-09-02T11:00', { grade, realName: true }, { id });
    // Fifteen working days: due by the end of Wednesday 23 September.
    await site.receive(rated('C-0', 1, 'left'), rated('C-1', 1, 'corrected'), rated('C-2', 2, 'malicious'));
    await site.receive(rated('C-3', 5, 'good'));
    const late = await registered();
    const inTime = await registered({ kind: 'attitude' });
    const secret = await registered({ policy: 'discipline', kind: 'integrity' });
    await act(secret, '2026-09-01T09:10', { type: 'accepted' });
    for (const id of [late, inTime]) {
      await act(id, '2026-09-01T09:20', { type: 'accepted' });
      await act(id, '2026-09-01T09:30', { type: 'transferred', department: 'housing' });
    }
    await act(secret, '2026-09-01T09:40', { type: 'transferred', department: 'market' });
    await answer(inTime, '2026-09-03T10:00', 'invalid');
    const rating = { caseNo: 'C-2', source: 'urn:dept:housing', event: 'malicious' };
    const appeal = await site.monitor.acts.ratingAppeals.file(
      { rating, reason: 'malicious', text: '并未到场。', evidence: '录像一份。' },
      HOUSING_HEAD,
      ALL,
    );
    const upheld = { version: appeal.facts.version, act: { type: 'upheld' as const, opinion: '属实' } };
    await site.monitor.acts.ratingAppeals.act(appeal.row.id, upheld, OTHER_INSPECTOR, ALL);
    await site.receive(event('rating.rectified', 'C-1', '2026-09-08T10:00', { rating: 'corrected' }));
    // Ten working days end with Tuesday 15 September.
    await answer(late, '2026-09-17T10:00', 'valid');
    await answer(secret, '2026-09-18T10:00', 'valid');
    site.clock.moveTo(at('2026-10-01T09:00'));
    await site.monitor.sweep.runOnce(site.clock.now());
  }, 120_000);
  afterAll(async () => {
    await site.close();
    removeSite(site.dir);
  });

  const registered = async (more: Partial<ComplaintContent> = {}): Promise<number> =>
    (await site.monitor.acts.complaints.register({ ...CONTENT, ...more }, INSPECTOR, ALL)).row.id;
  const act = async (id: number, time: string, what: ComplaintAct): Promise<void> => {
    if (at(time) > site.clock.now()) site.clock.moveTo(at(time));
    const isReply = what.type === 'replied' && id !== 3;
    await site.monitor.acts.complaints.act(id, { act: what }, isReply ? HOUSING_HEAD : INSPECTOR, ALL);
  };
  const answer = async (id: number, time: string, verdict: 'valid' | 'invalid'): Promise<void> => {
    await act(id, time, { type: 'replied', text: '已核查。' });
    await act(id, time, { type: 'verified', verdict, reason: '经核查' });
    await act(id, time, { type: 'closed' });
  };
  const lineOf = async (id: string, now?: string, department = 'housing', month = '2026-09') => {
    const instant = now === undefined ? site.clock.now() : at(now);
    const rules = site.monitor.rules.current;
    const scores = await scoresOfMonth(site.store, rules, SCHEME, month, ALL, instant);
    return scores!.units
      .find((unit) => unit.department === department)!
      .lines.find((line) => line.id === id)!;
  };

  it('a valid complaint counts for the department complained about, in the month of its closing', async () => {
    const line = await lineOf('complaints');
    expect([line.of, line.rate]).toEqual([10, 0.1]);
    // Of ten cases one: as little as 1.79 % can be chance, and 20 ‰ earn nothing.
    expect(line.counted).toBeCloseTo(0.0179, 4);
    expect(line.points).toBeGreaterThan(0);
    expect(line.evidence).toEqual([
      {
        ...{ caseNo: '投诉〔2026〕1号', complaint: 1, light: null, rule: 'valid' },
        at: at('2026-09-17T10:00'),
      },
    ]);
  });

  it('a complaint answered late counts for who handles it, in the month in which it was due', async () => {
    expect(await lineOf('complaints-in-time')).toMatchObject({
      of: 2,
      rate: 0.5,
      evidence: [{ caseNo: '投诉〔2026〕1号', complaint: 1, rule: 'handle', at: at('2026-09-16T00:00') - 1 }],
    });
    expect((await lineOf('complaints-in-time', undefined, 'housing', '2026-10')).of).toBe(0);
  });

  it('what is for inspectors alone counts for nobody', async () => {
    for (const department of ['housing', 'market'])
      for (const id of ['complaints', 'complaints-in-time'])
        for (const { complaint } of (await lineOf(id, undefined, department)).evidence)
          expect(complaint).not.toBe(3);
    expect((await lineOf('complaints-in-time', undefined, 'market')).of).toBe(0);
  });

  it('a correction that did not come counts when it was due, and a rating that an appeal cleared does not', async () => {
    expect(await lineOf('rectified')).toMatchObject({
      of: 2,
      rate: 0.5,
      evidence: [{ caseNo: 'C-0', rule: 'rectification#1', at: at('2026-09-24T00:00') - 1 }],
    });
    const satisfaction = await lineOf('satisfaction');
    // Four ratings, three bad, one of them cleared: one of three is good. Ratings after the end of a case count with the case.
    expect([satisfaction.of, satisfaction.rate]).toEqual([3, 1 / 3]);
    expect(satisfaction.evidence.map(({ caseNo }) => caseNo)).toEqual(['C-0', 'C-1']);
  });

  it('nothing counts before it is due', async () => {
    expect((await lineOf('complaints-in-time', '2026-09-15T12:00')).of).toBe(0);
    expect((await lineOf('rectified', '2026-09-23T12:00')).of).toBe(0);
    expect((await lineOf('rectified', '2026-09-24T00:00')).of).toBe(2);
  });

  it('a promise that is lower than ever earns a bonus in the month in which it comes into force', async () => {
    expect(await lineOf('promise')).toMatchObject({
      kind: 'bonus',
      points: 1,
      evidence: [{ caseNo: 'A0101', item: 'A0101', rule: 'promise 7wd→5wd (2)' }],
    });
    expect((await lineOf('promise', undefined, 'market')).points).toBe(0);
    expect((await lineOf('promise', undefined, 'housing', '2026-10')).evidence).toEqual([]);
  });
});
