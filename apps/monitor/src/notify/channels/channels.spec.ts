import { createHmac } from 'node:crypto';
import {
  AlertmanagerChannel as AlertmanagerDocument,
  DingtalkChannel,
  SmsChannel as SmsDocument,
} from '@mingjian/contracts';
import { TestClock } from '../../../../../libs/runtime/src/testing/test-clock';
import { httpReceiver, type Receiver } from '../testing/receivers';
import { AlertmanagerChannel } from './alertmanager.channel';
import type { OutgoingMessage } from './channel';
import { RobotChannel } from './robot.channel';
import { SmsChannel } from './sms.channel';

const MESSAGE: OutgoingMessage = {
  key: '0b8f2c1e-0000-4000-8000-000000000000',
  address: '13800000001',
  grade: 'red',
  subject: '主题',
  content: {
    text: '办件"C-1"已超期',
    link: null,
    count: 1,
    notices: [
      {
        key: 'light/C-1',
        kind: 'light',
        grade: 'red',
        department: 'housing',
        caseNo: 'C-1',
        subject: 'C-1 承诺时限红灯',
        at: '2026-09-24T00:00:00.000+08:00',
        isWithdrawal: true,
      },
    ],
  },
};

describe('the channels over HTTP', () => {
  let http: Receiver;
  beforeEach(async () => (http = await httpReceiver()));
  afterEach(() => http.stop());
  const url = (): string => `http://127.0.0.1:${http.port}/x`;

  it('sign a call of 钉钉 as it asks: base64 of HMAC-SHA256 over timestamp and secret', async () => {
    const now = 1_790_000_000_000;
    const document = DingtalkChannel.parse({ kind: 'dingtalk', urlFile: 'url' });
    await new RobotChannel('dingtalk', document, url(), 'SEC', new TestClock(now)).send(MESSAGE);
    const query = new URL(`http://x${http.taken[0]!.to}`).searchParams;
    expect(query.get('timestamp')).toBe(String(now));
    expect(query.get('sign')).toBe(createHmac('sha256', 'SEC').update(`${now}\nSEC`).digest('base64'));
    expect(JSON.parse(http.taken[0]!.body)).toEqual({
      msgtype: 'text',
      text: { content: '办件"C-1"已超期\n〔0b8f2c1e〕' },
    });
  });

  it('fill the request of an SMS gateway, escaped for JSON, and hold its answer against what it must say', async () => {
    const document = SmsDocument.parse({
      kind: 'sms',
      url: url(),
      body: '{"to":"{{phone}}","text":"{{text}}","id":"{{key}}","token":"{{secret}}"}',
      success: { field: 'errcode', equals: '0' },
    });
    await new SmsChannel(document, 'T').send(MESSAGE);
    expect(JSON.parse(http.taken[0]!.body)).toEqual({
      to: '13800000001',
      text: '办件"C-1"已超期',
      id: MESSAGE.key,
      token: 'T',
    });
    const refused = { ...document, success: { field: 'errcode', equals: '1' } };
    await expect(new SmsChannel(refused, 'T').send(MESSAGE)).rejects.toMatchObject({ reason: 'rejected' });
  });

  it('end an alert of Alertmanager where the light was withdrawn', async () => {
    const document = AlertmanagerDocument.parse({ kind: 'alertmanager', url: url() });
    await new AlertmanagerChannel(document).send(MESSAGE);
    expect(http.taken[0]!.to).toBe('/x/api/v2/alerts');
    expect(JSON.parse(http.taken[0]!.body)).toMatchObject([
      { labels: { notice: 'light/C-1', severity: 'red' }, endsAt: '2026-09-24T00:00:00.000+08:00' },
    ]);
  });

  it.each([
    [401, 'unauthorised'],
    [404, 'rejected'],
    [429, 'throttled'],
    [302, 'rejected'],
    [503, 'server-error'],
  ])('answer %i is %s, and the reason holds neither address nor secret', async (status, reason) => {
    http.next = [{ refuse: status }];
    const document = AlertmanagerDocument.parse({ kind: 'alertmanager', url: url() });
    const error: unknown = await new AlertmanagerChannel(document)
      .send(MESSAGE)
      .catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ reason, message: `answered ${status}` });
  });
});
