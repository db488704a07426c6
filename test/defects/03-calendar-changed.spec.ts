import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CalendarDocument, parseYamlDocument, type TimelineEvent } from '@mingjian/contracts';
import { judgeCase, RuleBook, verdictAt, WorkingCalendar, type CaseVerdict } from '@mingjian/rules';
import { allTimelines } from '@mingjian/store';
import { accepted, event, openSite, removeSite, type Site } from '../../apps/monitor/src/testing/site';

const decided = (caseNo: string, time: string) => event('case.decided', caseNo, time, { result: 'granted' });
const OPEN = Array.from({ length: 50 }, (_, n) => `open-${String(n).padStart(2, '0')}`);

/** Promises of seven working days from Monday 14 September: due at the end of the 23rd. */
describe('defect 3: a calendar that changes', () => {
  let site: Site;
  beforeEach(async () => {
    site = await openSite('2026-09-14T10:00:05');
    appendFileSync(
      join(site.dir, 'calendar.yaml'),
      'days:\n  - { date: 2026-10-01, off: true, name: 国庆节, knownSince: 2025-11-04 }\n',
    );
    await site.monitor.followRules();
    await site.receive(...OPEN.map((caseNo) => accepted(caseNo, '2026-09-14T10:00')));
    await site.receive(
      accepted('closed-early', '2026-09-14T10:00'),
      decided('closed-early', '2026-09-17T10:00'),
      accepted('closed-late', '2026-08-31T10:00'),
      decided('closed-late', '2026-09-14T10:00'),
    );
    site.clock.moveTo(Date.parse('2026-09-18T09:00:00+08:00'));
    await site.monitor.sweep.runOnce(site.clock.now());
  });
  afterEach(async () => {
    await site.close();
    removeSite(site.dir);
  });

  /** On the 18th it is made known that the 22nd and 23rd are off. */
  async function closeTwoDays(): Promise<string> {
    const file = join(site.dir, 'calendar.yaml');
    const text = readFileSync(file, 'utf8').replace("version: '1'", "version: '2'");
    writeFileSync(
      file,
      `${text}  - { date: 2026-09-22, off: true, name: 台风停办, knownSince: 2026-09-18 }
  - { date: 2026-09-23, off: true, name: 台风停办, knownSince: 2026-09-18 }
`,
    );
    await site.monitor.followRules();
    return file;
  }

  const rowsOf = (what: string): Promise<object[]> =>
    site.store.query(
      `SELECT case_no, is_open, light, due_at, since, outcome, calendar_version FROM case_file WHERE case_no LIKE '${what}%' ORDER BY case_no`,
    );
  const changesOf = (what: string): Promise<object[]> =>
    site.store.query(`SELECT * FROM light_change WHERE case_no LIKE '${what}%' ORDER BY id`);

  it('defect 3: moves every open case to its new due instant', async () => {
    expect(new Set((await rowsOf('open')).map((row) => JSON.stringify({ ...row, case_no: '' }))).size).toBe(
      1,
    );
    expect((await rowsOf('open'))[0]).toMatchObject({
      due_at: '2026-09-23 15:59:59.999',
      calendar_version: '1',
    });
    await closeTwoDays();
    const moved = await rowsOf('open');
    expect(moved).toHaveLength(OPEN.length);
    for (const row of moved)
      expect(row).toMatchObject({ due_at: '2026-09-25 15:59:59.999', light: 'green', calendar_version: '2' });
    site.clock.moveTo(Date.parse('2026-09-26T00:00:00+08:00') - 1);
    await site.monitor.sweep.runOnce(site.clock.now());
    expect((await rowsOf('open')).every((row) => 'light' in row && row.light === 'yellow')).toBe(true);
    site.clock.moveTo(site.clock.now() + 1);
    await site.monitor.sweep.runOnce(site.clock.now());
    expect((await rowsOf('open')).every((row) => 'light' in row && row.light === 'red')).toBe(true);
  });

  it('defect 3: leaves the verdict of every closed case as it was', async () => {
    const [before, changes] = [await rowsOf('closed'), await changesOf('closed')];
    expect(before).toMatchObject([
      { case_no: 'closed-early', is_open: 0, light: 'green', outcome: 'granted' },
      { case_no: 'closed-late', is_open: 0, light: 'red', outcome: 'granted' },
    ]);
    await closeTwoDays();
    // Light, outcome, and since when; the due instant that the early one never needed is that of the calendar now.
    expect((await rowsOf('closed')).map((row) => ({ ...row, due_at: null, calendar_version: null }))).toEqual(
      before.map((row) => ({ ...row, due_at: null, calendar_version: null })),
    );
    expect(await changesOf('closed')).toEqual(changes);
  });

  it('defect 3: every verdict can be derived both ways: as known then, and as known now', async () => {
    const stored: [string, TimelineEvent[]][] = [];
    for await (const entry of allTimelines(site.store)) stored.push(entry);
    const { rulesets, book } = site.monitor.rules.current;
    const before = verdicts(book);
    const file = await closeTwoDays();
    const now = verdicts(site.monitor.rules.current.book);
    const document = parseYamlDocument(readFileSync(file, 'utf8'), file, CalendarDocument);
    const asKnown = (day: string): RuleBook =>
      new RuleBook([...rulesets], new Map([['office', WorkingCalendar.fromDocument(document, day)]]));
    expect(verdicts(asKnown('2026-09-17'))).toEqual(before);
    expect(verdicts(asKnown('2026-09-18'))).toEqual(now);
    expect(now).not.toEqual(before);

    function verdicts(by: RuleBook): CaseVerdict[] {
      return stored.map(([caseNo, events]) => verdictAt(judgeCase(caseNo, events, by), site.clock.now()));
    }
  });
});
