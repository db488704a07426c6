import type { RulesetDocument } from '@mingjian/contracts';
import type { WorkingCalendar } from '../calendar';
import { canonicalJson } from '../clock/preferred-event';
import type { CompiledRuleset } from './compile-rules';
import { compileRuleset } from './compile-rules';

/** The ruleset by which a case is judged, with its calendar. */
export interface RulesInForce {
  ruleset: CompiledRuleset;
  calendar: WorkingCalendar;
}

/** Rulesets that do not fit together or name a calendar that is not there. */
export class RuleBookError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'RuleBookError';
  }
}

/**
 * All versions of a site's ruleset with their calendars. A case is judged by the version in force on the day of its
 * acceptance: rules do not reach back.
 */
export class RuleBook {
  /** In order of `inForceFrom`. */
  readonly rulesets: readonly CompiledRuleset[];
  /** Canonical text of everything that a verdict rests on; two books with one text give the same verdicts. */
  readonly canonicalText: string;

  private readonly inForce: RulesInForce[];

  /** @throws RuleBookError when there is no ruleset, two share a day of entry into force, or a calendar is missing. */
  constructor(documents: readonly RulesetDocument[], calendars: ReadonlyMap<string, WorkingCalendar>) {
    if (documents.length === 0) throw new RuleBookError('no ruleset: at least one document is needed');
    this.rulesets = documents
      .map(compileRuleset)
      .sort((a, b) => (a.inForceFrom < b.inForceFrom ? -1 : a.inForceFrom > b.inForceFrom ? 1 : 0));
    this.inForce = this.rulesets.map((ruleset, index) => {
      const previous = this.rulesets[index - 1];
      if (previous && previous.id !== ruleset.id)
        throw new RuleBookError(
          `rulesets "${previous.id}" and "${ruleset.id}": one book holds versions of one ruleset`,
        );
      if (previous?.inForceFrom === ruleset.inForceFrom)
        throw new RuleBookError(
          `ruleset ${ruleset.id}: versions ${previous.version} and ${ruleset.version} are both in force from ${ruleset.inForceFrom}`,
        );
      const calendar = calendars.get(ruleset.calendar);
      if (!calendar)
        throw new RuleBookError(
          `ruleset ${ruleset.id} ${ruleset.version} names calendar "${ruleset.calendar}"; known are: ${[...calendars.keys()].join(', ') || 'none'}`,
        );
      return { ruleset, calendar };
    });
    const used = new Map(this.inForce.map(({ calendar }) => [calendar.id, calendar]));
    this.canonicalText = canonicalJson([
      this.rulesets.map((ruleset) => ruleset.document),
      [...used.values()].map((calendar) => calendar.document),
    ]);
  }

  /** The rules in force on the local day of `instant`; null before the first version. */
  selectAt(instant: number): RulesInForce | null {
    for (let index = this.inForce.length - 1; index >= 0; index--) {
      const rules = this.inForce[index]!;
      if (rules.calendar.dayOf(instant) >= rules.ruleset.inForceFromDay) return rules;
    }
    return null;
  }

  /** The calendar that a ruleset of this book counts by. */
  calendarOf(ruleset: CompiledRuleset): WorkingCalendar {
    return this.inForce[this.rulesets.indexOf(ruleset)]!.calendar;
  }

  /** The newest version, which speaks for a case whose time of acceptance is not known. */
  get newest(): RulesInForce {
    return this.inForce[this.inForce.length - 1]!;
  }
}
