import { createHmac } from 'node:crypto';
import type { WebhookChannel as WebhookDocument } from '@mingjian/contracts';
import type { Clock } from '@mingjian/runtime';
import type { z } from 'zod';
import type { Channel, OutgoingMessage } from './channel';
import { httpPost } from './http-post';

/** The signature of a call: HMAC-SHA256 over `timestamp.body`, hexadecimal. `timestamp` is in seconds. */
export function signatureOf(secret: string, timestamp: number, body: string): string {
  return createHmac('sha256', secret).update(`${timestamp}.${body}`).digest('hex');
}

/** 签名回调. The receiver knows a message by `Idempotency-Key`, and knows that it is ours by the signature. */
export class WebhookChannel implements Channel {
  readonly kind = 'webhook';
  readonly perMinute: number;
  readonly parallel: number;

  constructor(
    private readonly document: z.infer<typeof WebhookDocument>,
    private readonly secret: string,
    private readonly wall: Clock,
  ) {
    this.perMinute = document.perMinute;
    this.parallel = document.parallel;
  }

  async send({ key, address, grade, subject, content }: OutgoingMessage): Promise<void> {
    const body = JSON.stringify({ key, to: address, grade, subject, ...content });
    // A new timestamp for each attempt: the window of the receiver counts from the call.
    const timestamp = Math.floor(this.wall.now() / 1000);
    await httpPost({
      url: this.document.url,
      headers: {
        'content-type': 'application/json',
        'idempotency-key': key,
        'x-mingjian-timestamp': String(timestamp),
        'x-mingjian-signature': `sha256=${signatureOf(this.secret, timestamp, body)}`,
      },
      body,
      timeoutMs: this.document.timeoutSeconds * 1000,
    });
  }

  close(): void {}
}
