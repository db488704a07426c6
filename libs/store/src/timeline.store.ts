import type { StepEventData, TimelineEvent } from '@mingjian/contracts';
import { insertRows, queryByKeys, replaceRows } from './hot/multi-row';
import { TableMap } from './hot/table-map';
import { StepEventRow } from './rows';
import type { Queryable, StoreTransaction } from './store';

const STEP_EVENT = new TableMap(StepEventRow);

/** A timeline event with the place in the event log where it stood. */
export interface PlacedEvent {
  event: TimelineEvent;
  partition: number;
  offset: number;
}

/** The events of the given cases; a case without events has an empty list. */
export async function loadTimelines(
  from: Queryable,
  caseNos: readonly string[],
): Promise<Map<string, TimelineEvent[]>> {
  const timelines = new Map<string, TimelineEvent[]>(caseNos.map((caseNo) => [caseNo, []]));
  const rows = await queryByKeys(from, 'SELECT * FROM step_event WHERE case_no IN (?)', caseNos);
  for (const raw of rows) {
    const event = toTimelineEvent(STEP_EVENT.decode(raw));
    timelines.get(event.caseNo)?.push(event);
  }
  return timelines;
}

/** Writes events whose identity is new to the case. @throws where one is there already. */
export async function insertEvents(
  transaction: StoreTransaction,
  events: readonly PlacedEvent[],
): Promise<void> {
  await insertRows(transaction, STEP_EVENT, events.map(toRow));
}

/** Writes events in place of those that hold their identity. */
export async function replaceEvents(
  transaction: StoreTransaction,
  events: readonly PlacedEvent[],
): Promise<void> {
  await replaceRows(transaction, STEP_EVENT, events.map(toRow));
}

/** Case numbers after `after`, in order: a walk over all timelines in pages. */
export async function nextCaseNos(from: Queryable, after: string, limit: number): Promise<string[]> {
  const rows = await from.query<{ case_no: string }>(
    'SELECT DISTINCT case_no FROM step_event WHERE case_no > ? ORDER BY case_no LIMIT ?',
    [after, limit],
  );
  return rows.map((row) => row.case_no);
}

function toRow({ event, partition, offset }: PlacedEvent): StepEventRow {
  return {
    caseNo: event.caseNo,
    source: event.source,
    eventId: event.id,
    type: event.type,
    occurredAt: event.occurredAt,
    receivedAt: event.receivedAt,
    data: JSON.stringify(event.data),
    logPartition: partition,
    logOffset: offset,
  };
}

function toTimelineEvent(row: StepEventRow): TimelineEvent {
  return {
    source: row.source,
    id: row.eventId,
    type: row.type,
    caseNo: row.caseNo,
    occurredAt: row.occurredAt,
    receivedAt: row.receivedAt,
    // Validated before it was written; the contract's looseness keeps members of later versions.
    data: JSON.parse(row.data) as StepEventData,
  };
}
