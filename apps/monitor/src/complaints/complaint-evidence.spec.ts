import { join } from 'node:path';
import type { ComplaintContent } from '@mingjian/contracts';
import { casesOfLead, decodePatternFinding, RowScope } from '@mingjian/store';
import { findLeads } from '../handover/choose-cases';
import { rotateSealingKeys } from '../identity/rotate-sealing-keys';
import { openAutumnSite } from '../testing/autumn-site';
import { INSPECTOR } from '../testing/people';
import { accepted, at, event, removeSite, type Site } from '../testing/site';

/* What this spec guarantees: a complaint about delay finds its case, fixes what the record says at that moment, and a record that
   says "in time" while somebody complains is a finding on both; nothing else is. */

const ALL = RowScope.everything;
const APPLICANT = 'a1b2c3d4e5f60718';
const CONTENT: ComplaintContent = {
  policy: 'complaint',
  channel: 'web',
  kind: 'delay',
  department: 'housing',
  title: '规划许可超期未办',
  request: '请尽快办结。',
};

describe('the case of a complaint', () => {
  let site: Site;
  beforeEach(async () => {
    site = await openAutumnSite('2026-09-14T10:00');
    await site.receive(
      event('case.accepted', 'C-1', '2026-09-14T10:00', {
        item: 'A0101',
        department: 'housing',
        applicant: APPLICANT,
      }),
      accepted('C-2', '2026-09-14T10:00'),
    );
    site.clock.moveTo(at('2026-09-16T10:00'));
  });
  afterEach(async () => {
    await site.close();
    removeSite(site.dir);
  });

  const register = (more: Partial<ComplaintContent>) =>
    site.monitor.acts.complaints.register({ ...CONTENT, ...more }, INSPECTOR, ALL);
  const findings = async (): Promise<string[]> =>
    (await site.store.query<object>('SELECT * FROM pattern_finding WHERE superseded_at IS NULL'))
      .map(decodePatternFinding)
      .filter(({ code }) => code === 'CMP-2')
      .map(({ kind, subject, period }) => `${period} ${kind} ${subject}`);

  it('is found by its number; "in time" and "late" contradict each other on both', async () => {
    const { row, facts } = await register({ caseNo: 'C-1' });
    expect(row).toMatchObject({ caseNo: 'C-1', contradicts: true });
    expect(facts.evidence).toMatchObject({ how: 'number', events: 1, light: 'green', contradicts: true });
    expect(await findings()).toEqual(['2026-09 complaint-contradicts-record C-1']);
    const [entry] = await site.store.query<{ body: string }>(
      "SELECT body FROM ledger_entry WHERE kind = 'complaint.evidence-frozen'",
    );
    expect(JSON.parse(entry!.body)).toMatchObject({
      caseNo: 'C-1',
      timeline: facts.evidence!.timeline,
      explanation: facts.evidence!.explanation,
    });
    // A second complaint is evidence of its own, and no second finding; the daily search does not take it away.
    await register({ caseNo: 'C-1' });
    site.clock.moveTo(at('2026-09-17T10:00'));
    await site.monitor.forensics.runOnce();
    expect(await findings()).toEqual(['2026-09 complaint-contradicts-record C-1']);
  });

  it('is found by pseudonym, item and day, and not where that could be another one', async () => {
    const said = { applicant: APPLICANT, item: 'A0101', occurredAt: '2026-09-15T00:00:00+08:00' };
    expect((await register(said)).facts.evidence).toMatchObject({ caseNo: 'C-1', how: 'applicant' });
    expect((await register({ ...said, occurredAt: '2026-09-10T00:00:00+08:00' })).row.caseNo).toBeNull();
    expect((await register({ ...said, applicant: 'ffff0000ffff0000' })).row.caseNo).toBeNull();
    await site.receive(
      event('case.accepted', 'C-3', '2026-09-15T10:00', {
        item: 'A0101',
        department: 'housing',
        applicant: APPLICANT,
      }),
    );
    const two = await register(said);
    expect(two.row.caseNo).toBeNull();
    // The inspector names it.
    const named = await site.monitor.acts.complaints.act(
      two.row.id,
      { act: { type: 'linked', caseNo: 'C-3' } },
      INSPECTOR,
      ALL,
    );
    expect(named.facts.evidence).toMatchObject({ caseNo: 'C-3', how: 'hand' });
    await expect(
      site.monitor.acts.complaints.act(
        two.row.id,
        { act: { type: 'linked', caseNo: 'NONE' } },
        INSPECTOR,
        ALL,
      ),
    ).rejects.toMatchObject({ reason: 'unknown-case' });
  });

  it('that is late on record contradicts nobody; nor does a complaint about something else', async () => {
    site.clock.moveTo(at('2026-09-28T10:00'));
    expect((await register({ caseNo: 'C-1' })).facts.evidence).toMatchObject({
      light: 'red',
      contradicts: false,
    });
    await site.receive(accepted('C-4', '2026-09-28T09:00'));
    expect((await register({ caseNo: 'C-4', kind: 'attitude' })).row.contradicts).toBe(false);
    expect(await findings()).toEqual([]);
  });

  it('of a confidential complaint bears no finding: the department reads those', async () => {
    expect((await register({ caseNo: 'C-1', policy: 'discipline' })).row.contradicts).toBe(true);
    expect(await findings()).toEqual([]);
  });

  it('what is added to the case later shows: the digest of what was known then no longer fits', async () => {
    const first = await register({ caseNo: 'C-1' });
    await site.receive(event('case.decided', 'C-1', '2026-09-15T16:00', { result: 'granted' }));
    const second = await register({ caseNo: 'C-1' });
    expect(second.facts.evidence!.timeline).not.toBe(first.facts.evidence!.timeline);
    const { facts } = await site.monitor.acts.complaints.read(first.row.id, INSPECTOR, ALL);
    expect(facts.evidence).toEqual(first.facts.evidence);
  });

  it('and complaints count towards a lead of their department, the confidential ones not', async () => {
    await register({ caseNo: 'C-1' });
    await register({ caseNo: 'C-2', policy: 'discipline' });
    const refused = await register({ caseNo: 'C-2' });
    await site.monitor.acts.complaints.act(
      refused.row.id,
      { act: { type: 'refused', reason: '不属本机关' } },
      INSPECTOR,
      ALL,
    );
    const period = [at('2026-09-01T00:00'), at('2026-09-30T00:00')] as const;
    expect(await findLeads(site.store, { complaints: 1 }, ...period, ALL)).toMatchObject([
      { department: 'housing', complaints: 1, reopened: 0 },
    ]);
    expect(await findLeads(site.store, { complaints: 2 }, ...period, ALL)).toEqual([]);
    expect(await casesOfLead(site.store, 'housing', ...period, 10)).toEqual(['C-1']);
  });

  it('who complained is known again after the sealing keys were changed', async () => {
    const complainant = { name: '张三', phone: '13800138000' };
    const first = await register({ complainant });
    const file = join(site.dir, 'sealing-keys.json');
    // The pseudonyms' key and one identity; a second time nothing stands under an older key.
    expect(await rotateSealingKeys(site.store, site.clock, file, 'admin')).toBe(2);
    expect(await site.monitor.acts.complaints.complainantOf(first.row.id, '回访', INSPECTOR, ALL)).toEqual(
      complainant,
    );
    expect((await register({ complainant })).row.repeatOf).toBe(first.row.id);
  });
});
