import type { StepEventData, StepEventType, TimelineEvent } from '@mingjian/contracts';

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
  clock: string;
  step: string;
  from: number | null;
  to: number;
}

/** What the events of a case say, before any rule. Instants are epoch ms; Infinity: did not happen. */
export interface CaseRecord {
  events: readonly TimelineEvent[];
  holds: Hold[];
  steps: StepRun[];
  notices: { at: number; complementAt: number }[];
}

/** Events of one instant are read in the order of the procedure. */
const PROCEDURE: readonly StepEventType[] = [
  'case.submitted',
  'case.correction-requested',
  'case.correction-received',
  'case.accepted',
  'case.not-accepted',
  'inspectors.assigned',
  'hearing.informed',
  'hearing.requested',
  'hearing.notified',
  'hearing.held',
  'step.started',
  'step.finished',
  'case.suspended',
  'case.resumed',
  'case.extended',
  'case.forwarded',
  'case.decided',
  'case.delivered',
  'case.withdrawn',
  'case.returned',
  'case.voided',
  'fee.charged',
  'case.rated',
  'rating.contacted',
  'rating.rectified',
  'event.retracted',
];

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

function readStep(
  runs: StepRun[],
  type: 'step.started' | 'step.finished',
  at: number,
  data: StepEventData,
): void {
  const step = data.step ?? '';
  const same = runs.filter((run) => run.step === step);
  const open = same.find((run) => run.to === Infinity);
  const clock = same.length === 0 ? `step:${step}` : `step:${step}#${same.length + 1}`;
  if (type === 'step.started' && !open) runs.push({ clock, step, from: at, to: Infinity });
  if (type === 'step.finished' && open) open.to = at;
  if (type === 'step.finished' && !open) runs.push({ clock, step, from: null, to: at });
}

/** The events that count, in order: each identity once, without what was taken back. */
function standing(events: readonly TimelineEvent[]): TimelineEvent[] {
  const byIdentity = new Map<string, TimelineEvent>();
  for (const event of events) {
    const identity = JSON.stringify([event.source, event.id]);
    const rival = byIdentity.get(identity);
    if (!rival || isPreferred(event, rival)) byIdentity.set(identity, event);
  }
  const once = [...byIdentity.values()];
  once.sort(
    (a, b) =>
      a.occurredAt - b.occurredAt ||
      PROCEDURE.indexOf(a.type) - PROCEDURE.indexOf(b.type) ||
      compare(a.source, b.source) ||
      compare(a.id, b.id),
  );
  // From the last to the first: a retraction stands unless a later one that stands took it back.
  const gone = new Set<TimelineEvent>();
  for (const [place, event] of [...once.entries()].reverse()) {
    if (event.type !== 'event.retracted' || gone.has(event)) continue;
    once.forEach((other, otherPlace) => {
      if (other.source !== event.source || other.id !== event.data.retracts) return;
      if (other.type !== 'event.retracted' || otherPlace < place) gone.add(other);
    });
  }
  return once.filter((event) => !gone.has(event));
}

/** Of two events with one identity: the one received first; then, so that arrival plays no part, by content. */
function isPreferred(a: TimelineEvent, b: TimelineEvent): boolean {
  const [received, other] = [a.receivedAt ?? Infinity, b.receivedAt ?? Infinity];
  return received === other ? contentOf(a) < contentOf(b) : received < other;
}

function contentOf({ type, caseNo, occurredAt, data }: TimelineEvent): string {
  const members = Object.entries(data)
    .filter(([, value]) => value !== undefined)
    .sort(([a], [b]) => compare(a, b));
  return JSON.stringify([type, caseNo, occurredAt, Object.fromEntries(members)]);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
