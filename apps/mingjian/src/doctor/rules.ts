import type { ProcessSettings } from '@mingjian/log';
import { lintRules } from '@mingjian/rules';
import { loadRuleVersions } from '@mingjian/store';
import { approvedDocuments } from '../../../monitor/src/rulebook/approved-documents';
import { loadRuleBook, type LoadedRuleBook } from '../../../monitor/src/rulebook/load-rule-book';
import type { DataDir } from '../daemon/data-dir';
import { check, Unwell, type Check } from './check';
import { readRows } from './reader';

/** With fewer days of calendar left, limits of running cases end beyond it. */
const LEAST_DAYS = 30;

/** Rulesets and calendars, and how far the calendar reaches. */
export function rules(process: ProcessSettings, dir: DataDir, now: number): Promise<Check[]> {
  const book = rulesAsTheDaemonSeesThem(process, dir);
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
      return `${ruleset.id} ${ruleset.version}, ${ruleset.items.size} items, ${findings} lint findings${from}`;
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

/** Files and what was approved: a file may contradict that. Where rows cannot be read another check says so; files are held alone. */
async function rulesAsTheDaemonSeesThem(process: ProcessSettings, dir: DataDir): Promise<LoadedRuleBook> {
  const rows = await readRows(process, dir, 'rule_version', loadRuleVersions).catch(() => null);
  return loadRuleBook(process.settings, approvedDocuments(rows ?? []));
}
