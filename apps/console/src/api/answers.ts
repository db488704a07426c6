/** The monitor's answers, as far as these pages read them. Instants are RFC 3339 texts in the calendar's offset. */
export const LIGHTS = ['red', 'yellow', 'grey', 'green'] as const;
export type Light = (typeof LIGHTS)[number];
export type LightCounts = Record<Light, number>;

export interface Named {
  itemCode: string | null;
  itemName: string | null;
  department: string | null;
  departmentName: string | null;
}

export interface Overview {
  now: string;
  demo: { speed: number; city: string } | null;
  lights: LightCounts;
  departments: ({ department: string | null; departmentName: string | null } & LightCounts)[];
  dataDelaySeconds: number;
  logLag: number;
  sources: { alive: number; total: number };
  quarantineHeld: number;
  /** Drafts of rules that wait for whoever asks; null where they change no rules. `only`: the id where it is one alone. */
  drafts: Record<'toDecide' | 'returned', { count: number; only: number | null }> | null;
  ready: boolean;
  isWorkingTime: boolean;
  rules: {
    ruleset: string;
    version: string;
    calendar: string;
    calendarVersion: string;
    calendarDaysLeft: number | null;
    loadSuccessful: boolean;
  };
}

export interface CaseFile extends Named {
  caseNo: string;
  itemClass: string | null;
  open: boolean;
  light: Light;
  stepLight: Light | null;
  clock: string | null;
  dueAt: string | null;
  since: string | null;
  workingMsLeft: number | null;
  workingDaysLeft: number | null;
  provisional: boolean;
  unknownBecause: string | null;
  outcome: string | null;
  acceptedAt: string | null;
  findingCount: number;
  lastEventAt: string;
  rulesetVersion: string;
  calendarVersion: string;
}

export interface CasePage {
  now: string;
  cases: CaseFile[];
  next: string | null;
}

export interface ClockSpan {
  from: string;
  light: Light;
  phase: string;
  dueAt: string | null;
}

export interface CaseClock {
  clock: string;
  light: Light;
  phase: string;
  limit: string | null;
  step: string | null;
  countsForCase: boolean;
  unknownBecause: string | null;
  provisional: boolean;
  startedAt: string;
  dueAt: string | null;
  finishedAt: string | null;
  workingMsLeft: number | null;
  workingDaysLeft: number | null;
  spans: ClockSpan[];
}

export interface ReportedEvent {
  source: string;
  id: string;
  type: string;
  occurredAt: string;
  receivedAt: string | null;
  delaySeconds: number | null;
  data: Record<string, string | number | boolean | undefined>;
  /** Members of `data` that are shown masked. */
  masked: string[];
}

export interface FindingAnswer extends Named {
  id: number;
  caseNo: string;
  code: string;
  severity: string;
  at: string | null;
  text: string;
  supersededAt: string | null;
}

export interface LightChange extends Named {
  id: number;
  caseNo: string;
  clock: string;
  from: Light | null;
  to: Light;
  reason: string;
  becameAt: string;
  detectedAt: string;
  dueAt: string | null;
  supersededAt: string | null;
  supersededBecause: string | null;
}

export interface CaseAnswer {
  now: string;
  case: CaseFile;
  verdict: {
    open: boolean;
    light: Light;
    clock: string | null;
    dueAt: string | null;
    provisional: boolean;
    clocks: CaseClock[];
  };
  events: ReportedEvent[];
  findings: FindingAnswer[];
  lightChanges: LightChange[];
}

export interface DayLine {
  date: string;
  weekday: number;
  kind: string;
  name: string | null;
  reason: string;
  amount: number;
  total: number;
  source: string | null;
}

export interface ExplainedClock {
  clock: string;
  name: string | null;
  light: Light;
  limit: string | null;
  extendedDays: number;
  provision: string;
  rule: { ruleset: string; version: string; key: string };
  calendar: { id: string; version: string };
  ledger: {
    unit: 'days' | 'ms';
    lines: DayLine[];
    omittedDays: number;
    countedUntilDue: number;
    countedOver: number;
  } | null;
}

export interface Explanation {
  clocks: ExplainedClock[];
}

export interface SourceState {
  source: string;
  department: string | null;
  departmentName: string | null;
  state: 'alive' | 'silent';
  lastReceivedAt: string;
  silentSeconds: number;
  silentWorkingSeconds: number;
  silentSince: string | null;
  clockOffsetSeconds: number | null;
  /** Measured at exchanges; positive: ahead of ours. `withinSeconds` null: at least so far ahead. */
  clocks: { way: string; offsetSeconds: number; withinSeconds: number | null; measuredAt: string }[];
}
