import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLogger } from '@mingjian/runtime';
import type { RuleVersionRow } from '@mingjian/store';
import { parse } from 'yaml';
import { accepted, at, CALENDAR, openSite, removeSite, rulesetText } from '../testing/site';
import { approvedDocuments, NOTHING_APPROVED, type ApprovedSource } from './approved-documents';
import type { ApprovedDocuments } from './load-rule-book';
import { RuleBookKeeper } from './rule-book-keeper';

/* What this spec guarantees: whatever happens between a change of the rules and its being in force, the next look makes up for it. */
describe('following rules', () => {
  let dir: string;
  let logged: string[];
  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'mingjian-keeper-'));
    logged = [];
    writeFileSync(join(dir, 'rules.yaml'), rulesetText());
    writeFileSync(join(dir, 'calendar.yaml'), CALENDAR);
  });
  afterEach(() => rmSync(dir, { recursive: true }));

  const keeperOf = async (approved: ApprovedSource): Promise<RuleBookKeeper> => {
    const paths = { rulesets: join(dir, 'rules.yaml'), calendars: join(dir, 'calendar.yaml') };
    const logger = createLogger({ level: 'info', json: true, sink: { write: (line) => logged.push(line) } });
    const keeper = new RuleBookKeeper(paths, logger, approved);
    await keeper.load();
    return keeper;
  };
  const newest = (keeper: RuleBookKeeper): string => keeper.current.book.newest.ruleset.version;

  it('asks again for what was approved when the store did not answer', async () => {
    let [stamp, isAway] = ['0', false];
    const keeper = await keeperOf({
      stamp: () => Promise.resolve(stamp),
      load: () =>
        isAway
          ? Promise.reject(new Error('the store is away'))
          : Promise.resolve(stamp === '0' ? NONE : versions('2')),
    });
    [stamp, isAway] = ['1', true];
    expect(await keeper.reloadIfChanged()).toBe(false);
    expect([keeper.isLoadSuccessful, newest(keeper)]).toEqual([false, '1']);
    isAway = false;
    expect(await keeper.reloadIfChanged()).toBe(true);
    expect([keeper.isLoadSuccessful, newest(keeper)]).toEqual([true, '2']);
  });

  it('is not overtaken by a look that began earlier and took longer', async () => {
    let stamp = '0';
    let answer: (documents: ApprovedDocuments) => void = () => undefined;
    const slow = new Promise<ApprovedDocuments>((resolve) => (answer = resolve));
    const known: Record<string, Promise<ApprovedDocuments>> = {
      '0': Promise.resolve(NONE),
      '1': slow,
      '2': Promise.resolve(versions('2', '3')),
    };
    const keeper = await keeperOf({ stamp: () => Promise.resolve(stamp), load: () => known[stamp]! });
    stamp = '1';
    const earlier = keeper.reloadIfChanged();
    // The first look has asked what is approved and waits for the answer.
    await new Promise((resolve) => setImmediate(resolve));
    stamp = '2';
    const later = keeper.reloadIfChanged();
    await new Promise((resolve) => setImmediate(resolve));
    answer(versions('2'));
    await Promise.all([earlier, later]);
    expect(newest(keeper)).toBe('3');
  });

  it('says once what is wrong with a file, and keeps the rules that were in force', async () => {
    const keeper = await keeperOf(NOTHING_APPROVED);
    writeFileSync(join(dir, 'rules.yaml'), rulesetText().replace('promise: 7wd', 'promise: soon'));
    for (let look = 0; look < 3; look++) expect(await keeper.reloadIfChanged()).toBe(false);
    expect([keeper.isLoadSuccessful, newest(keeper)]).toEqual([false, '1']);
    expect(logged.filter((line) => line.includes('cannot be used'))).toHaveLength(1);
  });

  it('writes rules on the ledger and judges by them at the next call when the store failed in between', async () => {
    const site = await openSite('2026-09-17T10:00');
    try {
      await site.receive(accepted('C-1', '2026-09-14T10:00'));
      expect(await site.lights()).toEqual([]);
      site.writeRuleset(rulesetText('2wd'));
      site.store.write = () => Promise.reject(new Error('the store is away'));
      await expect(site.monitor.followRules()).rejects.toThrow('the store is away');
      Reflect.deleteProperty(site.store, 'write');
      await site.monitor.followRules();
      expect((await site.lights()).at(-1)).toMatch(/^C-1 promise \w+>red /);
      const [entry] = await site.store.query<{ n: number }>(
        "SELECT COUNT(*) AS n FROM ledger_entry WHERE kind = 'rules.in-force'",
      );
      expect(entry).toEqual({ n: 1 });
    } finally {
      await site.close();
      removeSite(site.dir);
    }
  });
});

const NONE: ApprovedDocuments = { rulesets: [], calendars: [] };

/** Approved versions of the ruleset, each in force a day after the one before. */
function versions(...names: string[]): ApprovedDocuments {
  return approvedDocuments(
    names.map((version, index): RuleVersionRow => {
      const inForceFrom = `2026-10-0${index + 1}`;
      const document = { ...(parse(rulesetText('3wd')) as object), version, inForceFrom };
      return {
        ...{ id: index + 1, kind: 'ruleset', documentId: 'test', version, inForceFrom, draftId: index + 1 },
        ...{ baseDigest: '', digest: version, document: JSON.stringify(document), reason: '提速' },
        ...{ author: 'zhou', approvedBy: 'wu', approvedByName: '吴', approvedAt: at('2026-09-14T10:00') },
      };
    }),
  );
}
