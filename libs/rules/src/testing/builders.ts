import type { RulesetDocument, StepEventData, StepEventType, TimelineEvent } from '@mingjian/contracts';
import { CalendarDocument, RulesetDocument as RulesetSchema } from '@mingjian/contracts';
import { parseInstant, RuleBook, WorkingCalendar } from '../index';

/** What a suspension needs so that nothing is found against it. */
const LAWFUL_SUSPENSION: StepEventData = { ground: '鉴定', notice: '特别程序告知 1 号', approver: '王局长' };

/** A Chinese office calendar, Mon–Fri 09:00–12:00 and 13:30–17:00, with the arrangement of October 2026. */
export const OFFICE_2026 = calendarOf({
  calendar: 'office',
  version: '1',
  timezone: 'Asia/Shanghai',
  weekly: weekdays([
    ['09:00', '12:00'],
    ['13:30', '17:00'],
  ]),
  days: [
    { date: '2026-09-20', work: true, name: '国庆节' },
    { date: '2026-09-25', off: true, name: '中秋节' },
    ...['01', '02', '05', '06', '07'].map((day) => ({
      date: `2026-10-${day}`,
      off: true as const,
      name: '国庆节',
    })),
    { date: '2026-10-10', work: true, name: '国庆节' },
  ],
  publishedFrom: '2018-01-01',
  publishedThrough: '2026-12-31',
});

export function weekdays(hours: [string, string][]): Record<string, [string, string][]> {
  return { mon: hours, tue: hours, wed: hours, thu: hours, fri: hours };
}

export function calendarOf(document: unknown, asKnownOn?: string): WorkingCalendar {
  return WorkingCalendar.fromDocument(CalendarDocument.parse(document), asKnownOn);
}

export function rulesetOf(
  items: Record<string, unknown>,
  switches: Record<string, unknown> = {},
): RulesetDocument {
  return RulesetSchema.parse({
    ruleset: 'test',
    version: '1',
    inForceFrom: '2018-01-01',
    calendar: 'office',
    switches,
    items,
  });
}

export function bookOf(
  items: Record<string, unknown>,
  switches: Record<string, unknown> = {},
  calendar: WorkingCalendar = OFFICE_2026,
): RuleBook {
  const document = { ...rulesetOf(items, switches), calendar: calendar.id };
  return new RuleBook([document], new Map([[calendar.id, calendar]]));
}

/** Instants as a person writes them, in Chinese time. */
export function at(text: string): number {
  return parseInstant(text, OFFICE_2026.zone);
}

/** Builds a timeline: `aCase('A').accepted('2026-09-14 10:00').decided('2026-09-20 09:00').events`. */
export function aCase(item: string | null, caseNo = 'C-1'): CaseBuilder {
  return new CaseBuilder(caseNo, item);
}

export class CaseBuilder {
  readonly events: TimelineEvent[] = [];

  constructor(
    readonly caseNo: string,
    private readonly item: string | null,
  ) {}

  event(type: StepEventType, when: string | number, data: StepEventData = {}, id?: string): this {
    const isFirst = this.events.length === 0;
    this.events.push({
      source: 'urn:test',
      id: id ?? `${this.caseNo}-${this.events.length + 1}`,
      type,
      caseNo: this.caseNo,
      occurredAt: typeof when === 'number' ? when : at(when),
      receivedAt: null,
      data: isFirst && this.item !== null ? { item: this.item, ...data } : data,
    });
    return this;
  }

  submitted = (when: string): this => this.event('case.submitted', when);
  accepted = (when: string, data?: StepEventData): this => this.event('case.accepted', when, data);
  /** Without fault of procedure (Art. 45), unless `data` says otherwise. */
  suspended = (when: string, data?: StepEventData): this =>
    this.event('case.suspended', when, { ...LAWFUL_SUSPENSION, ...data });
  resumed = (when: string, data?: StepEventData): this => this.event('case.resumed', when, data);
  extended = (when: string, data: StepEventData): this => this.event('case.extended', when, data);
  decided = (when: string, result = 'granted'): this => this.event('case.decided', when, { result });
  delivered = (when: string): this => this.event('case.delivered', when);
  stepStarted = (step: string, when: string): this => this.event('step.started', when, { step });
  stepFinished = (step: string, when: string): this => this.event('step.finished', when, { step });
}
