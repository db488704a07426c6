import type { Light, TimelineEvent } from '@mingjian/contracts';
import { judgeCase, secondOpinion, verdictAt, type ClockPhase, type RuleBook } from '@mingjian/rules';
import type { CaseFileRow } from '@mingjian/store';

/** What a judge says of one clock. `dueAt` is epoch milliseconds (UTC). */
export interface ClockAnswer {
  light: Light;
  phase: ClockPhase;
  dueAt: number | null;
}

/** Where the second judge does not say what the first one says, or what the row says. */
export interface OpinionDifference {
  /** The light of the case, the light that its row stores, or one clock. */
  about: 'case' | 'row' | 'clock';
  /** Null unless one clock is meant. */
  clock: string | null;
  /** What holds in production; null where it knows of no such clock, or no row is stored. */
  first: ClockAnswer | { light: Light } | null;
  /** Null where the second judge sees no such clock; an error where it could not answer. */
  second: ClockAnswer | { light: Light } | { error: string } | null;
}

/** A case as it is stored. */
export interface StoredCase {
  caseNo: string;
  events: readonly TimelineEvent[];
  row: CaseFileRow | undefined;
}

/**
 * Judges a case by both judges at `at` (epoch milliseconds) and tells every difference: the case light, of each clock
 * light, phase and due instant, and the light of the stored row where the row speaks for `at`. Empty: they agree.
 * @param second the documents that the second judge reads; those of `book` in production
 * @throws what the first judge throws: such a case is grey and counted as a failed judgement, not as a difference.
 */
export function compareOpinions(
  { caseNo, events, row }: StoredCase,
  book: RuleBook,
  second: RuleDocuments,
  at: number,
): OpinionDifference[] {
  const verdict = verdictAt(judgeCase(caseNo, events, book), at);
  let opinion: ReturnType<typeof secondOpinion>;
  try {
    opinion = secondOpinion(caseNo, events, second.rulesets, second.calendars, at);
  } catch (error) {
    return [
      { about: 'case', clock: null, first: { light: verdict.light }, second: { error: String(error) } },
    ];
  }
  const found: OpinionDifference[] = [];
  const lights = { first: { light: verdict.light }, second: { light: opinion.light } };
  if (verdict.light !== opinion.light) found.push({ about: 'case', clock: null, ...lights });
  if (row === undefined) found.push({ about: 'row', clock: null, first: null, second: lights.second });
  else if (speaksFor(row, at) && row.light !== opinion.light)
    found.push({ about: 'row', clock: null, first: { light: row.light }, second: lights.second });
  const ours = new Map(verdict.clocks.map((clock) => [clock.clock, answerOf(clock)]));
  const theirs = new Map(opinion.clocks.map((clock) => [clock.clock, answerOf(clock)]));
  for (const clock of new Set([...ours.keys(), ...theirs.keys()])) {
    const answers = { first: ours.get(clock) ?? null, second: theirs.get(clock) ?? null };
    if (!isSame(answers.first, answers.second)) found.push({ about: 'clock', clock, ...answers });
  }
  return found;
}

/** The documents of a book, as people wrote them. */
export interface RuleDocuments {
  rulesets: Parameters<typeof secondOpinion>[2];
  calendars: Parameters<typeof secondOpinion>[3];
}

export function documentsOf(book: RuleBook): RuleDocuments {
  return {
    rulesets: book.rulesets.map(({ document }) => document),
    calendars: [...new Set(book.rulesets.map((ruleset) => book.calendarOf(ruleset).document))],
  };
}

/**
 * A row says what was true when it was judged, and that nothing changes before `nextChangeAt`. It says nothing of an
 * earlier instant (the clock was set back), of one that the sweep has yet to come to, nor where judging failed.
 */
function speaksFor({ judgedAt, nextChangeAt, unknownBecause }: CaseFileRow, at: number): boolean {
  return judgedAt <= at && at < (nextChangeAt ?? Infinity) && unknownBecause !== 'judge-failed';
}

function answerOf({ light, phase, dueAt }: ClockAnswer): ClockAnswer {
  return { light, phase, dueAt };
}

function isSame(a: ClockAnswer | null, b: ClockAnswer | null): boolean {
  return a?.light === b?.light && a?.phase === b?.phase && a?.dueAt === b?.dueAt;
}
