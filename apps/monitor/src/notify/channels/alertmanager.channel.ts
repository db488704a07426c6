import type { AlertmanagerChannel as AlertmanagerDocument } from '@mingjian/contracts';
import type { z } from 'zod';
import type { Channel, OutgoingMessage } from './channel';
import { httpPost } from './http-post';

/** Alertmanager, API v2. It knows an alert by its labels: sent again it is the same one. What was withdrawn ends there. */
export class AlertmanagerChannel implements Channel {
  readonly kind = 'alertmanager';
  readonly perMinute: number;
  readonly parallel: number;

  constructor(private readonly document: z.infer<typeof AlertmanagerDocument>) {
    this.perMinute = document.perMinute;
    this.parallel = document.parallel;
  }

  async send({ key, content }: OutgoingMessage): Promise<void> {
    const alerts = content.notices.map((notice) => ({
      labels: {
        alertname: 'MingjianNotice',
        kind: notice.kind,
        severity: notice.grade,
        department: notice.department ?? '',
        notice: notice.key,
      },
      annotations: { summary: notice.subject, message: key },
      startsAt: notice.at,
      ...(notice.isWithdrawal ? { endsAt: notice.at } : {}),
      ...(content.link === null ? {} : { generatorURL: content.link }),
    }));
    await httpPost({
      url: `${this.document.url.replace(/\/$/, '')}/api/v2/alerts`,
      headers: { 'content-type': 'application/json', 'idempotency-key': key },
      body: JSON.stringify(alerts),
      timeoutMs: this.document.timeoutSeconds * 1000,
    });
  }

  close(): void {}
}
