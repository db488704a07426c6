import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { insertRuleVersion, loadRuleVersions } from '@mingjian/store';
import { parse } from 'yaml';
import { writtenDigest } from '../../rulebook/rule-document';
import { at, CALENDAR, openSite, removeSite, rulesetText, type Site } from '../../testing/site';
import { rulesOfThen } from './rules-of-then';
import { withStoreOfThen } from './store-of-then';

/* What this spec guarantees: the rules of then are those that were approved or filed by then, also where a later approval took the place of
   one or its text lies among the files today. */
describe('the rules as they were known at an instant', () => {
  let site: Site;
  let drafts = 0;
  beforeEach(async () => {
    site = await openSite('2026-09-01T09:00');
  }, 60_000);
  afterEach(async () => {
    await site.close();
    removeSite(site.dir);
  });

  async function approve(kind: 'ruleset' | 'calendar', written: object, when: string): Promise<void> {
    const { version, inForceFrom = null } = written as { version: string; inForceFrom?: string };
    const ofFile = writtenDigest(parse(CALENDAR));
    const row = {
      ...{
        kind,
        documentId: kind === 'ruleset' ? 'test' : 'office',
        version,
        inForceFrom,
        draftId: ++drafts,
      },
      ...{ baseDigest: ofFile, digest: writtenDigest(written), document: JSON.stringify(written) },
      ...{ reason: '调整', author: 'zhou', approvedBy: 'wu', approvedByName: '吴', approvedAt: at(when) },
    };
    await site.store.write((transaction) => insertRuleVersion(transaction, row, []));
    await site.monitor.followRules();
  }
  const ruleset = (version: string, inForceFrom: string): object => ({
    ...(parse(rulesetText(`${Number(version) + 1}wd`)) as object),
    ...{ version, inForceFrom },
  });
  const versions = async (when: string): Promise<string[]> => {
    const { book, replacedCalendars } = await rulesOfThen(site.store, site.monitor.rules.current, at(when));
    const lost = replacedCalendars.map((id) => `${id} lost`);
    return [...book.rulesets.map(({ version }) => version), book.newest.calendar.version, ...lost];
  };

  it('know an approval from its instant on, and again what it took the place of', async () => {
    await approve('ruleset', ruleset('2', '2026-09-20'), '2026-09-03T10:00');
    await approve('ruleset', ruleset('3', '2026-09-15'), '2026-09-07T15:00');
    expect(site.monitor.rules.current.book.rulesets.map(({ version }) => version)).toEqual(['1', '3']);
    expect(await versions('2026-09-03T09:59')).toEqual(['1', '1']);
    expect(await versions('2026-09-03T10:00')).toEqual(['1', '2', '1']);
    expect(await versions('2026-09-07T14:59')).toEqual(['1', '2', '1']);
    expect(await versions('2026-09-07T15:00')).toEqual(['1', '3', '1']);
    // Reports that look up approved documents by themselves find those of then.
    const rules = await rulesOfThen(site.store, site.monitor.rules.current, at('2026-09-05T10:00'));
    await withStoreOfThen(site.store, rules, at('2026-09-05T10:00'), async ({ store }) =>
      expect((await loadRuleVersions(store)).map(({ version }) => version)).toEqual(['2']),
    );
  });

  it('do not take a copy among the files for something that was known before it was approved', async () => {
    const later = ruleset('2', '2026-09-20');
    await approve('ruleset', later, '2026-09-07T15:00');
    writeFileSync(join(site.dir, 'rulesets', 'copy.json'), JSON.stringify(later));
    const calendar = (version: string): object => ({ ...(parse(CALENDAR) as object), version });
    await approve('calendar', calendar('2'), '2026-09-08T10:00');
    await approve('calendar', calendar('3'), '2026-09-09T10:00');
    writeFileSync(join(site.dir, 'calendar.yaml'), JSON.stringify(calendar('3')));
    await site.monitor.followRules();
    // The file of then is gone, and that is said.
    expect(await versions('2026-09-07T14:00')).toEqual(['1', '3', 'office lost']);
    expect(await versions('2026-09-08T12:00')).toEqual(['1', '2', '2']);
    expect(await versions('2026-09-10T12:00')).toEqual(['1', '2', '3']);
  });
});
