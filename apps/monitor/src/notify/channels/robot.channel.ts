import { createHmac } from 'node:crypto';
import type { DingtalkChannel, WecomChannel } from '@mingjian/contracts';
import type { Clock } from '@mingjian/runtime';
import { z } from 'zod';
import { ChannelError, type Channel, type OutgoingMessage } from './channel';
import { httpPost } from './http-post';

/** Both take 2,048 bytes of text; what is longer they refuse. */
const MOST_BYTES = 2_000;

const Answer = z.object({ errcode: z.number(), errmsg: z.string().optional() });

/** Codes by which the robots say that they were called too often: 企业微信 45009, 45033; 钉钉 130101, 410100. */
const THROTTLED = [45009, 45033, 130101, 410100];
/** Codes by which they say that key or signature is wrong: 企业微信 93000, 40014; 钉钉 300001, 310000. */
const UNAUTHORISED = [93000, 40014, 300001, 310000];

/**
 * 企业微信群机器人 and 钉钉群机器人. They take plain text, so that nothing in a message is markup, and answer 200 whatever
 * happened: what counts is `errcode`. They know no idempotency key; the text ends with the first eight characters of ours.
 */
export class RobotChannel implements Channel {
  readonly perMinute: number;
  readonly parallel = 1;

  constructor(
    readonly kind: 'wecom' | 'dingtalk',
    private readonly document: z.infer<typeof WecomChannel> | z.infer<typeof DingtalkChannel>,
    private readonly url: string,
    /** 加签 of 钉钉; null: none. */
    private readonly secret: string | null,
    private readonly wall: Clock,
  ) {
    this.perMinute = document.perMinute;
  }

  async send({ key, subject, content }: OutgoingMessage): Promise<void> {
    const ending = `\n〔${key.slice(0, 8)}〕`;
    const text = cut(content.count === 1 ? content.text : `${subject}\n${content.text}`, ending);
    const answer = await httpPost({
      url: this.secret === null ? this.url : signedUrl(this.url, this.secret, this.wall.now()),
      headers: { 'content-type': 'application/json', 'idempotency-key': key },
      body: JSON.stringify({ msgtype: 'text', text: { content: text } }),
      timeoutMs: this.document.timeoutSeconds * 1000,
    });
    const { errcode } = answerOf(answer);
    if (errcode === 0) return;
    const detail = `errcode ${errcode}`;
    if (THROTTLED.includes(errcode)) throw new ChannelError('throttled', detail, 60_000);
    if (UNAUTHORISED.includes(errcode)) throw new ChannelError('unauthorised', detail);
    if (errcode === -1) throw new ChannelError('busy', detail);
    throw new ChannelError('rejected', detail);
  }

  close(): void {}
}

/** 加签: base64 of HMAC-SHA256 over `timestamp\nsecret`, keyed by the secret; the timestamp is in milliseconds. */
export function signedUrl(url: string, secret: string, now: number): string {
  const sign = createHmac('sha256', secret).update(`${now}\n${secret}`).digest('base64');
  const separator = url.includes('?') ? '&' : '?';
  return `${url}${separator}timestamp=${now}&sign=${encodeURIComponent(sign)}`;
}

function answerOf(text: string): z.infer<typeof Answer> {
  try {
    return Answer.parse(JSON.parse(text));
  } catch {
    throw new ChannelError('unreadable-answer', 'no JSON with errcode');
  }
}

/** Cuts between characters, so that the ending fits as well. */
function cut(text: string, ending: string): string {
  let room = MOST_BYTES - Buffer.byteLength(ending);
  let kept = '';
  for (const character of text) {
    room -= Buffer.byteLength(character);
    if (room < 3) return `${kept}…${ending}`;
    kept += character;
  }
  return kept + ending;
}
