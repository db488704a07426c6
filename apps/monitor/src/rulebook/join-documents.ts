import { contradiction, type Problem } from '@mingjian/contracts';
import type { ApprovedDocument, ReadCalendar, ReadRuleset, RuleDocument } from './rule-document';

export { contradiction };

/** Documents read from files and approved ones, each kind apart. */
export interface ReadDocuments<Origin extends RuleDocument = RuleDocument> {
  rulesets: readonly ReadRuleset<Origin>[];
  calendars: readonly ReadCalendar<Origin>[];
}

/** What holds of all that was read. */
export interface JoinedDocuments {
  rulesets: ReadRuleset[];
  calendars: ReadCalendar[];
  /** Rulesets in whose place a later approval stepped before they were over. */
  superseded: RuleDocument[];
  problems: Problem[];
}

/**
 * What holds: files and what was approved (in order of approval).
 *
 * - A ruleset approved later takes the place, from its day on, of those approved earlier for that day or a later one.
 * - Of a calendar the one approved last holds, in place of its file.
 * - A file that says the same as something approved is a copy of that, and counts for nothing.
 * - Files are never set aside: one that contradicts what was approved is a problem, which says what to do.
 */
export function joinDocuments(
  files: ReadDocuments,
  approved: ReadDocuments<ApprovedDocument>,
): JoinedDocuments {
  const problems: Problem[] = [];
  const { held, superseded } = holding(approved.rulesets);
  const copies = new Set(approved.rulesets.map(({ document }) => document.digest));
  const own = files.rulesets.filter(({ document }) => !copies.has(document.digest));
  for (const file of own)
    for (const one of held)
      if (
        file.document.inForceFrom === one.document.inForceFrom ||
        file.document.version === one.document.version
      )
        problems.push(contradiction(file.document, one.document));
  return {
    rulesets: [...own, ...held],
    calendars: holdingCalendars(files.calendars, approved.calendars, problems),
    superseded,
    problems,
  };
}

function holding(approved: readonly ReadRuleset<ApprovedDocument>[]): {
  held: ReadRuleset<ApprovedDocument>[];
  superseded: RuleDocument[];
} {
  let held: ReadRuleset<ApprovedDocument>[] = [];
  const superseded: RuleDocument[] = [];
  for (const one of approved) {
    const goesOn = ({ parsed }: ReadRuleset): boolean => parsed.inForceFrom < one.parsed.inForceFrom;
    superseded.push(...held.filter((other) => !goesOn(other)).map(({ document }) => document));
    held = [...held.filter(goesOn), one];
  }
  return { held, superseded };
}

function holdingCalendars(
  files: readonly ReadCalendar[],
  approved: readonly ReadCalendar<ApprovedDocument>[],
  problems: Problem[],
): ReadCalendar[] {
  const calendars = new Map(files.map((file) => [file.parsed.calendar, file]));
  const known = new Set(approved.flatMap(({ document }) => [document.digest, document.baseDigest]));
  for (const one of approved) calendars.set(one.parsed.calendar, one);
  for (const file of files) {
    const held = calendars.get(file.parsed.calendar);
    if (held === undefined || held === file || known.has(file.document.digest)) continue;
    problems.push(contradiction(file.document, held.document));
  }
  return [...calendars.values()];
}
