import { dirname, isAbsolute, normalize } from 'node:path';
import {
  BadInputError,
  inlineSecrets,
  problemsOf,
  RecipientsDocument,
  type ChannelDocument,
} from '@mingjian/contracts';
import { SystemClock } from '@mingjian/runtime';
import { openChannels } from '../../notify/channels/open-channels';
import { pathInChinese } from '../document-words';
import type { DraftBook, SitePaths } from '../draft-book';
import type { Written } from '../draft-document';
import type { DraftProblem } from '../draft-problem';
import { DraftRefused } from '../draft-refused';
import { documentOf } from '../draft-rows';
import { formProblems, identityProblems, problemIn } from '../form-problems';
import { lintProblems } from '../recipients/lint-problems';
import { presentToldImpact } from '../recipients/present-told-impact';
import { toldImpact } from '../recipients/told-impact';
import type { KindOfDraft } from './kind-of-draft';

/**
 * 接收人: people, channels, templates and quiet hours. In force once approved. Its impact: who would have been told of the notices of
 * the last days, and by which channel. Telephone numbers and addresses stand in it: it is for administrators and auditors.
 */
export const RECIPIENTS_DRAFTS: KindOfDraft = {
  name: '接收人文档',
  title: '调整接收人',
  readers: ['administrator', 'auditor'],
  earliest: null,
  renewed: (written, version) => ({ ...written, version }),
  check,
  requireStorable,
  requireUsable,
  approved: documentOf,
  impact: (document, book) => toldImpact(RecipientsDocument.parse(document), book),
  presentImpact: presentToldImpact,
};

function check(documentId: string, written: Written, book: DraftBook, now: number): DraftProblem[] {
  const parsed = RecipientsDocument.safeParse(written);
  if (!parsed.success) return formProblems(problemsOf(parsed.error, '', written), written);
  const other = identityProblems('recipients', '接收人文档', documentId, written);
  if (other.length > 0) return other;
  const problem = problemIn(written);
  const calendars = [...book.rules.calendars.keys()];
  return [
    ...Object.entries(parsed.data.people)
      .filter(([, { calendar }]) => calendar !== undefined && !calendars.includes(calendar))
      .map(([id]) =>
        problem(
          'unknown-calendar',
          ['people', id, 'calendar'],
          `已有的工作日历：${calendars.join('、')}`,
          '改正工作日历的编码，或删除这一项',
        ),
      ),
    ...channelProblems(parsed.data, written, book.recipients?.parsed ?? null),
    ...lintProblems(parsed.data, written, book, now),
  ];
}

/** Files that a channel reads, and whether their content goes to its address. */
const FILES = { passwordFile: true, secretFile: true, urlFile: false, caFile: false } as const;

/**
 * What may not be reached from a browser: files outside the folder of the document, which whoever writes drafts could have sent to an
 * address of theirs. What is in force names already may stay.
 */
function channelProblems(
  { channels }: RecipientsDocument,
  written: Written,
  inForce: RecipientsDocument | null,
): DraftProblem[] {
  const problem = problemIn(written);
  return Object.entries(channels).flatMap(([id, channel]) => {
    const before = inForce?.channels[id];
    return Object.entries(FILES).flatMap(([member, isSent]) => {
      const file = valueOf(channel, member);
      if (file === undefined) return [];
      const path = ['channels', id, member];
      const isKept = before !== undefined && valueOf(before, member) === file;
      if (!isKept && isOutside(file))
        return [
          problem('file-outside', path, '与接收人文档同一文件夹内的文件', '请系统管理人员将文件放到该文件夹'),
        ];
      if (!isKept || !isSent || addressOf(before) === addressOf(channel)) return [];
      return [
        {
          ...problem(
            'secret-elsewhere',
            path,
            '原有密钥只发往原有地址',
            '通道地址已改，密钥将随消息用于新的地址：请批准人核对新地址',
          ),
          severity: 'warning' as const,
        },
      ];
    });
  });
}

function isOutside(file: string): boolean {
  return isAbsolute(file) || normalize(file).split(/[\\/]/)[0] === '..' || file.includes('\0');
}

function valueOf(channel: ChannelDocument, member: string): string | undefined {
  const value = (channel as Record<string, unknown>)[member];
  return typeof value === 'string' ? value : undefined;
}

/** Where a channel sends what its secret opens. */
function addressOf(channel: ChannelDocument): string {
  if (channel.kind === 'mail') return `${channel.host}:${channel.port} ${channel.tls}`;
  return 'url' in channel ? channel.url : '';
}

/** A secret stands in a file; a draft keeps what it is given, and shows it. */
function requireStorable(written: Written): void {
  const places = inlineSecrets(written).map((path) => pathInChinese(path, written));
  if (places.length > 0)
    throw new DraftRefused(
      'holds-secret',
      `草稿不保存密钥：${places.join('、')} 直接写有密钥。请将密钥放入服务器上接收人文档旁的文件，在此只写文件名（如 secretFile），短信请求中以 {{secret}} 引用`,
    );
}

/** The secrets that it names are there, on the monitor that is asked; what stands in them is not read out. */
async function requireUsable(written: Written, { recipients }: SitePaths): Promise<void> {
  const parsed = RecipientsDocument.safeParse(written);
  if (!parsed.success || recipients === '') return;
  try {
    const opened = await openChannels(parsed.data, recipients, new SystemClock());
    for (const channel of opened.values()) channel.close();
  } catch (error) {
    if (!(error instanceof BadInputError)) throw error;
    const places = error.problems.map(({ field }) => pathInChinese(field.split('.'), written));
    throw new DraftRefused(
      'missing-file',
      `服务器上没有草稿所写的文件：${places.join('、')}。请系统管理人员先将文件放入 ${dirname(recipients)}`,
    );
  }
}
