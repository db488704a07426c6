import { createTransport, type Transporter } from 'nodemailer';
import type SMTPPool from 'nodemailer/lib/smtp-pool';
import type { MailChannel as MailDocument } from '@mingjian/contracts';
import { z } from 'zod';
import { asHtml } from '../templates/fill-template';
import { ChannelError, type Channel, type OutgoingMessage } from './channel';

/** Secrets and certificates, read from the files that the document names. */
export interface MailSecrets {
  password: string | null;
  ca: string | null;
}

/** What nodemailer tells of a failure. */
const MailFailure = z.object({
  code: z.string().optional(),
  responseCode: z.number().optional(),
  command: z.string().optional(),
});

/** 邮件, over pooled connections. The Message-ID is made of the key of the message: sent again, it is the same. */
export class MailChannel implements Channel {
  readonly kind = 'mail';
  readonly perMinute: number;
  readonly parallel: number;
  private readonly transport: Transporter<SMTPPool.SentMessageInfo>;

  constructor(
    private readonly document: z.infer<typeof MailDocument>,
    { password, ca }: MailSecrets,
  ) {
    this.perMinute = document.perMinute;
    this.parallel = document.parallel;
    const timeoutMs = document.timeoutSeconds * 1000;
    this.transport = createTransport({
      pool: true,
      maxConnections: document.parallel,
      host: document.host,
      port: document.port,
      secure: document.tls === 'implicit',
      requireTLS: document.tls === 'starttls',
      ignoreTLS: document.tls === 'none',
      tls: { minVersion: 'TLSv1.2', ...(ca === null ? {} : { ca }) },
      ...(document.user === undefined ? {} : { auth: { user: document.user, pass: password ?? '' } }),
      connectionTimeout: timeoutMs,
      greetingTimeout: timeoutMs,
      socketTimeout: timeoutMs,
      // What a mail holds is written here: nothing of it is a file or an address to be fetched.
      disableFileAccess: true,
      disableUrlAccess: true,
    });
  }

  async send({ key, address, grade, subject, content }: OutgoingMessage): Promise<void> {
    try {
      await this.transport.sendMail({
        from: this.document.from,
        to: { name: '', address },
        messageId: `<${key}@mingjian.invalid>`,
        subject,
        text: content.link === null ? content.text : `${content.text}\n${content.link}`,
        html: asHtml(content.text, content.link),
        headers: { 'X-Mingjian-Key': key, 'Auto-Submitted': 'auto-generated' },
        ...(grade === 'red' ? { priority: 'high' as const } : {}),
      });
    } catch (error) {
      throw mailError(error);
    }
  }

  close(): void {
    this.transport.close();
  }
}

/** What the server said, without the address that it likes to repeat. */
function mailError(error: unknown): ChannelError {
  const { code = '', responseCode = 0, command = '' } = MailFailure.safeParse(error).data ?? {};
  const detail = responseCode > 0 ? `${command || 'server'} answered ${responseCode}` : code;
  if (code === 'EAUTH' || responseCode === 535 || responseCode === 530)
    return new ChannelError('unauthorised', detail);
  if (code === 'ETLS' || /CERT|SSL|ALTNAME/.test(code)) return new ChannelError('tls', detail);
  if (responseCode >= 500) return new ChannelError(code === 'EENVELOPE' ? 'bad-address' : 'rejected', detail);
  // 421 speaks of the server, the others of this message: a full mailbox stops nobody else.
  if (responseCode === 421) return new ChannelError('throttled', detail);
  if (responseCode >= 400) return new ChannelError('busy', detail);
  if (code === 'ETIMEDOUT') return new ChannelError('timeout', detail);
  if (code === 'EDNS' || code === 'ECONNREFUSED') return new ChannelError('not-reachable', detail);
  if (code === 'ESOCKET' && /ECONNREFUSED|EHOSTUNREACH|ENETUNREACH/.test(String((error as Error).message)))
    return new ChannelError('not-reachable', detail);
  return new ChannelError('connection-lost', detail === '' ? 'the connection broke off' : detail);
}
