import type { SmsChannel as SmsDocument } from '@mingjian/contracts';
import type { z } from 'zod';
import { fillTemplate } from '../templates/fill-template';
import { ChannelError, type Channel, type OutgoingMessage } from './channel';
import { httpPost } from './http-post';

/** 短信网关 of any maker: the request is a template, and so is what counts as taken. */
export class SmsChannel implements Channel {
  readonly kind = 'sms';
  readonly perMinute: number;
  readonly parallel: number;

  constructor(
    private readonly document: z.infer<typeof SmsDocument>,
    private readonly secret: string | null,
  ) {
    this.perMinute = document.perMinute;
    this.parallel = document.parallel;
  }

  async send({ key, address, content }: OutgoingMessage): Promise<void> {
    const { contentType, headers, success } = this.document;
    const escape =
      contentType === 'application/json'
        ? (value: string) => JSON.stringify(value).slice(1, -1)
        : encodeURIComponent;
    const values = { phone: address, text: content.text, key, secret: this.secret ?? '' };
    const answer = await httpPost({
      url: this.document.url,
      headers: {
        ...Object.fromEntries(
          Object.entries(headers).map(([name, value]) => [
            name,
            fillTemplate(value, { key, secret: values.secret }),
          ]),
        ),
        'content-type': contentType,
        'idempotency-key': key,
      },
      body: fillTemplate(
        this.document.body,
        Object.fromEntries(Object.entries(values).map(([name, value]) => [name, escape(value)])),
      ),
      timeoutMs: this.document.timeoutSeconds * 1000,
    });
    if (success !== undefined && fieldOf(answer, success.field) !== success.equals)
      throw new ChannelError('rejected', `the answer does not say ${success.field} = ${success.equals}`);
  }

  close(): void {}
}

/** The value at a dotted path of a JSON answer, as text. */
function fieldOf(answer: string, path: string): string | null {
  let value: unknown;
  try {
    value = JSON.parse(answer);
  } catch {
    throw new ChannelError('unreadable-answer', 'no JSON');
  }
  for (const name of path.split('.'))
    value =
      typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? String(value)
    : null;
}
