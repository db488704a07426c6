import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLogger } from '@mingjian/runtime';
import { enqueueNotices, openMysqlStore, type Store } from '@mingjian/store';
import { TestClock } from '../../../../libs/runtime/src/testing/test-clock';
import { Server } from '../../../../libs/store/src/testing/database-server';
import { describeWithServices } from '../../../../test/services/with-services';
import { NotifySiteKeeper } from '../notify/notify-site-keeper';
import { recipientsText, removeRecipients, writeRecipients } from '../notify/testing/notify-site';
import type { Receiver } from '../notify/testing/receivers';
import { readScoreScheme } from '../reports/score-scheme-file';
import { approvedInStore } from '../rulebook/approved-documents';
import type { LoadedRuleBook } from '../rulebook/load-rule-book';
import { RuleBookKeeper } from '../rulebook/rule-book-keeper';
import { at, CALENDAR, rulesetText } from '../testing/site';
import { ADMINISTRATOR, OTHER_ADMINISTRATOR, withPromise } from './testing/administrators';
import { DraftDesk } from './draft-desk';
import { yamlOf } from './draft-document';
import { documentOf } from './draft-rows';

const SCHEME = join(__dirname, '../../../../rulesets/schemes/county-monthly.yaml');

/* What this spec guarantees: two monitors on one database approve a draft once, see each other's approvals, and let nobody undo
   one without knowing. */

describeWithServices('drafts of two monitors on MariaDB', ['mariadb'], ({ mariadb }) => {
  const server = new Server(mariadb.rootUrl);
  const clock = new TestClock(at('2026-09-14T10:00'));
  const logger = createLogger({ level: 'silent' });
  let dir: string;
  let url: string;
  let recipients: string;
  let monitors: { store: Store; keeper: RuleBookKeeper; notify: NotifySiteKeeper; desk: DraftDesk }[];
  beforeAll(async () => {
    dir = mkdtempSync(join(tmpdir(), 'mingjian-drafts-'));
    writeFileSync(join(dir, 'rules.yaml'), rulesetText());
    writeFileSync(join(dir, 'calendar.yaml'), CALENDAR);
    const paths = { rulesets: join(dir, 'rules.yaml'), calendars: join(dir, 'calendar.yaml') };
    recipients = writeRecipients(recipientsText({ port: 9 } as Receiver, { port: 9 } as Receiver));
    url = await server.create();
    monitors = [];
    for (let n = 0; n < 2; n++) {
      const store = await openMysqlStore({ url });
      const keeper = new RuleBookKeeper(paths, logger, approvedInStore(store));
      await keeper.load();
      const rules = (): LoadedRuleBook => keeper.current;
      const notify = new NotifySiteKeeper(recipients, rules, clock, logger, store);
      await notify.load();
      const ports = { store, clock, wall: clock, logger, rules, site: { recipients, scoreScheme: SCHEME } };
      monitors.push({ store, keeper, notify, desk: new DraftDesk({ ...ports, approved: () => undefined }) });
    }
  });
  afterAll(async () => {
    for (const { store, notify, desk } of monitors) {
      notify.close();
      await desk.impacts.stop();
      await store.close();
    }
    removeRecipients(recipients);
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
    // Begun with the submission.
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

  it('tell the same recipients once some were approved, and try them by the same notices', async () => {
    const [one, two] = monitors as [(typeof monitors)[0], (typeof monitors)[0]];
    const notice = { kind: 'order' as const, grade: 'red' as const, department: 'housing', subject: '督办' };
    await one.store.write((transaction) =>
      enqueueNotices(
        transaction,
        [{ ...notice, key: 'order/1', facts: {}, at: clock.now(), shard: 0 }],
        clock.now(),
      ),
    );
    const begun = await one.desk.create({ kind: 'recipients' }, ADMINISTRATOR);
    const yaml = yamlOf(documentOf(begun)).replace('mail: head-1@example.gov.cn', 'hook: head-1');
    const saved = await one.desk.save(begun.id, begun.version, { yaml }, ADMINISTRATOR);
    await two.desk.startImpact(saved.id, 30, ADMINISTRATOR);
    await two.desk.impacts.settled();
    const impact = (await one.desk.impact(saved.id))!;
    expect(JSON.parse(impact.result)).toMatchObject({ notices: 1, changed: 1 });
    const submit = { type: 'submit' as const, version: saved.version, reason: '换通道' };
    const { version } = await one.desk.act(saved.id, submit, ADMINISTRATOR);
    await two.desk.act(saved.id, { type: 'approve', version }, OTHER_ADMINISTRATOR);
    for (const { notify } of [one, two]) {
      await notify.follow();
      expect(notify.current!.book.document.people['head-1']!.via).toEqual({ hook: 'head-1' });
    }
  });

  it('score months by the same scheme', async () => {
    const [one, two] = monitors as [(typeof monitors)[0], (typeof monitors)[0]];
    const begun = await one.desk.create({ kind: 'scheme' }, ADMINISTRATOR);
    const document = { ...documentOf(begun), name: '新方案' };
    const saved = await one.desk.save(begun.id, begun.version, { document }, ADMINISTRATOR);
    await one.desk.startImpact(saved.id, 60, ADMINISTRATOR);
    await one.desk.impacts.settled();
    expect(await two.desk.impact(saved.id)).toMatchObject({ state: 'done', total: 2 });
    const submit = {
      type: 'submit' as const,
      version: saved.version,
      reason: '更名',
      inForceFrom: '2026-10-01',
    };
    const { version } = await one.desk.act(saved.id, submit, ADMINISTRATOR);
    await two.desk.act(saved.id, { type: 'approve', version }, OTHER_ADMINISTRATOR);
    for (const { store } of [one, two]) {
      expect(await readScoreScheme(store, SCHEME, '2026-10')).toMatchObject({ name: '新方案' });
      expect(await readScoreScheme(store, SCHEME, '2026-09')).toMatchObject({ version: '2' });
    }
  });
});
