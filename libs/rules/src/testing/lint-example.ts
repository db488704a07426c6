import type { StepEventData, StepEventType } from '@mingjian/contracts';
import type { LintCode } from '../index';
import { calendarOf, OFFICE_2026 } from './builders';

/** Rules with a fault and mended, as documents; what is left out is that of a small site without faults. */
export interface LintExample {
  code: LintCode;
  bad: object | object[];
  mended: object | object[];
  /** Part of the line at which it is reported, in YAML. */
  line: string;
  /** A local time; 2 March 2026, morning, where left out. */
  today?: string;
  /** A recorded case: type and data of its events, a day apart from 2 March 2026 on. */
  recorded?: { type: StepEventType; data: StepEventData }[];
}

const SITE = { ruleset: 'test', version: '1', inForceFrom: '2026-01-01', calendar: 'office' };
const ITEM = { name: '事项', promise: '7wd', statutory: '20wd' };

/** The documents of an example, whole. */
export function documentsOf(rules: object | object[]): object[] {
  return [rules].flat().map((rule) => withoutUndefined({ ...SITE, items: { A: ITEM }, ...rule }));
}

export const TODAY = '2026-03-02 09:00';

function withoutUndefined(value: object): object {
  return JSON.parse(JSON.stringify(value)) as object;
}

/** The calendars that examples name: the office, the same without an end, and one that is always closed. */
export const EXAMPLE_CALENDARS = [
  OFFICE_2026,
  calendarOf({ ...OFFICE_2026.document, publishedThrough: undefined, calendar: 'open-ended' }),
  calendarOf({ calendar: 'closed', timezone: 'Asia/Shanghai', weekly: {} }),
];
