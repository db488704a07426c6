import type { StepEventData, StepEventType, TimelineEvent } from '@mingjian/contracts';
import { standing } from './standing';

/** 特别程序 as reported; `to` is infinite while nobody reported its end. */
export interface Hold {
  id: string;
  ground: string | undefined;
  from: number;
  to: number;
  daysApplied: number | undefined;
}

/** One run of a step; `from` is null where only its end was reported. */
export interface StepRun {
  run: string;
  step: string;
  from: number | null;
  to: number;
  /** The department that the first event of the run names. */
  department: string | undefined;
}

/** What the events of a case say, before any rule. Instants are epoch ms; Infinity: did not happen. */
export interface CaseRecord {
  events: readonly TimelineEvent[];
  holds: Hold[];
  steps: StepRun[];
  notices: { at: number; complementAt: number }[];
}

/** Reads the events. @see README of this library: Contradictions and their effect. */
export function readRecord(events: readonly TimelineEvent[]): CaseRecord {
  const record: CaseRecord = { events: standing(events), holds: [], steps: [], notices: [] };
  const endedEarly = new Set<string>();
  for (const event of record.events) {
    const { type, occurredAt: at, data } = event;
    if (type === 'case.correction-requested') record.notices.push({ at, complementAt: Infinity });
    if (type === 'case.correction-received') {
      const waiting = record.notices.find((notice) => notice.complementAt === Infinity);
      if (waiting) waiting.complementAt = at;
    }
    if (type === 'step.started' || type === 'step.finished') readStep(record.steps, type, at, data);
    if (type === 'case.suspended')
      record.holds.push({
        id: event.id,
        ground: data.ground,
        from: at,
        to: endedEarly.has(event.id) ? at : Infinity,
        daysApplied: data.daysApplied,
      });
    if (type === 'case.resumed') {
      const open = record.holds.filter((hold) => hold.to === Infinity);
      const { suspension: named, ground } = data;
      const ended =
        named === undefined
          ? (open.find((hold) => ground !== undefined && hold.ground === ground) ?? open[0])
          : open.find((hold) => hold.id === named);
      if (ended) ended.to = at;
      else if (named !== undefined) endedEarly.add(named);
    }
  }
  return record;
}

/** Earliest event of a type; undefined where there is none. */
export function earliest(record: CaseRecord, ...types: StepEventType[]): TimelineEvent | undefined {
  return record.events.find((event) => types.includes(event.type));
}

/** What the first event says that says anything about it. */
export function firstSaid<K extends keyof StepEventData>(record: CaseRecord, field: K): StepEventData[K] {
  return record.events.find((event) => event.data[field] !== undefined)?.data[field];
}

/** When an event happened; Infinity where it did not. */
export function when(event: TimelineEvent | undefined): number {
  return event?.occurredAt ?? Infinity;
}

function readStep(
  runs: StepRun[],
  type: 'step.started' | 'step.finished',
  at: number,
  data: StepEventData,
): void {
  const step = data.step ?? '';
  const same = runs.filter((run) => run.step === step);
  const open = same.find((run) => run.to === Infinity);
  // What the clocks of this run are named by: `review`, `review#2`.
  const run = same.length === 0 ? step : `${step}#${same.length + 1}`;
  const { department } = data;
  if (type === 'step.started' && !open) runs.push({ run, step, from: at, to: Infinity, department });
  if (type === 'step.finished' && open) open.to = at;
  if (type === 'step.finished' && !open) runs.push({ run, step, from: null, to: at, department });
}
