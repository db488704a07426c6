import { lintRules } from '@mingjian/rules';
import type { Settings } from '@mingjian/runtime';
import { approvedDocuments } from '../../../monitor/src/rulebook/approved-documents';
import { loadRuleBook } from '../../../monitor/src/rulebook/load-rule-book';
import type { Approved } from './approved-rows';
import { check, Unwell, type Check } from './check';

/** With fewer days of calendar left, limits of running cases end beyond it. */
const LEAST_DAYS = 30;

/** Rulesets and calendars with what was approved, which a file may contradict; and how far the calendar reaches. */
export function rules(settings: Settings, now: number, { rows, told }: Approved): Promise<Check[]> {
  const book = (async () => loadRuleBook(settings, approvedDocuments(rows)))();
  // Asked for below.
  book.catch(() => undefined);
  return Promise.all([
    check('rules', 'correct the files named; mingjian lint says more', async () => {
      const { ruleset } = (await book).book.newest;
      const approved = (await book).documents.filter((one) => one.approved !== null);
      const from = approved.length === 0 ? '' : `; ${approved.length} documents approved by drafts`;
      const findings = lintRules((await book).book, now).filter(
        ({ severity }) => severity !== 'notice',
      ).length;
      return `${ruleset.id} ${ruleset.version}, ${ruleset.items.size} items, ${findings} lint findings${from}${told}`;
    }),
    check('calendar', 'the rules have to be right first', async () => {
      const { calendar } = (await book).book.newest;
      const left = calendar.publishedDaysLeft(now);
      if (left === null) return `${calendar.id}, published without an end`;
      const advice = 'add the next year once its notice is out: mingjian calendar import';
      if (left < 0) throw new Unwell(`${calendar.id} ended ${-left} days ago`, advice);
      // November and December are over before the notice is out, in some years: that is told, and is no fault.
      return `${calendar.id}, published for ${left} more days${left < LEAST_DAYS ? `: ${advice}` : ''}`;
    }),
  ]);
}
