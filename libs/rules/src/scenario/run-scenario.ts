import type {
  ScenarioDocument,
  ScenarioEvent,
  ScenarioExpectation,
  TimelineEvent,
} from '@mingjian/contracts';
import { formatInstant, parseInstant } from '../calendar/parse-instant';
import { dateTextOf, dayNumberOf } from '../calendar/local-date';
import type { WorkingCalendar } from '../calendar/working-calendar';
import { judgeCase } from '../judge-case';
import { verdictAt } from '../light/verdict-at';
import { asKnownAt } from '../ruleset/as-known-at';
import { happenedBy } from '../ruleset/backtest';
import type { RuleBook } from '../ruleset/rule-book';
import type { CaseVerdict, ClockVerdict, Finding } from '../verdict';

/** One expectation that does not hold. Texts are as a person writes them, times in the calendar's zone. */
export interface ScenarioDifference {
  /** Where it stands in the document: `['expect', 2, 'clocks', 'statutory', 'light']`. */
  path: (string | number)[];
  /** The instant of the expectation, as written. */
  at: string;
  expected: string;
  found: string;
}

/** What a run found, and how many statements it compared. */
export interface ScenarioResult {
  compared: number;
  differences: ScenarioDifference[];
}

const CASE_NO = 'scenario';
const NONE = 'none';

/**
 * Runs a rule test: judges the case at each instant that it names, with what had happened and was known by then.
 *
 * Guarantees: pure; only what is written is compared; a retraction, a calendar entry and a version of the ruleset take
 * effect when they become known; a finding shows from its instant on. Times without an offset are in the zone of the book's newest calendar.
 */
export function runScenario(scenario: ScenarioDocument, book: RuleBook): ScenarioResult {
  const { calendar } = book.newest;
  const events = scenario.events.map((event, index) => eventOf(event, index, calendar));
  const result: ScenarioResult = { compared: 0, differences: [] };
  scenario.expect.forEach((expectation, index) =>
    compare(expectation, index, events, book, calendar, result),
  );
  return result;
}

function eventOf(event: ScenarioEvent, index: number, { zone }: WorkingCalendar): TimelineEvent {
  const occurredAt = parseInstant(event.at, zone);
  const receivedAt = event.receivedAt === undefined ? null : parseInstant(event.receivedAt, zone);
  return {
    source: 'urn:scenario',
    id: event.id ?? `e${index + 1}`,
    type: event.type,
    caseNo: CASE_NO,
    occurredAt,
    receivedAt,
    data: event.data,
  };
}

function compare(
  expectation: ScenarioExpectation,
  index: number,
  events: readonly TimelineEvent[],
  book: RuleBook,
  calendar: WorkingCalendar,
  result: ScenarioResult,
): void {
  const at = parseInstant(expectation.at, calendar.zone);
  const knownAt = expectation.knownAt === undefined ? at : parseInstant(expectation.knownAt, calendar.zone);
  const known = asKnownAt(book, happenedBy(events, at), knownAt);
  const verdict = verdictAt(judgeCase(CASE_NO, known.events, known.book), at);
  const check = (field: (string | number)[], expected: string, found: string, isSame?: boolean): void => {
    result.compared++;
    if (isSame ?? expected === found) return;
    result.differences.push({ path: ['expect', index, ...field], at: expectation.at, expected, found });
  };
  compareVerdict(expectation, verdict, calendar, check);
  for (const [name, expected] of Object.entries(expectation.clocks ?? {})) {
    const clock = verdict.clocks.find((candidate) => candidate.clock === name);
    compareClock(name, expected, clock, calendar, check);
  }
  if (expectation.findings !== undefined) compareFindings(expectation.findings, verdict.findings, check);
}

type Check = (field: (string | number)[], expected: string, found: string, isSame?: boolean) => void;

function compareVerdict(
  { light, clock, dueAt, open, stepLight, provisional }: ScenarioExpectation,
  verdict: CaseVerdict,
  calendar: WorkingCalendar,
  check: Check,
): void {
  if (light !== undefined) check(['light'], light, verdict.light);
  if (clock !== undefined) check(['clock'], clock, verdict.clock ?? NONE);
  if (dueAt !== undefined)
    check(['dueAt'], dueText(dueAt, calendar), instantText(verdict.dueAt, calendar.zone));
  if (open !== undefined) check(['open'], String(open), String(verdict.open));
  if (stepLight !== undefined) check(['stepLight'], stepLight, verdict.stepLight);
  if (provisional !== undefined) check(['provisional'], String(provisional), String(verdict.provisional));
}

function compareClock(
  name: string,
  expected: NonNullable<ScenarioExpectation['clocks']>[string],
  found: ClockVerdict | undefined,
  calendar: WorkingCalendar,
  check: Check,
): void {
  if (expected === NONE) return check(['clocks', name], NONE, found === undefined ? NONE : found.light);
  if (found === undefined) return check(['clocks', name], `clock ${name}`, NONE);
  const { light, phase, dueAt, startedAt, provisional } = expected;
  const { zone } = calendar;
  if (light !== undefined) check(['clocks', name, 'light'], light, found.light);
  if (phase !== undefined) check(['clocks', name, 'phase'], phase, found.phase);
  if (dueAt !== undefined)
    check(['clocks', name, 'dueAt'], dueText(dueAt, calendar), instantText(found.dueAt, zone));
  if (startedAt !== undefined)
    check(
      ['clocks', name, 'startedAt'],
      instantText(parseInstant(startedAt, zone), zone),
      instantText(found.startedAt, zone),
    );
  if (provisional !== undefined)
    check(['clocks', name, 'provisional'], String(provisional), String(found.provisional));
}

/** Both ways: every finding that is written is there, and none is there that is not written. */
function compareFindings(expected: readonly string[], findings: readonly Finding[], check: Check): void {
  const found = [
    ...new Set(findings.map(({ code, detail }) => `${code} ${String(detail.kind ?? '')}`.trim())),
  ];
  const means = (written: string, text: string): boolean =>
    written === text || (!written.includes(' ') && text.startsWith(`${written} `));
  const isSame =
    expected.every((written) => found.some((text) => means(written, text))) &&
    found.every((text) => expected.some((written) => means(written, text)));
  check(['findings'], expected.join(', ') || NONE, found.sort().join(', ') || NONE, isSame);
}

/** A date alone is the end of that day: limits in days are due then. */
function dueText(written: string, { zone }: WorkingCalendar): string {
  if (written === NONE) return NONE;
  if (!/^\d{4}-\d{2}-\d{2}$/.test(written)) return instantText(parseInstant(written, zone), zone);
  const nextDay = dateTextOf(dayNumberOf(written) + 1);
  return instantText(parseInstant(nextDay, zone) - 1, zone);
}

function instantText(instant: number | null, zone: WorkingCalendar['zone']): string {
  return instant === null ? NONE : formatInstant(instant, zone).replace('T', ' ');
}
