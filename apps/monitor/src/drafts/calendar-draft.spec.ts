import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { accepted, at, CALENDAR, openSite, removeSite, type Site } from '../testing/site';
import { ADMINISTRATOR, OTHER_ADMINISTRATOR } from './testing/administrators';
import { documentOf } from './draft-rows';

/** A closure of one day, by decree. */
const TYPHOON = { date: '2026-09-16', off: true, name: '台风' };

describe('a draft of a calendar', () => {
  let site: Site;
  let other: Site;
  beforeEach(async () => {
    site = await openSite('2026-09-14T10:00');
    other = await openSite('2026-09-14T10:00', { dir: site.dir });
  });
  afterEach(async () => {
    await site.close();
    await other.close();
    removeSite(site.dir);
  });

  const submitted = async (days: object[]) => {
    const { drafts } = site.monitor;
    const begun = await drafts.create({ kind: 'calendar' }, ADMINISTRATOR);
    const document = { ...documentOf(begun), days };
    const { version } = await drafts.save(begun.id, begun.version, { document }, ADMINISTRATOR);
    return drafts.act(begun.id, { type: 'submit', version, reason: '防汛应急响应' }, ADMINISTRATOR);
  };
  const dueOf = async (caseNo: string): Promise<string | undefined> => {
    const [row] = await site.store.query<{ due_at: string }>(
      'SELECT due_at FROM case_file WHERE case_no = ?',
      [caseNo],
    );
    return row?.due_at;
  };

  it('moves running cases once it is approved by another monitor of the site, and is known from that day', async () => {
    await site.receive(accepted('C-1', '2026-09-14T09:00'));
    expect(await dueOf('C-1')).toBe('2026-09-23 15:59:59.999');
    const draft = await submitted([TYPHOON]);
    const act = { type: 'approve' as const, version: draft.version };
    const approved = await other.monitor.drafts.act(draft.id, act, OTHER_ADMINISTRATOR);
    expect(documentOf(approved).days).toEqual([{ ...TYPHOON, knownSince: '2026-09-14' }]);
    await site.monitor.followRules();
    expect(await dueOf('C-1')).toBe('2026-09-24 15:59:59.999');
    await other.monitor.followRules();
    expect(other.monitor.rules.current.calendarDigest).toBe(site.monitor.rules.current.calendarDigest);
  });

  it('is approved once, whoever is asked by two at the same instant', async () => {
    const draft = await submitted([TYPHOON]);
    const act = { type: 'approve' as const, version: draft.version };
    const outcomes = await Promise.allSettled(
      [site, other].map(({ monitor }) => monitor.drafts.act(draft.id, act, OTHER_ADMINISTRATOR)),
    );
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    const [row] = await site.store.query<{ n: number }>('SELECT COUNT(*) AS n FROM rule_version');
    expect(row?.n).toBe(1);
  });

  it('warns of what it changes for days gone by', async () => {
    const draft = await submitted([{ date: '2026-09-10', off: true }]);
    expect(JSON.parse(draft.problems)).toContainEqual(
      expect.objectContaining({ severity: 'warning', code: 'reaches-back', path: ['days', '2026-09-10'] }),
    );
  });

  it('holds in place of its file, until somebody writes something third into that', async () => {
    const draft = await submitted([TYPHOON]);
    await site.monitor.drafts.act(draft.id, { type: 'approve', version: draft.version }, OTHER_ADMINISTRATOR);
    await site.monitor.followRules();
    expect(site.monitor.rules.current.book.newest.calendar.isWorkingDay(dayOf('2026-09-16'))).toBe(false);
    writeFileSync(join(site.dir, 'calendar.yaml'), CALENDAR.replace("version: '1'", "version: '9'"));
    await site.monitor.followRules();
    expect(site.monitor.rules.isLoadSuccessful).toBe(false);
    expect(site.logged.join('\n')).toContain('mingjian draft export --kind calendar');
    expect(site.monitor.rules.current.book.newest.calendar.isWorkingDay(dayOf('2026-09-16'))).toBe(false);
  });

  const dayOf = (date: string): number =>
    site.monitor.rules.current.book.newest.calendar.dayOf(at(`${date}T12:00`));
});
