import type { TimelineEvent } from '@mingjian/contracts';
import {
  findingInChinese,
  formatInstant,
  instantsAsText,
  type CaseExplanation,
  type CaseTracks,
  type ClockVerdict,
  type Finding,
  type WorkingCalendar,
} from '@mingjian/rules';
import type { CaseFileRow, FindingRow, LightChangeRow, QuarantineRow } from '@mingjian/store';
import { clockKindOf } from '../metrics/clock-kind-of';
import { maskFound } from '../identity/personal-data/mask';
import type { SourceReading } from '../source-health/source-watch';
import type { LoadedRuleBook } from '../rulebook/load-rule-book';

/**
 * Rows as the API shows them: names beside codes, instants in the calendar's offset.
 * One presenter serves one answer: the rules may change between two.
 */
export class Presenter {
  private readonly calendar: WorkingCalendar;

  constructor(
    private readonly rules: LoadedRuleBook,
    private readonly now: number,
  ) {
    this.calendar = rules.book.newest.calendar;
  }

  time(instant: number): string {
    return formatInstant(instant, this.calendar.zone);
  }

  timeOrNull(instant: number | null): string | null {
    return instant === null ? null : this.time(instant);
  }

  /** `silent`: departments that nothing is known of now; their open cases are shown as unknown, whatever was judged. */
  caseFile(row: CaseFileRow, silent: ReadonlySet<string>): object {
    const isSilent = row.isOpen && row.department !== null && silent.has(row.department);
    return {
      caseNo: row.caseNo,
      ...this.itemAndDepartment(row.itemCode, row.department),
      itemClass: row.itemClass,
      open: row.isOpen,
      light: isSilent ? 'grey' : row.light,
      judgedLight: row.light,
      stepLight: row.stepLight,
      clock: row.clock,
      clockKind: row.clock === null ? null : clockKindOf(row.clock),
      dueAt: this.timeOrNull(row.dueAt),
      since: this.timeOrNull(row.since),
      workingMsLeft: this.workingMsLeft(row.dueAt),
      workingDaysLeft: this.workingDaysLeft(row.dueAt),
      nextChangeAt: this.timeOrNull(row.nextChangeAt),
      provisional: row.provisional,
      unknownBecause: isSilent ? 'source-silent' : row.unknownBecause,
      outcome: row.outcome,
      acceptedAt: this.timeOrNull(row.acceptedAt),
      findingCount: row.findingCount,
      lastEventAt: this.time(row.lastEventAt),
      rulesetVersion: row.rulesetVersion,
      calendarVersion: row.calendarVersion,
    };
  }

  clock(verdict: ClockVerdict, tracks: CaseTracks): object {
    const track = tracks.clocks.find(({ clock }) => clock === verdict.clock);
    return {
      ...verdict,
      step: track?.step ?? null,
      post: track?.post ?? null,
      countsForCase: track?.countsForCase ?? true,
      unknownBecause: track?.unknownBecause ?? null,
      startedAt: this.time(verdict.startedAt),
      dueAt: this.timeOrNull(verdict.dueAt),
      since: this.time(verdict.since),
      finishedAt: this.timeOrNull(verdict.finishedAt),
      workingMsLeft: verdict.phase === 'finished' ? null : this.workingMsLeft(verdict.dueAt),
      workingDaysLeft: verdict.phase === 'finished' ? null : this.workingDaysLeft(verdict.dueAt),
      spans: (track?.spans ?? []).map((span) => ({
        ...span,
        from: this.time(span.from),
        dueAt: this.timeOrNull(span.dueAt),
      })),
    };
  }

  /** The explanation without what the case page has already: verdict and findings. */
  explanation(explanation: CaseExplanation, clock: string | undefined): object {
    const { verdict, clocks, at, department, delay } = explanation;
    return {
      caseNo: explanation.caseNo,
      item: explanation.item,
      itemName: explanation.itemName,
      department,
      departmentName: this.departmentName(department),
      at: this.time(at),
      light: verdict.light,
      clock: verdict.clock,
      unknownBecause: explanation.unknownBecause,
      clocks: clocks
        .filter((explained) => clock === undefined || explained.clock === clock)
        .map((explained) => instantsAsText(explained, (instant) => this.time(instant))),
      delay: instantsAsText(delay, (instant) => this.time(instant)),
    };
  }

  event(event: TimelineEvent): object {
    return {
      source: event.source,
      id: event.id,
      type: event.type,
      occurredAt: this.time(event.occurredAt),
      receivedAt: this.timeOrNull(event.receivedAt),
      delaySeconds: event.receivedAt === null ? null : (event.receivedAt - event.occurredAt) / 1000,
      data: event.data,
    };
  }

  lightChange(row: LightChangeRow): object {
    return {
      id: row.id,
      caseNo: row.caseNo,
      clock: row.clock,
      clockKind: row.clockKind,
      ...this.itemAndDepartment(row.itemCode, row.department),
      from: row.fromLight,
      to: row.toLight,
      issue: row.issue,
      reason: row.reason,
      becameAt: this.time(row.becameAt),
      detectedAt: this.time(row.detectedAt),
      dueAt: this.timeOrNull(row.dueAt),
      rulesetVersion: row.rulesetVersion,
      calendarVersion: row.calendarVersion,
      supersededAt: this.timeOrNull(row.supersededAt),
      supersededBecause: row.supersededBecause,
    };
  }

  finding(row: FindingRow): object {
    const detail = JSON.parse(row.detail) as Finding['detail'];
    return {
      id: row.id,
      caseNo: row.caseNo,
      code: row.code,
      severity: row.severity,
      ref: row.ref,
      at: this.timeOrNull(row.at),
      detail,
      text: findingInChinese({ code: row.code, detail }),
      ...this.itemAndDepartment(row.itemCode, row.department),
      detectedAt: this.time(row.detectedAt),
      supersededAt: this.timeOrNull(row.supersededAt),
    };
  }

  /** Without the raw record: it may hold personal data, and so may what was found where something else was expected. */
  quarantined(row: QuarantineRow): object {
    const { raw, receivedAt, releasedAt, ...metadata } = row;
    return {
      ...metadata,
      got: maskFound(row.field, row.got),
      rawLength: raw.length,
      receivedAt: this.time(receivedAt),
      releasedAt: this.timeOrNull(releasedAt),
    };
  }

  source(reading: SourceReading): object {
    return {
      source: reading.source,
      department: reading.department,
      departmentName: this.departmentName(reading.department),
      state: reading.isAlive ? 'alive' : 'silent',
      lastReceivedAt: this.time(reading.lastReceivedAt),
      lastOccurredAt: this.time(reading.lastOccurredAt),
      silentSeconds: reading.silentMs / 1000,
      silentWorkingSeconds: reading.silentWorkingMs / 1000,
      silentSince: this.timeOrNull(reading.silentSince),
      learnedDays: reading.learnedDays,
      chanceOfSilence: reading.chanceOfSilence,
      heartbeatAt: this.timeOrNull(reading.heartbeatAt),
      clockOffsetSeconds: reading.clockOffsetMs === null ? null : reading.clockOffsetMs / 1000,
      clocks: reading.clocks.map(({ way, offsetMs, withinMs, measuredAt }) => ({
        way,
        offsetSeconds: offsetMs / 1000,
        // Null: it is at least so far ahead.
        withinSeconds: withinMs === null ? null : withinMs / 1000,
        measuredAt: this.time(measuredAt),
      })),
    };
  }

  departmentName(code: string | null): string | null {
    if (code === null) return null;
    return this.newestFirst((ruleset) => ruleset.departments[code]?.name) ?? code;
  }

  private itemAndDepartment(itemCode: string | null, department: string | null): object {
    return {
      itemCode,
      itemName:
        itemCode === null ? null : (this.newestFirst((ruleset) => ruleset.items[itemCode]?.name) ?? null),
      department,
      departmentName: this.departmentName(department),
    };
  }

  private newestFirst(
    read: (ruleset: LoadedRuleBook['rulesets'][number]) => string | undefined,
  ): string | undefined {
    for (let i = this.rules.book.rulesets.length - 1; i >= 0; i--) {
      const document = this.rules.book.rulesets[i]?.document;
      const value = document === undefined ? undefined : read(document);
      if (value !== undefined) return value;
    }
    return undefined;
  }

  /** Working days after today up to the day of the due instant; negative: exceeded by. */
  private workingDaysLeft(dueAt: number | null): number | null {
    if (dueAt === null) return null;
    const { calendar } = this;
    return calendar.workingDaysBetween(calendar.dayOf(this.now), calendar.dayOf(dueAt));
  }

  /** Working time to the due instant; negative: exceeded by. */
  private workingMsLeft(dueAt: number | null): number | null {
    if (dueAt === null) return null;
    return dueAt >= this.now
      ? this.calendar.elapsedMs(this.now, dueAt)
      : -this.calendar.elapsedMs(dueAt, this.now);
  }
}
