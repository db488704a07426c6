import type { RecipientsDocument } from '@mingjian/contracts';
import { noticesById, noticesToldSince, type NoticeRow } from '@mingjian/store';
import { RecipientBook } from '../../notify/recipient-book';
import { RulesForNotices } from '../../notify/rules-for-notices';
import type { DraftBook } from '../draft-book';
import type { KindOfDraft } from '../kinds/kind-of-draft';
import { templateExamples } from './template-examples';
import { ToldSums, type Message } from './told-sums';

/** Notices that changed templates are shown with: the latest are as good as any. */
const MOST_SHOWN = 200;

/**
 * Who would have been told of the notices of a period, on which channel and when: by the recipients in force and by a draft, each as if
 * it had held all the time. Sends nothing. Deputies and quiet hours count as on the day of each notice.
 */
export function toldImpact(
  draft: RecipientsDocument,
  { rules, recipients }: Pick<DraftBook, 'rules' | 'recipients'>,
): ReturnType<KindOfDraft['impact']> {
  const bookOf = (document: RecipientsDocument): RecipientBook =>
    new RecipientBook(document, rules.calendars, rules.book.newest.calendar);
  const before = recipients === null ? null : bookOf(recipients.parsed);
  const after = bookOf(draft);
  const names = new RulesForNotices(rules);
  return async (from, { since, most }) => {
    const found = await noticesToldSince(from, since, most + 1);
    const ids = found.slice(0, most);
    const sums = new ToldSums();
    const shown: NoticeRow[] = [];
    return {
      total: ids.length,
      isCut: found.length > most,
      look: async (first, end) => {
        const slice = ids.slice(first, end);
        const rows = await noticesById(from, slice);
        for (const id of slice) {
          const row = rows.get(id);
          if (row === undefined) continue;
          if (shown.length < MOST_SHOWN) shown.push(row);
          const messages = before === null ? [] : messagesOf(row, before, names);
          const { subject, department, grade, at } = row;
          sums.add({ subject, department, grade, at }, messages, messagesOf(row, after, names));
        }
      },
      result: () =>
        sums.result(
          templateExamples(recipients?.parsed ?? null, draft, shown, names, rules.book.newest.calendar.zone),
        ),
    };
  };
}

/** Whom a notice reaches, by which channel, and not before when. */
function messagesOf(notice: NoticeRow, book: RecipientBook, rules: RulesForNotices): Message[] {
  const { kind, grade, department, createdAt } = notice;
  const addressed = { kind, grade, department, post: rules.postOf(notice), roles: rules.rolesOf(notice) };
  return book.tell(addressed, createdAt).flatMap(({ recipient, entry }) =>
    Object.keys(entry.via).map((channel) => ({
      ...{ recipient, name: entry.name, channel },
      deliverAt: book.deliverAt(entry, grade, createdAt),
    })),
  );
}
