/** What the API says about rules and calendars. */
export interface RuledItem {
  code: string;
  name: string;
  itemClass: string;
  department: string | null;
  departmentName: string | null;
  isEnabled: boolean;
  acceptance: string | null;
  promise: string | null;
  statutory: string | null;
  delivery: string | null;
  extensionMaxDays: number;
  steps: { code: string; name: string | null; limit: string | null; post: string | null }[];
}

export interface RulesAnswer {
  ruleset: string;
  version: string;
  inForceFrom: string;
  calendar: string;
  departments: { code: string; name: string; district: string | null }[];
  items: RuledItem[];
  versions: { version: string; inForceFrom: string; state: 'in-force' | 'to-come' | 'past' }[];
  loadSuccessful: boolean;
}

export interface CalendarDayAnswer {
  date: string;
  /** 0 = Monday. */
  weekday: number;
  kind: 'working-day' | 'adjusted-working-day' | 'rest-day' | 'holiday' | 'special-hours';
  isWorked: boolean;
  name: string | null;
  notice: string | null;
}

export interface CalendarAnswer {
  calendar: string;
  version: string;
  year: number;
  today: string;
  publishedThrough: string | null;
  workingDays: number;
  days: CalendarDayAnswer[];
}

export interface NoticePreview {
  year: number | null;
  problems: { place: string; expected: string; got: string; hint: string }[];
  added?: { date: string; name?: string; off?: true; work?: true }[];
  changed?: { after: { date: string; name?: string; off?: true; work?: true } }[];
  workingDays?: { before: number; after: number };
  findings?: { code: string; message: string; suggestion: string }[];
}

export interface WhatIfAnswer {
  item: string;
  promise: string;
  cases: number;
  red: { before: number; after: number };
  changedCount: number;
  changed: { caseNo: string; departmentName: string | null; before: string | null; after: string | null }[];
  shortest: { days: number | null; late: number; cases: number; open: number };
  dueByWeekday: { before: number[]; after: number[] };
  steps: { step: string | null; name: string | null; cases: number; medianMs: number; ninetiethMs: number }[];
  isCut: boolean;
}
