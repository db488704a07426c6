import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSite, type Site } from '../../testing/site';
import type { Receiver } from './receivers';

export const SECRET = 'a secret of the test';

/** What a test changes of the standard document; each is YAML, indented as it stands there. */
export interface RecipientsOptions {
  site?: string;
  groupSeconds?: number;
  people?: string;
  /** `housing` has a post and a head; the supervisor and the inspection office are told of red. */
  postVia?: string;
}

/** A recipients document with a mail server and a webhook on this machine. */
export function recipientsText(smtp: Receiver, http: Receiver, options: RecipientsOptions = {}): string {
  return `
recipients: test
version: '1'
groupSeconds: ${options.groupSeconds ?? 0}
link: https://mingjian.example.gov.cn
${options.site ?? ''}
channels:
  mail: { kind: mail, host: 127.0.0.1, port: ${smtp.port}, tls: none, from: mingjian@example.gov.cn, timeoutSeconds: 2 }
  hook: { kind: webhook, url: 'http://127.0.0.1:${http.port}/hook', secretFile: secret, timeoutSeconds: 2 }
people:
  post-1: { name: 张三, roles: [post], departments: [housing], via: ${options.postVia ?? '{ mail: post-1@example.gov.cn, hook: post-1 }'}, quiet: never }
  head-1: { name: 李四, roles: [department-head], departments: [housing], via: { mail: head-1@example.gov.cn }, quiet: never }
  boss-1: { name: 王五, roles: [supervisor], via: { mail: boss-1@example.gov.cn }, quiet: never }
  office: { name: 监察室, roles: [inspection-office], via: { hook: office }, quiet: never }
  head-2: { name: 赵六, roles: [department-head, post], departments: [market], via: { mail: head-2@example.gov.cn }, quiet: never }
${options.people ?? ''}
`;
}

/** Writes a recipients document with its secret into a folder of its own. @returns the path of the document. */
export function writeRecipients(
  text: string,
  dir = mkdtempSync(join(tmpdir(), 'mingjian-recipients-')),
): string {
  writeFileSync(join(dir, 'secret'), `${SECRET}\n`);
  const file = join(dir, 'recipients.yaml');
  writeFileSync(file, text);
  return file;
}

/** A monitor whose lights are told. */
export function openNotifySite(now: string, recipients: string, dir?: string): Promise<Site> {
  return openSite(now, { settings: { recipients }, ...(dir === undefined ? {} : { dir }) });
}

export function removeRecipients(file: string): void {
  rmSync(join(file, '..'), { recursive: true, force: true });
}
