import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Clock, Logger } from '@mingjian/runtime';
import { BESIDE_THE_SHARDS, loadSetting, saveSetting, type Queryable, type Store } from '@mingjian/store';
import { ActRefused } from '../acts/act-refused';
import type { LoadedRuleBook } from '../rulebook/load-rule-book';

/** A kind of matter that time changes: how the sweep finds it and moves it on. */
export interface SweptMatter {
  name: string;
  due(from: Queryable, at: number, limit: number): Promise<readonly { id: number }[]>;
  open(from: Queryable, after: number, limit: number): Promise<readonly { id: number }[]>;
  /** @returns whether anything was written. */
  advance(id: number, at: number, isOtherRules: boolean): Promise<boolean>;
}

/** What a run did. */
export interface ActSweepCounts {
  /** Matters of which something was written. */
  changed: number;
  /** Orders that rules asked for. */
  issued: number;
}

const BATCH = 200;
const RULES_SEEN = 'act_rules_digest';

/**
 * Turns the lights of orders and appeals that the passing of time turns, climbs the ladder, and issues what rules ask for.
 *
 * Guarantees: each thing stands on record once, however often, late or by how many processes it runs; after other rules or
 * calendars came into force every open matter is looked at, and what only they brought is told to nobody by itself.
 */
export class ActSweep {
  private running: Promise<unknown> = Promise.resolve();
  private stopping = false;
  private restored = false;

  constructor(
    private readonly store: Store,
    private readonly clock: Clock,
    private readonly logger: Logger,
    private readonly rules: () => LoadedRuleBook,
    private readonly matters: readonly SweptMatter[],
    private readonly issueByRule: (at: number) => Promise<number>,
    /** What a rebuild of the store left out; done once, before the first run. */
    private readonly restore: () => Promise<unknown>,
  ) {}

  /** Runs after a run in progress. */
  runOnce(at = this.clock.now()): Promise<ActSweepCounts> {
    const run = this.running.then(() => this.sweep(at));
    this.running = run.catch(() => undefined);
    return run;
  }

  /** Finishes the matter in hand and begins no other. */
  async stop(): Promise<void> {
    this.stopping = true;
    await this.running;
  }

  private async sweep(at: number): Promise<ActSweepCounts> {
    if (!this.restored) await this.restore();
    this.restored = true;
    let changed = await this.sweepOpen(at);
    for (const matter of this.matters) changed += await this.sweepDue(matter, at);
    const issued = this.stopping ? 0 : await this.issueByRule(at);
    return { changed, issued };
  }

  private async sweepDue(matter: SweptMatter, at: number): Promise<number> {
    let changed = 0;
    for (;;) {
      const due = await matter.due(this.store, at, BATCH);
      let moved = 0;
      for (const { id } of due) if (!this.stopping && (await this.advance(matter, id, at, false))) moved++;
      changed += moved;
      // None moved: another process has them in hand, or they are stuck; the next run looks again.
      if (this.stopping || due.length < BATCH || moved === 0) return changed;
    }
  }

  /** All that is open, once after other rules came into force. */
  private async sweepOpen(at: number): Promise<number> {
    const { rulesetDigest, calendarDigest } = this.rules();
    const digest = `${rulesetDigest}/${calendarDigest}`;
    const seen = await loadSetting(this.store, RULES_SEEN);
    if (seen === digest) return 0;
    let changed = 0;
    for (const matter of seen === null ? [] : this.matters) {
      let after = 0;
      for (;;) {
        const open = await matter.open(this.store, after, BATCH);
        const last = open[open.length - 1];
        if (last === undefined) break;
        for (const { id } of open) if (await this.advance(matter, id, at, true)) changed++;
        if (this.stopping) return changed;
        after = last.id;
      }
    }
    await this.store.write((transaction) => saveSetting(transaction, RULES_SEEN, digest), BESIDE_THE_SHARDS);
    return changed;
  }

  private async advance(
    matter: SweptMatter,
    id: number,
    at: number,
    isOtherRules: boolean,
  ): Promise<boolean> {
    await nextTurn();
    try {
      return await matter.advance(id, at, isOtherRules);
    } catch (error) {
      // Somebody acted at the same moment and did what was to be done.
      if (error instanceof ActRefused && error.reason === 'stale-version') return false;
      this.logger.error({ err: error, matter: matter.name, id }, 'An order or appeal could not be moved on.');
      return false;
    }
  }
}
