import { stat } from 'node:fs/promises';
import { BadInputError, problemText } from '@mingjian/contracts';
import type { Logger } from '@mingjian/runtime';
import { z } from 'zod';
import { NOTHING_APPROVED, type ApprovedSource } from './approved-documents';
import { documentFiles, loadRuleBook, type LoadedRuleBook, type RuleBookPaths } from './load-rule-book';

/**
 * Holds the rule book in force and follows its files and what is approved.
 * Guarantees: there is always a whole, valid book; a bad file keeps the old one in force, is logged with every
 * problem once, and makes {@link isLoadSuccessful} false until it is mended.
 */
export class RuleBookKeeper {
  /** Of what was loaded last, or could not be used; null: not known. */
  private stamp: string | null = null;
  private looking: Promise<unknown> = Promise.resolve();
  private loaded: LoadedRuleBook | null = null;
  private loadSucceeded = false;

  constructor(
    private readonly paths: RuleBookPaths,
    private readonly logger: Logger,
    private readonly approved: ApprovedSource = NOTHING_APPROVED,
  ) {}

  /** The book in force. @throws before {@link load} succeeded. */
  get current(): LoadedRuleBook {
    if (this.loaded === null) throw new Error('no rule book is loaded yet');
    return this.loaded;
  }

  /** Whether the files and approvals as they are now are in force. */
  get isLoadSuccessful(): boolean {
    return this.loadSucceeded;
  }

  /** Loads files and approvals. @throws BadInputError with every problem; a book in force stays in force. */
  async load(): Promise<void> {
    this.stamp = await this.stampOf();
    this.loadSucceeded = false;
    this.loaded = await loadRuleBook(this.paths, await this.approved.load());
    this.loadSucceeded = true;
  }

  /**
   * Loads again where a file changed or something was approved, after a look that is under way: none is overtaken by an
   * earlier one. What could not be asked is asked at the next look. @returns whether other rules are in force now.
   */
  reloadIfChanged(): Promise<boolean> {
    const look = this.looking.then(() => this.look());
    this.looking = look.catch(() => undefined);
    return look;
  }

  private async look(): Promise<boolean> {
    if ((await this.stampOf()) === this.stamp) return false;
    const before = this.loaded;
    try {
      await this.load();
    } catch (error) {
      const isOfRules = error instanceof BadInputError || error instanceof z.ZodError;
      // A store that did not answer says nothing about the rules: the next look loads them.
      if (!isOfRules) this.stamp = null;
      const problems = error instanceof BadInputError ? error.problems.map(problemText) : [String(error)];
      this.logger.error({ problems }, 'The changed rules cannot be used; those loaded before stay in force.');
      return false;
    }
    const isOther =
      before?.rulesetDigest !== this.current.rulesetDigest ||
      before.calendarDigest !== this.current.calendarDigest;
    if (isOther) this.logger.info({ digest: this.current.rulesetDigest }, 'Changed rules are in force.');
    return isOther;
  }

  /** Names, sizes and times of the files, and the last approval: tells a change without reading them. */
  private async stampOf(): Promise<string> {
    const stamps = [await this.approved.stamp()];
    for (const path of [this.paths.rulesets, this.paths.calendars]) {
      try {
        for (const file of await documentFiles(path)) {
          const { mtimeMs, size } = await stat(file);
          stamps.push(`${file} ${mtimeMs} ${size}`);
        }
      } catch (error) {
        // A path that cannot be read is a state like any other: loading it names the problem.
        stamps.push(`${path} ${error instanceof Error ? error.message : String(error)}`);
      }
    }
    return stamps.join('\n');
  }
}
