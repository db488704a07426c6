import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Clock, Logger } from '@mingjian/runtime';
import { loadSetting, nextCaseNos, saveSetting, type Store, type SupersededBecause } from '@mingjian/store';
import type { CaseJudge, Judgement } from '../judge/case-judge';
import type { LoadedRuleBook } from './load-rule-book';

const RULESET_DIGEST = 'ruleset_digest';
const CALENDAR_DIGEST = 'calendar_digest';

/** Log a line of progress after this many cases. */
const PROGRESS_EVERY = 20_000;

/**
 * Judges every case again when other rules or calendars are in force than those that judged the rows.
 *
 * 1. Compare the digests of the book with those remembered.
 * 2. Walk over all timelines in bounded batches; intake and sweep go on in between and use the new book already.
 * 3. Remember the digests at the end only: after a crash the walk is repeated, and what is done already changes
 *    nothing.
 */
export class RejudgeAll {
  private because: SupersededBecause | null = null;
  private running: Promise<void> = Promise.resolve();
  private runs = 0;
  private stopping = false;

  constructor(
    private readonly store: Store,
    private readonly judge: CaseJudge,
    private readonly book: () => LoadedRuleBook,
    private readonly clock: Clock,
    private readonly logger: Logger,
    private readonly observe: (judgement: Judgement) => void,
    private readonly batch: number,
  ) {}

  /** Why a judgement made now may supersede rows: other rules while a walk is under way, late data otherwise. */
  get supersededBecause(): SupersededBecause {
    return this.because ?? 'late_data';
  }

  /** Judges again where needed, after a walk in progress. Resolves when rows and rules agree, or on {@link stop}. */
  runOnce(): Promise<void> {
    this.runs++;
    const run = this.running.then(() => this.untilRowsAndRulesAgree()).finally(() => this.runs--);
    this.running = run.catch(() => undefined);
    return run;
  }

  /** Whether it is being found out or brought about that rows and rules agree: until then they may not. */
  get isUnderWay(): boolean {
    return this.runs > 0;
  }

  async stop(): Promise<void> {
    this.stopping = true;
    await this.running;
  }

  private async untilRowsAndRulesAgree(): Promise<void> {
    while (!this.stopping) {
      // Files can change again during the walk: what is remembered is what the walk began with.
      const book = this.book();
      const rulesets = await loadSetting(this.store, RULESET_DIGEST);
      const calendars = await loadSetting(this.store, CALENDAR_DIGEST);
      if (rulesets === book.rulesetDigest && calendars === book.calendarDigest) return;
      this.because = rulesets === book.rulesetDigest ? 'calendar' : 'rule';
      try {
        if (rulesets !== null && !(await this.walk(this.because))) return;
        await this.store.write(async (transaction) => {
          await saveSetting(transaction, RULESET_DIGEST, book.rulesetDigest);
          await saveSetting(transaction, CALENDAR_DIGEST, book.calendarDigest);
        });
      } finally {
        this.because = null;
      }
    }
  }

  /** @returns false where it was stopped before the end. */
  private async walk(because: SupersededBecause): Promise<boolean> {
    this.logger.info({ because }, 'Rules differ from those that judged the cases: judging all cases again.');
    let cases = 0;
    let changes = 0;
    let logged = 0;
    let after = '';
    for (;;) {
      if (this.stopping) return false;
      const caseNos = await nextCaseNos(this.store, after, this.batch);
      if (caseNos.length === 0) break;
      const judgement = await this.judge.judgeAgain(caseNos, this.clock.now());
      for (const { caseNo, error } of judgement.failures)
        this.logger.error({ caseNo, err: error }, 'A case could not be judged again.');
      this.observe(judgement);
      cases += judgement.cases;
      changes += judgement.changes.length;
      if (cases - logged >= PROGRESS_EVERY) {
        logged = cases;
        this.logger.info({ cases, changes }, 'Judging all cases again.');
      }
      after = caseNos[caseNos.length - 1] ?? after;
      await nextTurn();
    }
    this.logger.info({ cases, changes }, 'All cases are judged by the rules in force.');
    return true;
  }
}
