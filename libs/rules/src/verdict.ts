import type { ClockKind, FindingSeverity, IssueMode, ItemClass, Light } from '@mingjian/contracts';

/** What a clock is doing during a span. */
export type ClockPhase = 'running' | 'suspended' | 'overdue' | 'finished' | 'unknown';

/**
 * A stretch of a clock's life with one light, one phase and one due instant. Spans follow each other without a gap; the
 * last one has no end. Instants are epoch milliseconds (UTC).
 */
export interface LightSpan {
  from: number;
  light: Light;
  phase: ClockPhase;
  /** Last instant still in time; null while suspended or unknown. */
  dueAt: number | null;
  /** What began the span: the passing of time, or an event of the case. */
  cause: 'time' | 'event';
}

/** One clock of a case over its whole life, past and to come: its light at any instant can be read off. */
export interface ClockTrack {
  /** `promise`, `acceptance#2`, `suspension#1`, `step:review`, `step:review#2`, `issuance:review`, `rectification#1` … */
  clock: string;
  kind: ClockKind;
  step: string | null;
  post: string | null;
  /** Who answers for the clock; null: the department of the case. */
  department: string | null;
  /** Whether its lights come on by themselves or wait for a person. */
  issue: IssueMode;
  startedAt: number;
  finishedAt: number | null;
  /** The limit in ruleset notation; `carried` where the case carries its due instant; null where there is none. */
  limit: string | null;
  /** True where the answer leaves the published part of the calendar. */
  provisional: boolean;
  /** Steps, what follows from their silence, and ratings have lights of their own and do not colour the case. */
  countsForCase: boolean;
  /** Why the clock is grey: `no-limit`, `contradiction`; null otherwise. */
  unknownBecause: string | null;
  spans: LightSpan[];
  /** Suspensions that held this clock, merged, in order; `to` is null while one is open. */
  suspensions: readonly { from: number; to: number | null }[];
  /** Extensions that moved this clock. */
  extensions: readonly { at: number; days: number; eventId: string }[];
}

/** A procedure or data-quality finding (发现), with the evidence. Codes: docs of libs/rules and domain rule catalogue. */
export interface Finding {
  code: string;
  severity: FindingSeverity;
  /** What the finding is about, stable: an event id, a clock, a step. Part of its identity. */
  ref: string;
  at: number | null;
  detail: Record<string, string | number | null>;
}

export type CaseOutcome =
  'granted' | 'refused' | 'not-accepted' | 'withdrawn' | 'returned' | 'voided' | 'forwarded' | 'decided';

/** Everything the rules say about a case, independent of the instant: derived from the timeline alone. */
export interface CaseTracks {
  caseNo: string;
  itemCode: string | null;
  itemName: string | null;
  itemClass: ItemClass | null;
  department: string | null;
  ruleset: string;
  rulesetVersion: string;
  calendar: string;
  calendarVersion: string;
  /** Reported, or deemed (Art. 32); known from {@link acceptedKnownAt} on. */
  acceptedAt: number | null;
  /** First instant at which the acceptance is known: for a deemed one, when the limit has run out. */
  acceptedKnownAt: number | null;
  /** When the case ended, whatever is still to be delivered; {@link outcome} is known from then on. */
  endedAt: number | null;
  /** When the case ended for every clock; null while something can still happen. */
  closedAt: number | null;
  outcome: CaseOutcome | null;
  /** Why the whole case is grey (`no-item`, `unknown-item`, `no-start`, `no-rule-in-force`, `not-supervised`); null otherwise. */
  unknownBecause: string | null;
  clocks: ClockTrack[];
  /** Also those that the passing of time will make: a verdict holds the ones up to its instant. */
  findings: Finding[];
}

/** One clock at an instant. */
export interface ClockVerdict {
  clock: string;
  kind: ClockKind;
  /** Who answers for the clock; null: the department of the case. */
  department: string | null;
  issue: IssueMode;
  light: Light;
  phase: ClockPhase;
  limit: string | null;
  startedAt: number;
  dueAt: number | null;
  since: number;
  finishedAt: number | null;
  provisional: boolean;
}

/**
 * A case at an instant: the worst light of its clocks, with that clock named. Holds only what has become true by then:
 * nothing that the passing of time has yet to bring.
 */
export interface CaseVerdict {
  caseNo: string;
  open: boolean;
  light: Light;
  /** The clock that decides the light; null for a case without clocks. */
  clock: string | null;
  dueAt: number | null;
  since: number | null;
  /** Start of the decision clocks; null until it is known: a deemed acceptance is not before the limit ran out. */
  acceptedAt: number | null;
  /** Null until the case has ended. */
  outcome: CaseOutcome | null;
  /** Those with an instant up to that of the verdict, and those without one. */
  findings: readonly Finding[];
  /** Worst light of the step clocks; a step can be red while the case is green. */
  stepLight: Light;
  provisional: boolean;
  clocks: ClockVerdict[];
  /** First instant after `at` at which anything here changes with no new event; null when nothing will. */
  nextChangeAt: number | null;
}

/** A change of one clock's light: the instant it became true, never the instant somebody looked. */
export interface TrackedChange {
  clock: string;
  kind: ClockKind;
  /** Who answers for the clock; null: the department of the case. */
  department: string | null;
  /** The post of the step that the clock measures, where one is named. */
  post: string | null;
  issue: IssueMode;
  from: Light | null;
  to: Light;
  becameAt: number;
  dueAt: number | null;
  cause: 'time' | 'event';
}
