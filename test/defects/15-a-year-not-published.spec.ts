import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CalendarDocument, parseYamlDocument } from '@mingjian/contracts';
import { dueAt, dueRange, parseInstant, parseLimit, WorkingCalendar } from '@mingjian/rules';
import { accepted, openSite, removeSite, type Site } from '../../apps/monitor/src/testing/site';

const CN = join(__dirname, '../../rulesets/calendars/cn.yaml');
const cn = WorkingCalendar.fromDocument(parseYamlDocument(readFileSync(CN, 'utf8'), CN, CalendarDocument));
const at = (text: string): number => parseInstant(text, cn.zone);

describe('defect 15: a year that is not published counts as Monday to Friday', () => {
  it.each(['5wd', '5wd@time', '40wh', '60d'])('never in silence: %s into 2027 is provisional', (text) => {
    const limit = parseLimit(text);
    expect(dueAt(cn, limit, at('2026-12-29 10:00')).provisional).toBe(true);
    expect(dueAt(cn, limit, at('2026-10-12 10:00')).provisional).toBe(false);
  });

  it('never as one date alone: a provisional answer has a range', () => {
    const range = dueRange(cn, parseLimit('5wd'), at('2026-12-29 10:00'))!;
    expect(range.latest).toBeGreaterThan(range.earliest);
  });
});

describe('defect 15: a year that is not published, in a running monitor', () => {
  let site: Site;
  beforeEach(async () => {
    site = await openSite('2026-12-22T09:00:00');
    const file = join(site.dir, 'calendar.yaml');
    writeFileSync(file, `${readFileSync(file, 'utf8').trimEnd()}\npublishedThrough: 2026-12-31\n`);
    await site.monitor.followRules();
  });
  afterEach(async () => {
    await site.close();
    removeSite(site.dir);
  });

  it('is counted down in a metric, below nought once it has begun', async () => {
    const daysLeft = async (): Promise<string> =>
      (await site.registry.getSingleMetricAsString('mingjian_calendar_days_left'))
        .split('\n')
        .filter((line) => !line.startsWith('#'))
        .join('');
    expect(await daysLeft()).toMatch(/\{calendar="[^"]+"\} 9$/);
    site.clock.moveTo(at('2027-01-02 09:00'));
    expect(await daysLeft()).toMatch(/\{calendar="[^"]+"\} -2$/);
  });

  it('makes the case provisional', async () => {
    await site.receive(accepted('C-1', '2026-12-21T10:00'), accepted('C-2', '2026-12-01T10:00'));
    const rows = await site.store.query<{ case_no: string; provisional: number }>(
      'SELECT case_no, provisional FROM case_file ORDER BY case_no',
    );
    expect(rows.map(({ provisional }) => Boolean(provisional))).toEqual([true, false]);
  });
});
