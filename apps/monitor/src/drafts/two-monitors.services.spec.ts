import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLogger } from '@mingjian/runtime';
import { openMysqlStore, type Store } from '@mingjian/store';
import { TestClock } from '../../../../libs/runtime/src/testing/test-clock';
import { Server } from '../../../../libs/store/src/testing/database-server';
import { describeWithServices } from '../../../../test/services/with-services';
import { approvedInStore } from '../rulebook/approved-documents';
import { RuleBookKeeper } from '../rulebook/rule-book-keeper';
import { at, CALENDAR, rulesetText } from '../testing/site';
import { ADMINISTRATOR, OTHER_ADMINISTRATOR, withPromise } from './testing/administrators';
import { DraftDesk } from './draft-desk';
import { documentOf } from './draft-rows';

/* What this spec guarantees: two monitors on one database approve a draft once, see each other's approvals, and let nobody undo
   one without knowing. */

describeWithServices('drafts of two monitors on MariaDB', ['mariadb'], ({ mariadb }) => {
  const server = new Server(mariadb.rootUrl);
  const clock = new TestClock(at('2026-09-14T10:00'));
  const logger = createLogger({ level: 'silent' });
  let dir: string;
  let url: string;
  let monitors: { store: Store; keeper: RuleBookKeeper; desk: DraftDesk }[];
  beforeAll(async () => {
    dir = mkdtempSync(join(tmpdir(), 'mingjian-drafts-'));
    writeFileSync(join(dir, 'rules.yaml'), rulesetText());
    writeFileSync(join(dir, 'calendar.yaml'), CALENDAR);
    const paths = { rulesets: join(dir, 'rules.yaml'), calendars: join(dir, 'calendar.yaml') };
    url = await server.create();
    monitors = [];
    for (let n = 0; n < 2; n++) {
      const store = await openMysqlStore({ url });
      const keeper = new RuleBookKeeper(paths, logger, approvedInStore(store));
      await keeper.load();
      const ports = {
        store,
        clock,
        wall: clock,
        logger,
        rules: () => keeper.current,
        site: { recipients: '', scoreScheme: '' },
      };
      monitors.push({ store, keeper, desk: new DraftDesk({ ...ports, approved: () => undefined }) });
    }
  });
  afterAll(async () => {
    for (const { store } of monitors) await store.close();
    await server.drop(url);
    rmSync(dir, { recursive: true });
  });

  const submitted = async (desk: DraftDesk, promise: string) => {
    const begun = await desk.create({ kind: 'ruleset' }, ADMINISTRATOR);
    const document = withPromise(documentOf(begun), promise);
    const { version } = await desk.save(begun.id, begun.version, { document }, ADMINISTRATOR);
    const submit = { type: 'submit' as const, version, reason: '提速', inForceFrom: '2026-09-15' };
    return desk.act(begun.id, submit, ADMINISTRATOR);
  };

  it('are approved once, and known to both', async () => {
    const [one, two] = monitors as [(typeof monitors)[0], (typeof monitors)[0]];
    const draft = await submitted(one.desk, '3wd');
    const another = await submitted(two.desk, '4wd');
    const approve = { type: 'approve' as const, version: draft.version };
    const outcomes = await Promise.allSettled(
      [one, two, one].map(({ desk }) => desk.act(draft.id, approve, OTHER_ADMINISTRATOR)),
    );
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    // The second monitor has not looked yet; what it would undo is refused all the same.
    await expect(
      two.desk.act(another.id, { type: 'approve', version: another.version }, OTHER_ADMINISTRATOR),
    ).rejects.toMatchObject({ reason: 'base-moved' });
    for (const { keeper } of [one, two]) {
      expect(await keeper.reloadIfChanged()).toBe(true);
      expect(keeper.current.book.newest.ruleset.version).toBe('2');
    }
    expect(one.keeper.current.rulesetDigest).toBe(two.keeper.current.rulesetDigest);
  });

  it('keep a back-test where both see it', async () => {
    const [one, two] = monitors as [(typeof monitors)[0], (typeof monitors)[0]];
    const draft = await submitted(one.desk, '5wd');
    await one.desk.startImpact(draft.id, 90, ADMINISTRATOR);
    await one.desk.impacts.settled();
    expect(await two.desk.impact(draft.id)).toMatchObject({ state: 'done', done: 0, total: 0, isCut: false });
  });

  it('hold a document longer than a text of the server', async () => {
    const [one] = monitors as [(typeof monitors)[0]];
    const begun = await one.desk.create({ kind: 'ruleset' }, ADMINISTRATOR);
    const items = Object.fromEntries(
      Array.from({ length: 800 }, (_, n) => [`B${n}`, { name: `事项${'长'.repeat(60)}`, promise: 'soon' }]),
    );
    const document = { ...documentOf(begun), items };
    const saved = await one.desk.save(begun.id, begun.version, { document }, ADMINISTRATOR);
    expect(saved.document.length).toBeGreaterThan(65_535);
    expect(documentOf(await one.desk.read(saved.id))).toEqual(document);
  });
});
