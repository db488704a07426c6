import { setImmediate as nextTurn } from 'node:timers/promises';
import { Counter, type Registry } from 'prom-client';
import type { RuleBook } from '@mingjian/rules';
import type { Clock, Logger } from '@mingjian/runtime';
import { loadCaseFiles, loadTimelines, type Store } from '@mingjian/store';
import { CaseWalk } from './case-walk';
import { compareOpinions, documentsOf, type OpinionDifference, type RuleDocuments } from './compare-opinions';

/** Differences remembered so that each is told once; beyond this many the oldest is forgotten. */
const MOST_REMEMBERED = 10_000;

/** What the check is given. */
export interface SecondOpinionPorts {
  store: Store;
  /** The clock by which cases are judged. */
  clock: Clock;
  registry: Registry;
  logger: Logger;
  /** The book in force. */
  book: () => RuleBook;
  /** Whether rows are being brought in line with other rules: until then they may differ. */
  isRejudging: () => boolean;
  /** A number from 0 up to, not including, 1. */
  choose: () => number;
  /** What the second judge reads; the documents of the book in force unless a test says otherwise. */
  documents?: (book: RuleBook) => RuleDocuments;
}

/** What one run did. */
export interface SecondOpinionCounts {
  checked: number;
  /** Differences that were not known before. */
  mismatches: number;
}

/**
 * Asks the second judge about a few cases at a time, all the while that the monitor runs, and tells where it differs.
 *
 * Guarantees: reads only; one case at a time, and other work gets its turn in between; a run never rejects; each
 * difference is counted and logged once in the life of the process. Does nothing while the cases are being judged again.
 * Not guaranteed: that a difference which passes between two looks is seen.
 */
export class SecondOpinionCheck {
  private readonly walk: CaseWalk;
  private readonly checked: Counter;
  private readonly mismatches: Counter;
  private readonly known = new Set<string>();
  private running: Promise<unknown> = Promise.resolve();
  private stopping = false;

  /** @param cases most cases of one run */
  constructor(
    private readonly ports: SecondOpinionPorts,
    private readonly cases: number,
  ) {
    const registers = [ports.registry];
    this.walk = new CaseWalk(ports.store, ports.choose);
    this.checked = new Counter({
      name: 'mingjian_second_opinion_checked_total',
      help: 'Cases whose lights the second judge was asked about',
      registers,
    });
    this.mismatches = new Counter({
      name: 'mingjian_second_opinion_mismatches_total',
      help: 'Differences between the two judges, or a judge and a stored row; anything but 0 is an error of ours',
      registers,
    });
  }

  /** Runs after a run in progress. Never rejects. */
  runOnce(): Promise<SecondOpinionCounts> {
    const run = this.running.then(() => this.checkSome());
    this.running = run;
    return run;
  }

  /** Finishes the case in hand and begins no other. */
  async stop(): Promise<void> {
    this.stopping = true;
    await this.running;
  }

  private async checkSome(): Promise<SecondOpinionCounts> {
    const counts: SecondOpinionCounts = { checked: 0, mismatches: 0 };
    if (this.mustWait) return counts;
    try {
      for (const caseNo of await this.walk.next(this.cases)) {
        await nextTurn();
        if (this.mustWait) break;
        await this.check(caseNo, counts);
      }
    } catch (error) {
      this.ports.logger.error({ err: error }, 'The second opinion could not be asked; it is asked again.');
    }
    return counts;
  }

  /**
   * Row and timeline are two reads, and a commit may come between: a difference is believed where a second look still
   * sees it.
   */
  private async check(caseNo: string, counts: SecondOpinionCounts): Promise<void> {
    let found = await this.look(caseNo);
    if (found === null) return;
    if (found.length > 0) {
      const before = new Set(found.map(subjectOf));
      await nextTurn();
      found = await this.look(caseNo);
      if (found === null || this.mustWait) return;
      found = found.filter((difference) => before.has(subjectOf(difference)));
    }
    counts.checked++;
    this.checked.inc();
    for (const difference of found) if (this.tell(caseNo, difference)) counts.mismatches++;
  }

  /** Null where there is nothing to compare: the first judge fails on the case, which is counted elsewhere. */
  private async look(caseNo: string): Promise<OpinionDifference[] | null> {
    const { store, clock, book: bookInForce, documents = documentsOf } = this.ports;
    const row = (await loadCaseFiles(store, [caseNo])).get(caseNo);
    const events = (await loadTimelines(store, [caseNo])).get(caseNo) ?? [];
    const book = bookInForce();
    try {
      return compareOpinions({ caseNo, events, row }, book, documents(book), clock.now());
    } catch (error) {
      this.ports.logger.debug({ caseNo, err: error }, 'A case that cannot be judged has no second opinion.');
      return null;
    }
  }

  /** @returns whether the difference is a new one. */
  private tell(caseNo: string, difference: OpinionDifference): boolean {
    const key = JSON.stringify([caseNo, subjectOf(difference), difference.first, difference.second]);
    if (this.known.has(key)) return false;
    this.known.add(key);
    for (const oldest of this.known) {
      if (this.known.size <= MOST_REMEMBERED) break;
      this.known.delete(oldest);
    }
    this.mismatches.inc();
    this.ports.logger.error({ caseNo, ...difference }, 'The second opinion differs.');
    return true;
  }

  private get mustWait(): boolean {
    return this.stopping || this.ports.isRejudging();
  }
}

function subjectOf({ about, clock }: OpinionDifference): string {
  return clock === null ? about : `${about} ${clock}`;
}
