import { join } from 'node:path';
import type { Notice } from '@mingjian/contracts';
import { createLogger, openRegistry } from '@mingjian/runtime';
import { enqueueNotices, openMysqlStore } from '@mingjian/store';
import { Server } from '../../../../libs/store/src/testing/database-server';
import { TestClock } from '../../../../libs/runtime/src/testing/test-clock';
import { describeWithServices } from '../../../../test/services/with-services';
import { loadRuleBook } from '../rulebook/load-rule-book';
import { ShardHolder } from '../shard/shard-holder';
import { at } from '../testing/site';
import { Notifier } from './notifier';
import { release } from './notify-acts';
import { recipientsText, removeRecipients, writeRecipients } from './testing/notify-site';
import { httpReceiver, smtpReceiver } from './testing/receivers';

const ROOT = join(__dirname, '../../../..');
const NOW = at('2026-09-22T10:00');

const lightNotice = (n: number, more: Partial<Notice> = {}): Notice => ({
  key: `light/C-${n}/promise/1/green/yellow`,
  kind: 'light',
  grade: 'yellow',
  department: 'housing',
  caseNo: `C-${n}`,
  subject: `C-${n} 承诺时限黄灯`,
  facts: { item: 'A0101', clock: 'promise', light: 'yellow', dueAt: at('2026-09-23T23:59') },
  at: NOW,
  shard: 0,
  thread: `light/C-${n}/promise`,
  recipients: ['post', 'department-head'],
  ...more,
});

/** What this spec guarantees: the same statements tell, withdraw, mute, escalate and release on a database server. */
describeWithServices('notifications on MariaDB', ['mariadb'], ({ mariadb }) => {
  it('are told once, withdrawn, held, released as one message and escalated', async () => {
    const server = new Server(mariadb.rootUrl);
    const url = await server.create();
    const store = await openMysqlStore({ url });
    const [smtp, http] = [await smtpReceiver(), await httpReceiver()];
    const site = 'storm: { notices: 20 }\nacknowledge: { yellow: { within: 1wh } }';
    const file = writeRecipients(recipientsText(smtp, http, { site }));
    const clock = new TestClock(NOW);
    const logger = createLogger({ level: 'silent' });
    const rules = await loadRuleBook({
      rulesets: join(ROOT, 'rulesets/demo-city'),
      calendars: join(ROOT, 'rulesets/calendars'),
    });
    const shards = new ShardHolder(store, 'one', clock, logger);
    await shards.take([0]);
    const notifier = new Notifier(
      {
        store,
        shards,
        clock,
        wall: clock,
        logger,
        registry: openRegistry(),
        owner: 'one',
        rules: () => rules,
        observeLag: () => undefined,
      },
      { recipients: file, batch: 500 },
    );
    await notifier.load();
    const enqueue = (notices: readonly Notice[]): Promise<void> =>
      store.write((transaction) => enqueueNotices(transaction, notices, clock.now()));

    await enqueue([lightNotice(1), lightNotice(1), lightNotice(2)]);
    await notifier.runOnce();
    await enqueue([lightNotice(1)]);
    await notifier.runOnce();
    expect([smtp.taken.length, http.taken.length]).toEqual([2, 1]);

    await enqueue([lightNotice(1, { isWithdrawal: true })]);
    await notifier.runOnce();
    expect([smtp.taken.length, http.taken.length]).toEqual([4, 2]);

    // Nobody acknowledged the other one in time: the role above hears of it.
    clock.moveTo(NOW + 2 * 3_600_000);
    await notifier.runOnce();
    expect(smtp.taken.filter(({ to }) => to === 'boss-1@example.gov.cn')).toHaveLength(1);

    await enqueue(Array.from({ length: 30 }, (_, n) => lightNotice(100 + n)));
    await notifier.runOnce();
    const before = smtp.taken.length;
    expect(
      await release(store, { reason: 'storm', as: 'digest', because: '演练' }, { id: 'ops' }, clock.now()),
    ).toBe(30);
    await notifier.runOnce();
    expect(smtp.taken).toHaveLength(before + 2);
    await notifier.stop();
    await Promise.all([smtp.stop(), http.stop(), store.close()]);
    await server.drop(url);
    removeRecipients(file);
  }, 60_000);
});
