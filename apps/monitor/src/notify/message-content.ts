import type { ChannelKind, NoticeGrade, RecipientEntry } from '@mingjian/contracts';
import { formatInstant, type Zone } from '@mingjian/rules';
import type { NoticeRow } from '@mingjian/store';
import type { RecipientBook } from './recipient-book';
import { linkOf, renderFrame, renderNotice, type RenderContext } from './render-notice';
import type { RulesForNotices } from './rules-for-notices';

/** Notices that a message names one by one; the rest is counted. */
export const MOST_LINES = 50;

/** What a channel is given of each notice, for receivers that are programs. */
export interface NoticeContent {
  key: string;
  kind: string;
  grade: NoticeGrade;
  department: string | null;
  caseNo: string | null;
  subject: string;
  /** RFC 3339, in the zone of the site. */
  at: string;
  isWithdrawal: boolean;
}

/** What a channel is given to send. */
export interface MessageContent {
  text: string;
  link: string | null;
  count: number;
  notices: NoticeContent[];
}

/** The words of a message: of one notice its own, of several a frame around a line of each. */
export function contentOf(
  shown: readonly NoticeRow[],
  grades: ReadonlyMap<NoticeGrade, number>,
  recipient: RecipientEntry,
  channel: ChannelKind,
  { book, rules, zone }: { book: RecipientBook; rules: RulesForNotices; zone: Zone },
): { subject: string; content: MessageContent } {
  const context: RenderContext = {
    document: book.document,
    channel,
    recipient,
    zone,
    nameOfDepartment: (code) => rules.nameOfDepartment(code),
    nameOfItem: (code) => rules.nameOfItem(code),
  };
  const gradeCount = (grade: NoticeGrade): number => grades.get(grade) ?? 0;
  const count = gradeCount('red') + gradeCount('yellow') + gradeCount('info');
  const rendered = shown.map((notice) => renderNotice(notice, context));
  const { subject, text } =
    count === 1 && rendered[0] !== undefined
      ? rendered[0]
      : renderFrame(
          rendered.map((one) => one.text),
          {
            count,
            red: gradeCount('red'),
            yellow: gradeCount('yellow'),
            info: gradeCount('info'),
          },
          context,
        );
  return {
    subject,
    content: {
      text,
      link: linkOf(book.document, count === 1 ? (shown[0]?.caseNo ?? null) : null),
      count,
      notices: shown.map((notice) => ({
        key: notice.noticeKey,
        kind: notice.kind,
        grade: notice.grade,
        department: notice.department,
        caseNo: notice.caseNo,
        subject: notice.subject,
        at: formatInstant(notice.at, zone),
        isWithdrawal: notice.isWithdrawal,
      })),
    },
  };
}
