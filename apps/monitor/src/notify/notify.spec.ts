import { createHmac } from 'node:crypto';
import { dirname } from 'node:path';
import { accepted, at, event, removeSite, rulesetText, type Site } from '../testing/site';
import { release, revive } from './notify-acts';
import {
  openNotifySite,
  recipientsText,
  removeRecipients,
  SECRET,
  writeRecipients,
} from './testing/notify-site';
import { distinct, httpReceiver, smtpReceiver, timesTaken, type Receiver } from './testing/receivers';

/**
 * What these specs guarantee: each recipient is told of each light once on each of his channels, as the receiver counts by
 * the key of the message, whatever receiver and daemon go through in between.
 */
describe('a light that comes on', () => {
  let smtp: Receiver;
  let http: Receiver;
  let site: Site;
  let file: string;

  beforeEach(async () => {
    smtp = await smtpReceiver();
    http = await httpReceiver();
    file = writeRecipients(recipientsText(smtp, http));
    site = await openNotifySite('2026-09-14T10:00', file);
  });
  afterEach(async () => {
    await site.close();
    await smtp.stop();
    await http.stop();
    removeSite(site.dir);
    removeRecipients(file);
  });

  async function lightUp(caseNo: string, until: string): Promise<void> {
    await site.receive(accepted(caseNo, '2026-09-14T10:00'));
    site.clock.moveTo(at(until));
    await site.monitor.sweep.runOnce(site.clock.now());
  }
  /** Runs until nothing waits any more, moving the clock over the pauses. */
  async function untilSent(): Promise<void> {
    for (let n = 0; n < 40; n++) {
      await site.monitor.notifier.runOnce();
      const [row] = await site.store.query<{ n: number }>(
        "SELECT COUNT(*) AS n FROM notification_message WHERE state = 'waiting'",
      );
      if (row?.n === 0) return;
      site.clock.moveTo(site.clock.now() + 150_000);
    }
    throw new Error('something still waits');
  }

  it('is told once on each channel to those whom the rules name, however often it is swept and run', async () => {
    await lightUp('C-1', '2026-09-22T10:00');
    for (let n = 0; n < 20; n++) {
      await site.monitor.sweep.runOnce(site.clock.now());
      await site.monitor.notifier.runOnce();
    }
    expect(smtp.taken.map(({ to }) => to).sort()).toEqual(['head-1@example.gov.cn', 'post-1@example.gov.cn']);
    expect(http.taken.map(({ body }) => (JSON.parse(body) as { to: string }).to)).toEqual(['post-1']);
    site.clock.moveTo(at('2026-09-24T10:00'));
    await site.monitor.sweep.runOnce(site.clock.now());
    await site.monitor.notifier.runOnce();
    expect(smtp.taken).toHaveLength(2 + 3);
    expect(http.taken).toHaveLength(1 + 2);
    expect([...timesTaken(smtp), ...timesTaken(http)].every((times) => times === 1)).toBe(true);
  });

  it('says in Chinese which case, which clock and until when', async () => {
    await lightUp('C-1', '2026-09-22T10:00');
    await site.monitor.notifier.runOnce();
    const { subject, text, notices } = JSON.parse(http.taken[0]!.body) as {
      subject: string;
      text: string;
      notices: object[];
    };
    expect(subject).toBe('【黄灯】建设工程规划许可证核发 C-1 承诺时限');
    expect(text).toBe(
      '办件编号为C-1，事项为建设工程规划许可证核发，责任单位为住房和城乡建设局，承诺时限届满时间为2026-09-23 23:59，' +
        '即将超过时限，请速办理。（黄灯于2026-09-22 00:00亮起）',
    );
    expect(notices).toEqual([
      {
        key: `light/C-1/promise/${at('2026-09-22T00:00')}/green/yellow`,
        kind: 'light',
        grade: 'yellow',
        department: 'housing',
        caseNo: 'C-1',
        subject: 'C-1 承诺时限黄灯',
        at: '2026-09-22T00:00:00.000+08:00',
        isWithdrawal: false,
      },
    ]);
  });

  it('comes signed over timestamp and body, and under a Message-ID made of the key', async () => {
    await lightUp('C-1', '2026-09-22T10:00');
    await site.monitor.notifier.runOnce();
    const { headers, body } = http.taken[0]!;
    const expected = createHmac('sha256', SECRET)
      .update(`${headers['x-mingjian-timestamp']}.${body}`)
      .digest('hex');
    expect(headers['x-mingjian-signature']).toBe(`sha256=${expected}`);
    expect(Number(headers['x-mingjian-timestamp'])).toBe(Math.floor(site.clock.now() / 1000));
    const mail = smtp.taken[0]!;
    expect(mail.key).toBe(`<${mail.headers['x-mingjian-key']}@mingjian.invalid>`);
    expect(mail.headers['auto-submitted']).toBe('auto-generated');
  });

  it('arrives once at receivers that refuse for a while, are slow, and cut the connection after the body', async () => {
    smtp.next = [{ refuse: 451 }, 'slow', 'cut-after', { refuse: 421 }, 'cut-after'];
    http.next = [{ refuse: 500 }, 'cut-after', { refuse: 503 }, 'slow', { refuse: 429 }];
    for (const caseNo of ['C-1', 'C-2', 'C-3']) await site.receive(accepted(caseNo, '2026-09-14T10:00'));
    for (const until of ['2026-09-22T10:00', '2026-09-24T10:00']) {
      site.clock.moveTo(at(until));
      await site.monitor.sweep.runOnce(site.clock.now());
      await untilSent();
    }
    // Yellow to post and head, red to post, head and supervisor; one message each, as the three cases come together.
    expect(distinct(smtp)).toHaveLength(2 + 3);
    expect(distinct(http)).toHaveLength(1 + 2);
    // What a receiver took and could not say so came again under the same key: once for each connection that was cut.
    expect(smtp.taken).toHaveLength(2 + 3 + 2);
    expect(http.taken).toHaveLength(1 + 2 + 1);
  });

  it('waits for a receiver that is down, and stops no other channel', async () => {
    const { port } = http;
    await http.stop();
    await lightUp('C-1', '2026-09-22T10:00');
    await site.monitor.notifier.runOnce();
    expect(smtp.taken).toHaveLength(2);
    const waiting = await site.store.query(
      "SELECT channel, reason FROM notification_message WHERE state = 'waiting'",
    );
    expect(waiting).toEqual([{ channel: 'hook', reason: 'not-reachable' }]);
    http = await httpReceiver(port);
    // Not before the pause is over: a receiver that comes up is not run over.
    await site.monitor.notifier.runOnce();
    expect(http.taken).toHaveLength(0);
    await untilSent();
    expect(http.taken).toHaveLength(1);
    expect(smtp.taken).toHaveLength(2);
  });

  it('is dead where the address is refused for good, waits for a person, and goes out when he says so', async () => {
    smtp.next = [{ refuse: 550 }];
    await lightUp('C-1', '2026-09-22T10:00');
    await untilSent();
    const dead = await site.store.query(
      "SELECT reason, detail FROM notification_message WHERE state = 'dead'",
    );
    expect(dead).toEqual([{ reason: 'rejected', detail: 'DATA answered 550' }]);
    expect(smtp.taken).toHaveLength(1);
    expect(await revive(site.store, 'mail', { id: 'operator' }, site.clock.now())).toBe(1);
    await untilSent();
    expect(smtp.taken).toHaveLength(2);
  });

  it('is withdrawn from those who were told, and from nobody else, when late data make it untrue', async () => {
    await lightUp('C-1', '2026-09-22T10:00');
    await site.monitor.notifier.runOnce();
    await site.receive(
      event('case.decided', 'C-1', '2026-09-18T10:00', {}, { receivedAt: '2026-09-22T11:00' }),
    );
    await untilSent();
    const texts = http.taken.map(({ body }) => (JSON.parse(body) as { subject: string }).subject);
    expect(texts).toEqual(['【黄灯】建设工程规划许可证核发 C-1 承诺时限', '【更正】C-1 承诺时限黄灯']);
    expect(smtp.taken.map(({ to }) => to).sort()).toEqual([
      'head-1@example.gov.cn',
      'head-1@example.gov.cn',
      'post-1@example.gov.cn',
      'post-1@example.gov.cn',
    ]);
  });

  it('that is untrue before anybody was told is never told', async () => {
    writeRecipients(recipientsText(smtp, http, { groupSeconds: 60 }), dirname(file));
    await site.monitor.notifier.follow();
    await lightUp('C-1', '2026-09-22T10:00');
    await site.receive(
      event('case.decided', 'C-1', '2026-09-18T10:00', {}, { receivedAt: '2026-09-22T11:00' }),
    );
    await untilSent();
    expect(smtp.attempts + http.attempts).toBe(0);
  });

  it('is told again where it was withdrawn and is found again', async () => {
    await lightUp('C-1', '2026-09-22T10:00');
    await untilSent();
    const decided = event(
      'case.decided',
      'C-1',
      '2026-09-18T10:00',
      {},
      { id: 'd', receivedAt: '2026-09-22T11:00' },
    );
    await site.receive(decided);
    await untilSent();
    await site.receive(
      event(
        'event.retracted',
        'C-1',
        '2026-09-22T11:30',
        { retracts: 'd' },
        {
          receivedAt: '2026-09-22T11:30',
        },
      ),
    );
    await untilSent();
    expect(http.taken.map(({ body }) => (JSON.parse(body) as { subject: string }).subject)).toEqual([
      '【黄灯】建设工程规划许可证核发 C-1 承诺时限',
      '【更正】C-1 承诺时限黄灯',
      '【黄灯】建设工程规划许可证核发 C-1 承诺时限',
    ]);
  });

  it('says nothing to anybody when the rules change, until a person releases it', async () => {
    await site.receive(accepted('C-1', '2026-09-14T10:00'));
    site.clock.moveTo(at('2026-09-18T10:00'));
    site.writeRuleset(rulesetText('2wd'));
    await site.monitor.followRules();
    await untilSent();
    expect((await site.lights()).some((line) => line.includes('>red'))).toBe(true);
    expect(smtp.attempts + http.attempts).toBe(0);
    const released = await release(
      site.store,
      { reason: 'rule', as: 'digest', because: '规则调整后核对无误' },
      { id: 'operator' },
      site.clock.now(),
    );
    expect(released).toBeGreaterThan(0);
    await untilSent();
    expect(http.taken.map(({ body }) => (JSON.parse(body) as { to: string }).to).sort()).toEqual([
      'office',
      'post-1',
    ]);
  });

  it('says nothing again when the whole log is read once more', async () => {
    await lightUp('C-1', '2026-09-24T10:00');
    await untilSent();
    const before = smtp.attempts + http.attempts;
    expect(before).toBeGreaterThan(0);
    // A group that starts from the beginning sees every record of the log again.
    await site.send(accepted('C-1', '2026-09-14T10:00'));
    await site.monitor.intake.drain();
    await site.monitor.rejudge.runOnce();
    await untilSent();
    expect(smtp.attempts + http.attempts).toBe(before);
  });

  it('mutes the yellow one that waits when it is red', async () => {
    await lightUp('C-1', '2026-09-24T10:00');
    await untilSent();
    expect(http.taken.map(({ body }) => (JSON.parse(body) as { grade: string }).grade)).toEqual([
      'red',
      'red',
    ]);
    expect(await site.store.query("SELECT COUNT(*) AS n FROM notification WHERE state = 'muted'")).toEqual([
      { n: 3 },
    ]);
  });
});
