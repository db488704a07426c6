import { setImmediate as nextTurn } from 'node:timers/promises';
import { Counter, type Registry } from 'prom-client';
import {
  addMonths,
  Examination,
  forensicSettings,
  monthAt,
  startOfMonth,
  type ExaminationResult,
  type ForensicFinding,
} from '@mingjian/rules';
import type { RuleBook } from '@mingjian/rules';
import type { Clock, Logger } from '@mingjian/runtime';
import {
  caseNosSince,
  enqueueNotices,
  loadSetting,
  loadTimelines,
  replacePatternFindings,
  saveSetting,
  type Store,
} from '@mingjian/store';
import { patternNotices } from '../notify/finding-notices';

/** The cases of one read. */
const PAGE = 200;
/** Months before the running one that are always examined: what is entered late belongs to them. */
const LEAST_MONTHS_BACK = 1;
/** A case that ended so long before the first month can still be followed by another filing in it. */
const FILED_AGAIN_MS = 31 * 86_400_000;
const SEARCHED_ON = 'forensics/searched-on';
/** The versions of the rules by which was searched last. */
const SEARCHED_BY = 'forensics/searched-by';
/** Patterns belong to no case, and their notices always to this shard. */
const NOTICE_SHARD = 0;

/** What the search is given. */
export interface ForensicSearchPorts {
  store: Store;
  /** The clock by which cases are judged. */
  clock: Clock;
  registry: Registry;
  logger: Logger;
  book: () => RuleBook;
  /** Whether this process is the one that searches: where several monitors share the work, exactly one does. */
  isOurs: () => boolean;
  /** Whether people are told of anything. */
  isTelling: () => boolean;
  /** Told of each finding that is new. */
  found: (findings: readonly ForensicFinding[]) => void;
}

/** What one search did; null where it was not its time. */
export interface ForensicSearchCounts {
  cases: number;
  tests: number;
  findings: number;
  found: number;
  superseded: number;
}

/**
 * Once a day, by the clock of the cases, examines the running month and those before it for made-up times: as many as a
 * department may be without a case. Findings are rows that hold until a later search does not find them again.
 *
 * Guarantees: reads cases in pages and lets other work have its turn; writes in one transaction; a run never rejects; a
 * day is searched once, also over restarts. Does not guarantee that two runs see the same cases: what arrives meanwhile is seen
 * by the next one.
 */
export class ForensicSearch {
  private readonly examined: Counter;
  private stopping = false;
  private running: Promise<unknown> = Promise.resolve();

  constructor(private readonly ports: ForensicSearchPorts) {
    this.examined = new Counter({
      name: 'mingjian_forensics_cases_total',
      help: 'Cases whose times were examined for signs that they were made up',
      registers: [ports.registry],
    });
  }

  /** Searches where this day has not been searched yet. Never rejects. */
  runOnce(): Promise<ForensicSearchCounts | null> {
    const run = this.running.then(() => this.searchOncePerDay());
    this.running = run;
    return run;
  }

  /** Finishes the page in hand and writes nothing more. */
  async stop(): Promise<void> {
    this.stopping = true;
    await this.running;
  }

  private async searchOncePerDay(): Promise<ForensicSearchCounts | null> {
    const { store, clock, book, logger, isOurs } = this.ports;
    try {
      const today = String(book().newest.calendar.dayOf(clock.now()));
      if (this.stopping || !isOurs() || (await loadSetting(store, SEARCHED_ON)) === today) return null;
      const counts = await this.search(today);
      if (counts !== null) logger.info({ ...counts }, 'The times of the record were examined.');
      return counts;
    } catch (error) {
      logger.error({ err: error }, 'The times of the record could not be examined; it is tried again.');
      return null;
    }
  }

  private async search(today: string): Promise<ForensicSearchCounts | null> {
    const { store, clock, book: inForce, found: tell, isOurs, isTelling } = this.ports;
    const book = inForce();
    const until = clock.now();
    const { calendar, ruleset } = book.newest;
    const { zeroMonths } = forensicSettings(ruleset.document.forensics);
    const lastMonth = monthAt(calendar, until);
    const back = Math.max(LEAST_MONTHS_BACK, zeroMonths ?? 0);
    const from = startOfMonth(calendar, addMonths(lastMonth, -back));
    const examination = new Examination(book, from, until);
    if (!(await this.readAll(examination, from - FILED_AGAIN_MS))) return null;
    const result = await this.resultOf(examination);
    if (result === null) return null;
    const { findings, tests, cases } = result;
    const periods = Array.from({ length: back + 1 }, (_, index) => addMonths(lastMonth, index - back));
    const by = `${ruleset.version} ${calendar.version}`;
    const before = await loadSetting(store, SEARCHED_BY);
    // What other rules find in the same record is no news by itself: a person may release it.
    const mutedBecause = before === null || before === by ? null : 'rule';
    const changes = await store.write(async (transaction) => {
      const written = await replacePatternFindings(transaction, findings, periods, until);
      await saveSetting(transaction, SEARCHED_ON, today);
      await saveSetting(transaction, SEARCHED_BY, by);
      if (isTelling())
        await enqueueNotices(transaction, patternNotices(written, NOTICE_SHARD, until, mutedBecause), until);
      return written;
    });
    if (isOurs()) tell(changes.found);
    return {
      ...{ cases, tests, findings: findings.length },
      ...{ found: changes.found.length, superseded: changes.superseded.length },
    };
  }

  /** Reckons step by step, with turns for others in between; null when the process stops. */
  private async resultOf(examination: Examination): Promise<ExaminationResult | null> {
    const steps = examination.steps();
    for (;;) {
      const step = steps.next();
      if (step.done === true) return step.value;
      await nextTurn();
      if (this.stopping) return null;
    }
  }

  /** @returns whether all were read: false when the process stops, or another one searches now. */
  private async readAll(examination: Examination, since: number): Promise<boolean> {
    const { store, isOurs, logger } = this.ports;
    for (let after = ''; ;) {
      if (this.stopping || !isOurs()) return false;
      const caseNos = await caseNosSince(store, since, after, PAGE);
      for (const [caseNo, events] of await loadTimelines(store, caseNos))
        try {
          examination.add(caseNo, events);
        } catch (error) {
          // The judge has told of a case that makes the rules throw; it must not hide all others here.
          logger.debug({ caseNo, err: error }, 'A case that cannot be judged is not examined.');
        }
      this.examined.inc(caseNos.length);
      if (caseNos.length < PAGE) return true;
      after = caseNos[caseNos.length - 1]!;
      await nextTurn();
    }
  }
}
