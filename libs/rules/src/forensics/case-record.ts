import type { StepEventType, TimelineEvent } from '@mingjian/contracts';
import type { WorkingCalendar } from '../calendar';
import { timelineOf } from '../clock/fold-timeline';
import { judgeInDetail, type JudgedCase } from '../judge-case';
import type { RuleBook } from '../ruleset/rule-book';
import { found, type ForensicFinding, type ForensicKind } from './forensic-finding';
import { forensicSettings, type ForensicSettings } from './settings';
import { monthAt } from './month';

/** What a finding says of its case; small, so that many can be kept. */
export interface CaseAbout {
  caseNo: string;
  department: string | null;
  item: string | null;
  /** Hours and closures of the place where the case is handled. */
  calendar: WorkingCalendar;
  settings: ForensicSettings;
}

/** A case as the detectors see it. */
export interface CaseRecord extends CaseAbout {
  judged: JudgedCase;
  /** What stands of the timeline: in order of what happened, without repeats and without what was taken back. */
  timeline: readonly TimelineEvent[];
}

/**
 * What a person at a desk does and enters. Left out: what an applicant does, and the start of a step, which many systems
 * write by themselves when the step before it ends or the office opens.
 */
const ACTS: ReadonlySet<StepEventType> = new Set<StepEventType>([
  'case.correction-requested',
  'case.accepted',
  'case.not-accepted',
  'step.finished',
  'case.suspended',
  'case.extended',
  'case.forwarded',
  'case.decided',
  'case.returned',
  'case.voided',
]);

/** Whether somebody in the office did this and entered it. */
export function isAct({ type }: TimelineEvent): boolean {
  return ACTS.has(type);
}

/** Judges a case and lays out its record; null where nothing of the record stands. */
export function caseRecord(
  caseNo: string,
  events: readonly TimelineEvent[],
  book: RuleBook,
): CaseRecord | null {
  const timeline = timelineOf(events);
  if (timeline.length === 0) return null;
  const judged = judgeInDetail(caseNo, events, book);
  return {
    caseNo,
    department: judged.tracks.department,
    item: judged.tracks.itemCode,
    judged,
    timeline,
    calendar: judged.clocks?.office.calendar ?? judged.rules.calendar,
    settings: forensicSettings(judged.rules.ruleset.document.forensics),
  };
}

/** A finding about one case. */
export function foundInCase(
  { caseNo, department, item, calendar }: CaseAbout,
  kind: ForensicKind,
  severity: ForensicFinding['severity'],
  at: number,
  figures: ForensicFinding['figures'],
  others: readonly string[] = [],
): ForensicFinding {
  return found({
    kind,
    severity,
    scope: 'case',
    subject: caseNo,
    department,
    item,
    period: monthAt(calendar, at),
    at,
    cases: [caseNo, ...others],
    figures,
  });
}
