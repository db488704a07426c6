import { lintRules } from '@mingjian/rules';
import type { Settings } from '@mingjian/runtime';
import { loadRuleBook } from '../../../monitor/src/rulebook/load-rule-book';
import { check, Unwell, type Check } from './check';

/** With fewer days of calendar left, limits of running cases end beyond it. */
const LEAST_DAYS = 30;

/** Rulesets and calendars, and how far the calendar reaches. */
export function rules(settings: Settings, now: number): Promise<Check[]> {
  const book = loadRuleBook({ rulesets: settings.rulesets, calendars: settings.calendars });
  // Asked for below.
  book.catch(() => undefined);
  return Promise.all([
    check('rules', 'correct the files named; mingjian lint says more', async () => {
      const { ruleset } = (await book).book.newest;
      const findings = lintRules((await book).book, now).filter(
        ({ severity }) => severity !== 'notice',
      ).length;
      return `${ruleset.id} ${ruleset.version}, ${ruleset.items.size} items, ${findings} lint findings`;
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
