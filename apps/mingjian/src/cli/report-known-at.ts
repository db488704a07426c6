import { Progress, SystemClock } from '@mingjian/runtime';
import { rulesOfThen } from '../../../monitor/src/reports/then/rules-of-then';
import { withStoreOfThen } from '../../../monitor/src/reports/then/store-of-then';
import {
  knownAtInChinese,
  madeFrom,
  madeFromDocument,
} from '../../../monitor/src/reports/then/then-document';
import type { LoadedRuleBook } from '../../../monitor/src/rulebook/load-rule-book';
import { UsageError, type Io } from './io';
import { instantOf } from './judge';
import type { PlanReport, ReportSite } from './planned-report';
import type { Report } from './report-format';
import type { ReportOptions } from './report-options';

/**
 * 当时所知: a report as it would have been made at `--known-at`, of any month, also one that was never published. Says what it was made
 * from, and what cannot be had as it was known then. The live store is only read.
 * @throws UsageError where the time is none or is still to come, before anything long begins
 */
export async function reportKnownAt(
  live: ReportSite & { rules: LoadedRuleBook },
  plan: PlanReport,
  options: ReportOptions,
  io: Io,
): Promise<Report> {
  const knownAt = instantOf('--known-at', options.knownAt!, live.rules.book.newest.calendar);
  if (knownAt > live.now) throw new UsageError(`--known-at ${options.knownAt} is still to come`);
  const rules = await rulesOfThen(live.store, live.rules, knownAt);
  const { months, hasScores, make } = plan(options, { ...live, rules, now: knownAt });
  const [row] = await live.store.query<{ n: number | string }>('SELECT COUNT(*) AS n FROM case_file');
  const progress = new Progress({
    ...{ label: 'as known then', unit: 'cases', total: Number(row?.n ?? 0), clock: new SystemClock() },
    sink: { isTTY: process.stderr.isTTY, write: (text) => io.err(text) },
  });
  // An exit of its own, so that nothing of the store of then is left where somebody does not want to wait.
  process.once('SIGINT', leave).once('SIGTERM', leave);
  try {
    return await withStoreOfThen(
      live.store,
      rules,
      knownAt,
      async (then) => {
        progress.finish();
        const report = await make({ ...live, store: then.store, rules, now: knownAt });
        const made = madeFrom(then, months, hasScores);
        return {
          title: `${report.title}（${knownAtInChinese(then)}）`,
          figures: { ...report.figures, madeFrom: made },
          blocks: [...madeFromDocument(made), ...report.blocks],
          madeAt: live.now,
        };
      },
      (cases) => progress.advance(cases),
    );
  } finally {
    process.off('SIGINT', leave).off('SIGTERM', leave);
  }
}

/** As a shell says that a signal ended a command. */
function leave(_: NodeJS.Signals, signal: number): void {
  process.exit(128 + signal);
}
