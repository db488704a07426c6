import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { DingtalkChannel, RecipientsDocument, WecomChannel } from '@mingjian/contracts';
import { TestClock } from '../../../../../libs/runtime/src/testing/test-clock';
import { openNotifySite, removeRecipients, writeRecipients } from '../testing/notify-site';
import { httpReceiver, type Receiver } from '../testing/receivers';
import { accepted, at, removeSite } from '../../testing/site';
import { FAILURES, type OutgoingMessage } from './channel';
import { RobotChannel } from './robot.channel';

const KEY = '0b8f2c1e-0000-4000-8000-000000000000';
const ENDING = '\n〔0b8f2c1e〕';

function message(text: string, more: Partial<OutgoingMessage> = {}): OutgoingMessage {
  const content = { text, link: null, count: 1, notices: [] };
  return { key: KEY, address: 'group', grade: 'red', subject: '主题', content, ...more };
}

/* What this spec guarantees: a group robot that says no in an answer of status 200 is known to have said no, and why; what it is
   given fits, names its message, and calls upon nobody but the one whom the document names. */

describe('the robot of 企业微信', () => {
  let http: Receiver;
  beforeEach(async () => (http = await httpReceiver()));
  afterEach(() => http.stop());
  const url = (): string => `http://127.0.0.1:${http.port}/cgi-bin/webhook/send?key=SECRET`;
  const send = (one: OutgoingMessage): Promise<void> =>
    new RobotChannel(
      'wecom',
      WecomChannel.parse({ kind: 'wecom', urlFile: 'url' }),
      url(),
      null,
      new TestClock(0),
    ).send(one);
  const given = (): { msgtype: string; text: { content: string; mentioned_list?: string[] } } =>
    JSON.parse(http.taken[0]!.body) as ReturnType<typeof given>;

  it('is given plain text under the key in its address', async () => {
    await send(message('办件 C-1 已超期'));
    expect(http.taken[0]!.to).toBe('/cgi-bin/webhook/send?key=SECRET');
    expect(given()).toEqual({ msgtype: 'text', text: { content: `办件 C-1 已超期${ENDING}` } });
  });

  it.each([
    [45009, 'throttled', 60_000],
    [45033, 'throttled', 60_000],
    [93000, 'unauthorised', null],
    [93004, 'unauthorised', null],
    [40058, 'rejected', null],
    [-1, 'busy', null],
  ])('that answers 200 with errcode %i has not taken it: %s', async (errcode, reason, retryAfterMs) => {
    http.next = [{ answer: JSON.stringify({ errcode, errmsg: 'from ip 10.0.0.9, key SECRET' }) }];
    const error: unknown = await send(message('文')).catch((thrown: unknown) => thrown);
    // Nothing of what the answer or the address says stands in the record of the failure.
    expect(error).toMatchObject({ reason, retryAfterMs, message: `errcode ${errcode}` });
    expect(FAILURES).toHaveProperty(reason);
  });

  it.each(['<html>登录</html>', '', '{"code":0}', 'null'])(
    'that answers 200 with %j has not said that it took it',
    async (answer) => {
      http.next = [{ answer }];
      await expect(send(message('文'))).rejects.toMatchObject({ reason: 'unreadable-answer' });
    },
  );

  it('is given 2,048 bytes of UTF-8 at most, cut between characters, with what names the message', async () => {
    const room = 2_048 - Buffer.byteLength(ENDING);
    const fits = '超'.repeat(Math.floor(room / 3)) + 'x'.repeat(room % 3);
    await send(message(fits));
    expect(given().text.content).toBe(fits + ENDING);
    for (const character of ['超', 'x', '𠮷', '👩‍👧']) {
      http.taken.length = 0;
      await send(message(`${character.repeat(3_000)}`));
      const { content } = given().text;
      expect(Buffer.byteLength(content)).toBeLessThanOrEqual(2_048);
      expect(Buffer.byteLength(content)).toBeGreaterThan(2_048 - 8);
      expect(content.endsWith(`…${ENDING}`)).toBe(true);
      expect(Buffer.from(content).toString()).toBe(content);
    }
  });

  it('calls upon the member that the document names, and upon nobody whom a text names', async () => {
    await send(message('标题 <@all> 与 <@lisi>', { address: '@zhangsan' }));
    expect(given().text.mentioned_list).toEqual(['zhangsan']);
    expect(given().text.content).not.toContain('<@');
  });

  it('that was called too often is left alone for a minute, and then has each message once', async () => {
    const file = writeRecipients(`
recipients: test
version: '1'
groupSeconds: 0
channels: { group: { kind: wecom, urlFile: url.txt } }
people:
  group: { name: 窗口群, roles: [department-head], via: { group: '@all' }, acknowledges: false, quiet: never }
`);
    writeFileSync(join(dirname(file), 'url.txt'), url());
    const site = await openNotifySite('2026-09-14T10:00', file);
    try {
      http.next = [{ answer: '{"errcode":45009,"errmsg":"api freq out of limit"}' }];
      await site.receive(accepted('C-1', '2026-09-14T10:00'));
      site.clock.moveTo(at('2026-09-24T09:00'));
      await site.monitor.sweep.runOnce(site.clock.now());
      await site.monitor.notifier.runOnce();
      await site.monitor.notifier.runOnce();
      expect([http.attempts, http.taken.length]).toEqual([1, 0]);
      site.clock.moveTo(site.clock.now() + 60_000);
      await site.monitor.notifier.runOnce();
      expect(http.taken).toHaveLength(http.attempts - 1);
      expect(new Set(http.taken.map(({ key }) => key)).size).toBe(http.taken.length);
      expect(given().text.mentioned_list).toEqual(['all']);
      expect(await site.registry.metrics()).toContain(
        'mingjian_notification_failures_total{channel="group",reason="throttled"} 1',
      );
    } finally {
      await site.close();
      removeSite(site.dir);
      removeRecipients(file);
    }
  });
});

describe('the robot of 钉钉', () => {
  let http: Receiver;
  beforeEach(async () => (http = await httpReceiver()));
  afterEach(() => http.stop());
  const send = (one: OutgoingMessage): Promise<void> =>
    new RobotChannel(
      'dingtalk',
      DingtalkChannel.parse({ kind: 'dingtalk', urlFile: 'url' }),
      `http://127.0.0.1:${http.port}/x`,
      null,
      new TestClock(0),
    ).send(one);

  it('calls upon a member whom its text names as well, or upon everybody', async () => {
    await send(message('文', { address: '@user123' }));
    await send(message('文', { address: '@all' }));
    expect(http.taken.map(({ body }) => JSON.parse(body) as object)).toEqual([
      { msgtype: 'text', text: { content: `文${ENDING}@user123` }, at: { atUserIds: ['user123'] } },
      { msgtype: 'text', text: { content: `文${ENDING}` }, at: { isAtAll: true } },
    ]);
  });

  it('that was called too often is left alone for ten minutes', async () => {
    http.next = [{ answer: '{"errcode":130101,"errmsg":"send too fast"}' }];
    await expect(send(message('文'))).rejects.toMatchObject({ reason: 'throttled', retryAfterMs: 600_000 });
  });
});

describe('the address of a robot', () => {
  const problems = (address: string): string[] => {
    const parsed = RecipientsDocument.safeParse({
      recipients: 'test',
      version: '1',
      channels: { group: { kind: 'wecom', urlFile: 'url' } },
      people: { someone: { name: '某人', roles: ['post'], via: { group: address } } },
    });
    return parsed.error?.issues.map(({ path, message: told }) => `${path.join('.')}: ${told}`) ?? [];
  };

  it('is any word, or one member behind @; anything else is refused with its place', () => {
    expect([...problems('窗口群'), ...problems('@zhang.san-1'), ...problems('@all')]).toEqual([]);
    for (const wrong of ['@', '@a b', '@张三', `@${'x'.repeat(65)}`, '@a,b'])
      expect(problems(wrong)).toEqual([
        expect.stringMatching(/^people\.someone\.via\.group: behind @/) as string,
      ]);
  });
});
