import type { TimelineEvent } from '@mingjian/contracts';
import type { WorkingCalendar } from '../calendar';
import type { RuleBook } from '../ruleset/rule-book';
import { BulkClosing } from './bulk-closing';
import { caseRecord, type CaseRecord } from './case-record';
import { findContradiction } from './contradicts';
import { DefaultStamps } from './default-stamps';
import { DepartmentMonths } from './department-months';
import { FilingsAgain } from './filed-again';
import { forensicKey, found, type ForensicFinding } from './forensic-finding';
import { addMonths, monthAt, startOfMonth } from './month';
import { actsOutside, type ActsOutside } from './outside-hours';
import { findRecordedLate, type LateRecord } from './recorded-late';
import { findReopened } from './reopened';
import { findSameSecond } from './same-second';
import { forensicSettings } from './settings';
import { SourceHabits } from './source-habits';
import { findStepOvertaken } from './step-overtaken';
import { standing } from './tested';
import { IntakeCounts } from './zero-months';

/** What an examination found. */
export interface ExaminationResult {
  /** In order of month, kind and subject. */
  findings: ForensicFinding[];
  /** Statistical tests made, over which the chance of an error is spread. */
  tests: number;
  cases: number;
}

/** Seven tenths of the events of a source are its usual; so many of a month's misdeeds do not move it. */
const USUAL_SHARE = 0.75;
const DAY_MS = 86_400_000;

/**
 * Searches the record of many cases, one after the other, for signs that times were made up.
 *
 * Guarantees: pure; the order of the cases, the order of arrival and repeats play no part; holds counts and samples in
 * memory, of cases only decisions (instant and number) and filings of named applicants. Changes no light.
 * Does not guarantee that anybody did wrong: docs/forensics.md lists the innocent explanations of each finding.
 */
export class Examination {
  private readonly habits = new SourceHabits();
  private readonly stamps = new DefaultStamps();
  private readonly outside: ActsOutside[] = [];
  private readonly months: DepartmentMonths;
  private readonly bulk: BulkClosing;
  private readonly filings = new FilingsAgain();
  private readonly intake = new IntakeCounts();
  private readonly late: LateRecord[] = [];
  private readonly sameSecond: { finding: ForensicFinding; source: string }[] = [];
  private readonly certain: ForensicFinding[] = [];
  private readonly calendar: WorkingCalendar;
  private readonly firstMonth: string;
  private readonly lastMonth: string;
  private cases = 0;

  /**
   * @param from any instant of the first month examined
   * @param until what happened or was received later is left out, epoch ms
   */
  constructor(
    private readonly book: RuleBook,
    from: number,
    private readonly until: number,
  ) {
    this.calendar = book.newest.calendar;
    this.firstMonth = monthAt(this.calendar, from);
    this.lastMonth = monthAt(this.calendar, until);
    const isExamined = (period: string): boolean => this.isExamined(period);
    this.months = new DepartmentMonths(isExamined);
    this.bulk = new BulkClosing(isExamined);
  }

  /** Looks at one case. Cases without anything in the months examined may be left out, and count for nothing. */
  add(caseNo: string, events: readonly TimelineEvent[]): void {
    const known = events.filter(
      ({ occurredAt, receivedAt }) => occurredAt <= this.until && (receivedAt ?? occurredAt) <= this.until,
    );
    const record = caseRecord(caseNo, known, this.book);
    if (record === null) return;
    this.cases++;
    this.habits.add(record.timeline);
    const outside = actsOutside(record, this.stamps);
    if (outside !== null) this.outside.push(outside);
    this.months.add(record);
    this.bulk.add(record);
    this.filings.add(record);
    this.countIntake(record);
    const { source } = record.timeline[0]!;
    const sameSecond = findSameSecond(record);
    if (sameSecond !== null) this.sameSecond.push({ finding: sameSecond, source });
    this.late.push(...findRecordedLate(record));
    for (const one of [findStepOvertaken(record), findReopened(record), findContradiction(record)])
      if (one !== null) this.certain.push(one);
  }

  /** What was found among the cases added. Asked once. */
  result(): ExaminationResult {
    const steps = this.steps();
    for (;;) {
      const step = steps.next();
      if (step.done === true) return step.value;
    }
  }

  /** The same in steps, between which a caller may let others have their turn: of many cases the whole takes seconds. */
  *steps(): Generator<undefined, ExaminationResult> {
    const settings = forensicSettings(this.book.newest.ruleset.document.forensics);
    const findings = [...this.certain];
    for (const part of slices(this.outside)) {
      for (const acts of part) {
        const finding = acts.finding(this.stamps);
        if (finding === null) continue;
        this.months.addOutside(finding);
        findings.push(finding);
      }
      yield;
    }
    const tests = this.months.tests(settings, this.stamps);
    yield;
    for (const test of this.bulk.tests(settings)) {
      tests.push(test);
      yield;
    }
    for (const part of slices(this.late)) {
      for (const one of part) findings.push(...this.lateFinding(one, settings.usualFactor));
      yield;
    }
    for (const { finding, source } of this.sameSecond)
      if (!this.habits.writesWholeMinutes(source)) findings.push(finding);
    yield;
    for (const part of this.filings.findings()) {
      for (const finding of part) findings.push(finding);
      yield;
    }
    findings.push(...standing(tests, settings.significance));
    if (settings.zeroMonths !== null)
      findings.push(...this.intake.findings(this.departments(), this.monthsOver(), settings.zeroMonths));
    findings.push(...this.ofSources());
    yield;
    const keyed = findings
      .filter(({ period }) => this.isExamined(period))
      .map((finding) => ({ finding, key: forensicKey(finding) }));
    yield;
    keyed.sort((a, b) => (a.key < b.key ? -1 : 1));
    return { findings: keyed.map(({ finding }) => finding), tests: tests.length, cases: this.cases };
  }

  private lateFinding({ finding, source, lagMs }: LateRecord, factor: number): ForensicFinding[] {
    const usualMs = this.habits.lagMs(source, USUAL_SHARE);
    return lagMs > factor * usualMs ? [{ ...finding, figures: { ...finding.figures, usualMs } }] : [];
  }

  private ofSources(): ForensicFinding[] {
    return this.habits.sources.flatMap((source) => {
      const about = {
        ...({ severity: 'notice', scope: 'source', subject: source, department: null, item: null } as const),
        ...{ period: this.lastMonth, at: null, cases: [] },
      };
      const usualMs = this.habits.lagMs(source, USUAL_SHARE);
      const findings: ForensicFinding[] = [];
      if (usualMs > DAY_MS)
        findings.push(
          found({
            ...about,
            kind: 'source-records-late',
            figures: { usualMs, of: this.habits.received(source) },
          }),
        );
      if (this.habits.writesWholeMinutes(source))
        findings.push(found({ ...about, kind: 'source-records-whole-minutes', figures: {} }));
      for (const { type, time, share } of this.stamps.list().filter((stamp) => stamp.source === source))
        findings.push(
          found({
            ...about,
            kind: 'source-records-dates',
            subject: `${source} ${type} ${time}`,
            figures: { type, time, share },
          }),
        );
      return findings;
    });
  }

  private countIntake({ judged: { facts }, department, calendar }: CaseRecord): void {
    const at = facts.submittedAt ?? facts.acceptedAt ?? facts.firstEventAt;
    if (department !== null) this.intake.add(department, monthAt(calendar, at));
  }

  /** Departments that have items under supervision. */
  private departments(): string[] {
    const { items } = this.book.newest.ruleset;
    const codes = [...items.values()].flatMap(({ isEnabled, department }) =>
      isEnabled && department !== null ? [department] : [],
    );
    return [...new Set(codes)].sort();
  }

  /** Months of those examined that are over. */
  private monthsOver(): string[] {
    const months: string[] = [];
    for (let month = this.firstMonth; month <= this.lastMonth; month = addMonths(month, 1))
      if (startOfMonth(this.calendar, addMonths(month, 1)) <= this.until + 1) months.push(month);
    return months;
  }

  private isExamined(period: string): boolean {
    return period >= this.firstMonth && period <= this.lastMonth;
  }
}

/** Cases of one step. */
const STEP = 1000;

function* slices<T>(all: readonly T[]): Generator<readonly T[]> {
  for (let from = 0; from < all.length; from += STEP) yield all.slice(from, from + STEP);
}
