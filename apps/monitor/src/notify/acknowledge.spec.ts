import { listNotifications, RowScope } from '@mingjian/store';
import { accepted, at, event, removeSite, type Site } from '../testing/site';
import { acknowledge } from './notify-acts';
import { openNotifySite, recipientsText, removeRecipients, writeRecipients } from './testing/notify-site';
import { httpReceiver, smtpReceiver, type Receiver } from './testing/receivers';

const RULES = `
acknowledge: { yellow: { within: 4wh }, red: { within: 4wh } }
ladder: [post, department-head, supervisor]
`;

/**
 * What these specs guarantee: who must acknowledge has the time in his own working hours; where nobody of a role does, the
 * role above is told, once; and all of it is on record.
 */
describe('acknowledgement', () => {
  let smtp: Receiver;
  let http: Receiver;
  let site: Site;
  let file: string;

  beforeEach(async () => {
    smtp = await smtpReceiver();
    http = await httpReceiver();
    // The post is told by mail only and has quiet hours; the light comes on at midnight.
    file = writeRecipients(
      recipientsText(smtp, http, { site: RULES, postVia: '{ mail: post-1@example.gov.cn }' }),
    );
    site = await openNotifySite('2026-09-14T10:00', file);
    await site.receive(accepted('C-1', '2026-09-14T10:00'));
    await moveTo('2026-09-22T10:00');
    smtp.taken.length = 0;
  });
  afterEach(async () => {
    await site.close();
    await smtp.stop();
    await http.stop();
    removeSite(site.dir);
    removeRecipients(file);
  });

  async function moveTo(text: string): Promise<void> {
    site.clock.moveTo(at(text));
    await site.monitor.sweep.runOnce(site.clock.now());
    await site.monitor.notifier.runOnce();
  }
  const subjectsTo = (address: string): string[] =>
    smtp.taken
      .filter(({ to }) => to === `${address}@example.gov.cn`)
      .map(({ headers }) => decoded(headers.subject!));
  async function idOf(recipient: string): Promise<number> {
    const [row] = await listNotifications(site.store, RowScope.everything, {
      recipients: [recipient],
      limit: 1,
    });
    return row!.id;
  }

  it('is due after the working time given, lunch and night left out', async () => {
    const [row] = await listNotifications(site.store, RowScope.everything, {
      recipients: ['post-1'],
      limit: 1,
    });
    // From 10:00: two hours until noon, two more from half past one.
    expect(row!.ackDueAt).toBe(at('2026-09-22T15:30'));
  });

  it('that does not come tells the role above, each step after its own working time, and then no more', async () => {
    await moveTo('2026-09-22T15:30');
    expect(smtp.taken).toHaveLength(0);
    await moveTo('2026-09-22T15:31');
    // The post did not acknowledge: the head is told. Neither did the head: the supervisor is told.
    expect(subjectsTo('head-1')).toEqual(['【逾期未签收】C-1 承诺时限黄灯']);
    expect(subjectsTo('boss-1')).toEqual(['【逾期未签收】C-1 承诺时限黄灯']);
    for (const time of ['2026-09-23T15:00', '2026-09-23T16:30', '2026-09-23T16:59']) await moveTo(time);
    expect(smtp.taken).toHaveLength(2);
    const ledger = await site.store.query(
      "SELECT kind FROM ledger_entry WHERE chain = 'notifications' ORDER BY seq",
    );
    expect(ledger.length).toBeGreaterThanOrEqual(2);
    expect(new Set(ledger.map((row) => (row as { kind: string }).kind))).toEqual(
      new Set(['notification.escalated']),
    );
  });

  it('in time tells nobody else, is on record with who, and is not taken twice', async () => {
    const now = at('2026-09-22T11:00');
    site.clock.moveTo(now);
    for (const recipient of ['post-1', 'head-1'])
      expect(
        await acknowledge(
          site.store,
          await idOf(recipient),
          { id: recipient },
          (to) => to === recipient,
          '已催办',
          now,
        ),
      ).toEqual({ ok: true, settled: 1 });
    expect(
      await acknowledge(site.store, await idOf('post-1'), { id: 'post-1' }, () => true, null, now),
    ).toEqual({ ok: false, because: 'done-before' });
    await moveTo('2026-09-23T16:00');
    expect(smtp.taken).toHaveLength(0);
    expect(
      await site.store.query(
        "SELECT kind, actor, subject FROM ledger_entry WHERE chain = 'notifications' ORDER BY seq",
      ),
    ).toEqual([
      { kind: 'notification.acknowledged', actor: 'post-1', subject: 'C-1' },
      { kind: 'notification.acknowledged', actor: 'head-1', subject: 'C-1' },
    ]);
  });

  it('is for whoever was told, and for nobody else', async () => {
    const now = site.clock.now();
    expect(
      await acknowledge(site.store, await idOf('post-1'), { id: 'head-1' }, () => false, null, now),
    ).toEqual({
      ok: false,
      because: 'not-yours',
    });
    expect(await acknowledge(site.store, 999_999, { id: 'head-1' }, () => true, null, now)).toEqual({
      ok: false,
      because: 'not-found',
    });
  });

  it('of yellow is nobody’s task any more when the same clock is red', async () => {
    await moveTo('2026-09-24T09:00');
    const waiting = await listNotifications(site.store, RowScope.everything, {
      isUnacknowledged: true,
      limit: 50,
    });
    expect(new Set(waiting.map(({ grade }) => grade))).toEqual(new Set(['red']));
  });

  it('shows in the gauge by age', async () => {
    await moveTo('2026-09-22T12:30');
    const text = await site.registry.metrics();
    expect(text).toContain('mingjian_unacknowledged{age="1h-4h"} 2');
    expect(text).toContain('mingjian_unacknowledged{age="under-1h"} 0');
    expect(text).toContain('mingjian_notifications_total{channel="mail",result="sent"} 2');
    expect(text).toContain('mingjian_outbox{channel="mail"} 0');
    expect(text).toContain('mingjian_warning_lag_seconds_count{stage="sent"} 2');
  });

  it('is not asked for any more once the case is answered in time: nobody above hears of it, and it is on record', async () => {
    site.clock.moveTo(at('2026-09-22T11:00'));
    await site.receive(event('case.decided', 'C-1', '2026-09-22T11:00', { result: 'granted' }));
    await site.monitor.notifier.runOnce();
    const open = { isUnacknowledged: true, limit: 10 };
    expect(await listNotifications(site.store, RowScope.everything, open)).toEqual([]);
    for (const time of ['2026-09-22T15:31', '2026-09-23T16:59', '2026-09-29T09:00']) await moveTo(time);
    expect(smtp.taken).toEqual([]);
    const [entry, ...others] = await site.store.query<{ kind: string; subject: string; body: string }>(
      "SELECT kind, subject, body FROM ledger_entry WHERE chain = 'notifications' ORDER BY seq",
    );
    expect(others).toEqual([]);
    expect(entry).toMatchObject({ kind: 'notification.overtaken', subject: 'C-1' });
    expect(JSON.parse(entry!.body)).toMatchObject({
      greenAt: at('2026-09-22T11:00'),
      recipients: ['head-1', 'post-1'],
    });
  });

  it('that escalated already goes no further once the case is answered', async () => {
    await moveTo('2026-09-22T15:31');
    smtp.taken.length = 0;
    site.clock.moveTo(at('2026-09-22T16:00'));
    // Both at once: the next step of the ladder is due when the answer comes in.
    await site.receive(event('case.decided', 'C-1', '2026-09-22T16:00', { result: 'granted' }));
    await moveTo('2026-09-24T16:59');
    expect(smtp.taken).toEqual([]);
  });
});

/** The subject of a mail as a person sees it: RFC 2047 words put together. */
function decoded(subject: string): string {
  return subject
    .replace(/\?=\s+=\?/g, '?==?')
    .replace(/=\?utf-8\?b\?([^?]*)\?=/gi, (_, text: string) => Buffer.from(text, 'base64').toString())
    .replace(/=\?utf-8\?q\?([^?]*)\?=/gi, (_, text: string) =>
      Buffer.from(
        text
          .replace(/_/g, ' ')
          .replace(/=([0-9A-F]{2})/gi, (__, hex: string) => String.fromCharCode(parseInt(hex, 16))),
        'latin1',
      ).toString(),
    );
}
