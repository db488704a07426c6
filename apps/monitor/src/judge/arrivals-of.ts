import type { TimelineEvent } from '@mingjian/contracts';
import { dateTextOf, EARLIEST, LATEST, type WorkingCalendar } from '@mingjian/rules';
import type { SourceDayRow, SourceSlotRow } from '@mingjian/store';

/** Length of a slot: what a source does within it counts once for its rhythm. */
export const SLOT_MS = 15 * 60_000;
const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
const DAY_MS = 86_400_000;

/** What new events add to the rhythm of their sources, and to what arrived of each date; in one order for the locks. */
export function arrivalsOf(
  added: readonly TimelineEvent[],
  calendar: WorkingCalendar,
): { slots: SourceSlotRow[]; days: Pick<SourceDayRow, 'source' | 'date' | 'arrived'>[] } {
  const slots = new Map<string, SourceSlotRow>();
  const days = new Map<string, { source: string; date: string; arrived: number }>();
  for (const { source, occurredAt, receivedAt } of added) {
    const received = receivedAt ?? occurredAt;
    const slot = Math.floor(received / SLOT_MS) * SLOT_MS;
    const counts = slots.get(`${slot} ${source}`) ?? emptySlot(source, slot);
    counts.signs++;
    const lag = received - occurredAt;
    if (lag <= MINUTE_MS) counts.withinMinute++;
    else if (lag <= HOUR_MS) counts.withinHour++;
    else if (lag <= DAY_MS) counts.withinDay++;
    else counts.later++;
    slots.set(`${slot} ${source}`, counts);
    // A time that no calendar reaches must not keep the others from being counted.
    const within = Math.min(Math.max(occurredAt, EARLIEST), LATEST);
    const date = dateTextOf(Math.floor(calendar.zone.toLocal(within) / DAY_MS));
    const day = days.get(`${date} ${source}`) ?? { source, date, arrived: 0 };
    day.arrived++;
    days.set(`${date} ${source}`, day);
  }
  return { slots: inOrder(slots), days: inOrder(days) };
}

/** A slot in which nothing has come yet. */
export function emptySlot(source: string, slot: number): SourceSlotRow {
  return { source, slot, signs: 0, withinMinute: 0, withinHour: 0, withinDay: 0, later: 0 };
}

function inOrder<Row>(rows: ReadonlyMap<string, Row>): Row[] {
  return [...rows].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row);
}
