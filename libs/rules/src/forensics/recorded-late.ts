import type { TimelineEvent } from '@mingjian/contracts';
import { dueAt } from '../calendar/due-at';
import { foundInCase, isAct, type CaseRecord } from './case-record';
import type { ForensicFinding } from './forensic-finding';

/** A finding that holds only where the lag is unusual for its source. */
export interface LateRecord {
  finding: ForensicFinding;
  source: string;
  lagMs: number;
}

/**
 * DQ-1 and DQ-5: what was received long after it happened.
 *
 * - `recorded-late` (补录): the case was told of afterwards; serious where a limit ran out between what is said to have
 *   happened and its receipt, for then only the record says that it was in time.
 * - `back-dated`: something later of the same case had been received well before. The line worked, and this was told
 *   with an earlier time; serious as above.
 *
 * Events without an instant of receipt (files that never passed a collector) are left alone.
 * @returns at most one of each kind, the one with the longest lag
 */
export function findRecordedLate(record: CaseRecord): LateRecord[] {
  const { timeline, settings, calendar } = record;
  const limit = settings.recordedLate;
  if (limit === null) return [];
  const late: TimelineEvent[] = [];
  for (const event of timeline) {
    const { occurredAt, receivedAt } = event;
    // A limit of a day or more is never over within the hour; most events arrive within the minute.
    if (receivedAt === null || receivedAt - occurredAt < HOUR_MS) continue;
    if (receivedAt > dueAt(calendar, limit, occurredAt).dueAt!) late.push(event);
  }
  if (late.length === 0) return [];
  const found: LateRecord[] = [];
  const kinds = late.map((event) => (isOvertaken(event, timeline) ? 'back-dated' : 'recorded-late'));
  for (const kind of ['back-dated', 'recorded-late'] as const) {
    const events = late.filter((_, index) => kinds[index] === kind);
    if (events.length > 0) found.push(lateRecord(record, kind, events));
  }
  return found;
}

const HOUR_MS = 3_600_000;

/** Whether something that happened later had been received more than an hour before. Acts only: an act is backdated. */
function isOvertaken(event: TimelineEvent, timeline: readonly TimelineEvent[]): boolean {
  return (
    isAct(event) &&
    timeline.some(
      ({ occurredAt, receivedAt }) =>
        receivedAt !== null && occurredAt > event.occurredAt && receivedAt < event.receivedAt! - HOUR_MS,
    )
  );
}

function lateRecord(
  record: CaseRecord,
  kind: 'back-dated' | 'recorded-late',
  events: readonly TimelineEvent[],
): LateRecord {
  const lagOf = ({ occurredAt, receivedAt }: TimelineEvent): number => receivedAt! - occurredAt;
  const longest = events.reduce((a, b) => (lagOf(b) > lagOf(a) ? b : a));
  const crossed = events.map((event) => dueCrossed(record, event)).find((due) => due !== null) ?? null;
  return {
    source: longest.source,
    lagMs: lagOf(longest),
    finding: foundInCase(record, kind, crossed === null ? 'warning' : 'serious', longest.occurredAt, {
      event: longest.id,
      type: longest.type,
      receivedAt: longest.receivedAt,
      lagMs: lagOf(longest),
      times: events.length,
      dueAt: crossed,
    }),
  };
}

/** The due instant of the case that lies between an act that ends it and its receipt; null where there is none. */
function dueCrossed({ judged }: CaseRecord, event: TimelineEvent): number | null {
  if (event.type !== 'case.decided' && event.type !== 'case.accepted') return null;
  const kinds = event.type === 'case.accepted' ? ['acceptance'] : ['promise', 'statutory'];
  for (const clock of judged.tracks.clocks) {
    if (!kinds.includes(clock.kind)) continue;
    for (const { dueAt: due } of clock.spans)
      if (due !== null && due >= event.occurredAt && due < event.receivedAt!) return due;
  }
  return null;
}
