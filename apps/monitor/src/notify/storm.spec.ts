import type { Notice } from '@mingjian/contracts';
import { enqueueNotices, keptBack } from '@mingjian/store';
import { accepted, at, removeSite, type Site } from '../testing/site';
import { release } from './notify-acts';
import { openNotifySite, recipientsText, removeRecipients, writeRecipients } from './testing/notify-site';
import { httpReceiver, smtpReceiver, type Receiver } from './testing/receivers';

/**
 * What these specs guarantee: more notices at once than people can read are held, none is lost, and a person lets them go as
 * one message for each recipient; what people themselves did is never held.
 */
describe('a storm of lights', () => {
  const LIGHTS = 10_000;
  let smtp: Receiver;
  let http: Receiver;
  let site: Site;
  let file: string;

  beforeEach(async () => {
    smtp = await smtpReceiver();
    http = await httpReceiver();
    file = writeRecipients(recipientsText(smtp, http));
    site = await openNotifySite('2026-09-22T10:00', file);
  });
  afterEach(async () => {
    await site.close();
    await smtp.stop();
    await http.stop();
    removeSite(site.dir);
    removeRecipients(file);
  });

  const lightNotice = (n: number): Notice => ({
    key: `light/C-${n}/promise/1/green/yellow`,
    kind: 'light',
    grade: 'yellow',
    department: 'housing',
    caseNo: `C-${n}`,
    subject: `C-${n} 承诺时限黄灯`,
    facts: {
      item: 'A0101',
      clock: 'promise',
      clockName: '承诺时限',
      light: 'yellow',
      dueAt: at('2026-09-23T23:59'),
    },
    at: at('2026-09-22T00:00'),
    shard: n % 2,
    thread: `light/C-${n}/promise`,
  });

  async function lightUp(count: number): Promise<void> {
    for (let from = 0; from < count; from += 2_000)
      await site.store.write((transaction) =>
        enqueueNotices(
          transaction,
          Array.from({ length: Math.min(2_000, count - from) }, (_, n) => lightNotice(from + n)),
          site.clock.now(),
        ),
      );
  }

  it('is held, told those in charge, and goes out as one message for each recipient and channel', async () => {
    await lightUp(LIGHTS);
    // How long the process was deaf at a stretch: measured by a timer that wants to run all the time.
    let longestMs = 0;
    let last = performance.now();
    const beat = setInterval(() => {
      longestMs = Math.max(longestMs, performance.now() - last);
      last = performance.now();
    }, 1);
    await site.monitor.notifier.runOnce();
    expect(await keptBack(site.store)).toEqual([
      { state: 'held', reason: 'storm', grade: 'yellow', notices: LIGHTS },
    ]);
    // Only the inspection office hears of it: once for each shard.
    expect(smtp.taken).toHaveLength(0);
    expect(http.taken.map(({ body }) => (JSON.parse(body) as { to: string; count: number }).to)).toEqual([
      'office',
    ]);
    http.taken.length = 0;

    const order = { reason: 'storm', as: 'digest', because: '系统切换后集中亮灯，已核对' } as const;
    expect(await release(site.store, order, { id: 'operator' }, site.clock.now())).toBe(LIGHTS);
    await site.monitor.notifier.runOnce();
    clearInterval(beat);
    const digest = JSON.parse(http.taken[0]!.body) as {
      to: string;
      count: number;
      notices: object[];
      text: string;
    };
    expect([http.taken.length, digest.to, digest.count, digest.notices.length]).toEqual([
      1,
      'post-1',
      LIGHTS,
      50,
    ]);
    expect(digest.text).toContain(`其中红灯0条、黄灯${LIGHTS}条`);
    expect(digest.text).toContain(`另有${LIGHTS - 50}条，请登录系统查看。`);
    expect(smtp.taken.map(({ to }) => to).sort()).toEqual(['head-1@example.gov.cn', 'post-1@example.gov.cn']);
    // Every light stands in a message for each of its two recipients on three channels; nothing is left over.
    expect(
      await site.store.query('SELECT SUM(notices) AS n FROM notification_message WHERE bundle IS NOT NULL'),
    ).toEqual([{ n: 3 * LIGHTS }]);
    expect(await keptBack(site.store)).toEqual([]);
    // Bounded work between two turns of the event loop, with a wide margin for a busy machine.
    expect(longestMs).toBeLessThan(5_000);
    expect(
      await site.store.query("SELECT kind, actor FROM ledger_entry WHERE chain = 'notifications'"),
    ).toEqual([{ kind: 'notices.released', actor: 'operator' }]);
  }, 120_000);

  it('does not hold what people did', async () => {
    await lightUp(600);
    await site.store.write((transaction) =>
      enqueueNotices(
        transaction,
        [
          {
            key: 'order/D-1/issued',
            kind: 'order',
            grade: 'red',
            department: 'housing',
            subject: '请于期限内答复',
            facts: { orderNo: 'D-1', replyDueAt: at('2026-09-29T17:00') },
            at: site.clock.now(),
            shard: 0,
            recipients: ['department-head'],
          },
        ],
        site.clock.now(),
      ),
    );
    await site.monitor.notifier.runOnce();
    expect(smtp.taken.map(({ to }) => to)).toEqual(['head-1@example.gov.cn']);
    expect(Buffer.from(smtp.taken[0]!.body).toString()).toContain('multipart/alternative');
  });

  it('that a person discards is told nobody and stays on record', async () => {
    await lightUp(600);
    await site.monitor.notifier.runOnce();
    http.taken.length = 0;
    await release(
      site.store,
      { reason: 'storm', as: 'discard', because: '演练数据' },
      { id: 'operator' },
      site.clock.now(),
    );
    await site.monitor.notifier.runOnce();
    expect(smtp.attempts + http.taken.length).toBe(0);
    expect(await site.store.query("SELECT COUNT(*) AS n FROM notice WHERE state = 'discarded'")).toEqual([
      { n: 600 },
    ]);
  });

  it('of few lights is none: they are told at once, in one message for each recipient', async () => {
    for (let n = 0; n < 30; n++) await site.send(accepted(`C-${n}`, '2026-09-14T10:00'));
    await site.monitor.intake.drain();
    await site.monitor.sweep.runOnce(site.clock.now());
    await site.monitor.notifier.runOnce();
    const counts = http.taken.map(({ body }) => (JSON.parse(body) as { count: number }).count);
    expect(counts.reduce((a, b) => a + b, 0)).toBe(30);
    expect(await keptBack(site.store)).toEqual([]);
  });

  it('of lights of long ago is not told by itself: history that is played in warns nobody', async () => {
    await site.receive(accepted('C-OLD', '2026-06-01T10:00'));
    await site.monitor.notifier.runOnce();
    expect(smtp.attempts + http.attempts).toBe(0);
    expect((await keptBack(site.store)).map(({ state, reason }) => `${state} ${reason}`)).toContain(
      'muted history',
    );
  });
});
