import { createHmac } from 'node:crypto';
import type { DingtalkChannel, WecomChannel } from '@mingjian/contracts';
import type { Clock } from '@mingjian/runtime';
import { z } from 'zod';
import { ChannelError, type Channel, type OutgoingMessage } from './channel';
import { httpPost } from './http-post';

/** 企业微信 takes 2,048 bytes of UTF-8 in a text and refuses what is longer (40058); 钉钉 is given no more. */
const MOST_BYTES = 2_048;

const Answer = z.object({ errcode: z.number(), errmsg: z.string().optional() });

/** Codes by which the robots say that they were called too often: 企业微信 45009, 45033; 钉钉 130101, 410100. */
const THROTTLED = [45009, 45033, 130101, 410100];
/** How long they want to be left alone then: 企业微信 counts by the minute, 钉钉 shuts a robot out for ten. */
const THROTTLED_FOR_MS = { wecom: 60_000, dingtalk: 600_000 } as const;
/**
 * Codes by which they say that key or signature is wrong, or that the robot was taken out of its group: 企业微信 93000, 93004,
 * 93008, 40014; 钉钉 300001, 310000.
 */
const UNAUTHORISED = [93000, 93004, 93008, 40014, 300001, 310000];

/**
 * 企业微信群机器人 and 钉钉群机器人. They take plain text and answer 200 whatever happened: what counts is `errcode`. They know no
 * idempotency key; the text ends with the first eight characters of ours.
 *
 * An address that begins with `@` names the member of the group who is called upon (企业微信 userid, 钉钉 userId); `@all`
 * everybody. Nothing in a text calls anybody: 企业微信 reads `<@…>` even in plain text, and a title could hold it.
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

  async send({ key, address, subject, content }: OutgoingMessage): Promise<void> {
    const member = address.startsWith('@') ? address.slice(1) : null;
    const said = withoutMentions(content.count === 1 ? content.text : `${subject}\n${content.text}`);
    const answer = await httpPost({
      url: this.secret === null ? this.url : signedUrl(this.url, this.secret, this.wall.now()),
      headers: { 'content-type': 'application/json', 'idempotency-key': key },
      body: JSON.stringify(this.bodyOf(said, `\n〔${key.slice(0, 8)}〕`, member)),
      timeoutMs: this.document.timeoutSeconds * 1000,
    });
    const { errcode } = answerOf(answer);
    if (errcode === 0) return;
    const detail = `errcode ${errcode}`;
    if (THROTTLED.includes(errcode)) throw new ChannelError('throttled', detail, THROTTLED_FOR_MS[this.kind]);
    if (UNAUTHORISED.includes(errcode)) throw new ChannelError('unauthorised', detail);
    if (errcode === -1) throw new ChannelError('busy', detail);
    throw new ChannelError('rejected', detail);
  }

  close(): void {}

  private bodyOf(said: string, ending: string, member: string | null): object {
    if (member === null) return { msgtype: 'text', text: { content: cut(said, ending) } };
    if (this.kind === 'wecom')
      return { msgtype: 'text', text: { content: cut(said, ending), mentioned_list: [member] } };
    if (member === 'all')
      return { msgtype: 'text', text: { content: cut(said, ending) }, at: { isAtAll: true } };
    // 钉钉 calls upon a member only where the text names them as well.
    const content = cut(said, `${ending}@${member}`);
    return { msgtype: 'text', text: { content }, at: { atUserIds: [member] } };
  }
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

/** No word of a case, an order or a complaint calls upon members of a group. */
function withoutMentions(text: string): string {
  return text.replaceAll('<@', '＜@');
}

/** Cuts between characters where text and ending are longer than a robot takes, and shows that it did. */
function cut(text: string, ending: string): string {
  let room = MOST_BYTES - Buffer.byteLength(ending);
  if (Buffer.byteLength(text) <= room) return text + ending;
  const more = '…';
  room -= Buffer.byteLength(more);
  let kept = '';
  for (const character of text) {
    room -= Buffer.byteLength(character);
    if (room < 0) break;
    kept += character;
  }
  return kept + more + ending;
}
