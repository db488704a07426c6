import type { TimelineEvent } from '@mingjian/contracts';
import { queryByKeys, upsertRows } from '../hot/multi-row';
import { TableMap } from '../hot/table-map';
import type { RowScope } from '../row-scope';
import { ServiceCountRow } from '../rows';
import type { Queryable, StoreTransaction } from '../store';

const COUNT = new TableMap(ServiceCountRow);

/**
 * Takes counts of convenience items (`service.counted`). Of one subject of a source the count with the later `time` holds, of two at
 * the same time the one with the greater id: order and repetition of the events play no part.
 */
export async function saveServiceCounts(
  transaction: StoreTransaction,
  events: readonly TimelineEvent[],
): Promise<void> {
  if (events.length === 0) return;
  const known = await queryByKeys<object>(transaction, 'SELECT * FROM service_count WHERE subject IN (?)', [
    ...new Set(events.map(({ caseNo }) => caseNo)),
  ]);
  const held = new Map(known.map((raw) => COUNT.decode(raw)).map((row) => [keyOf(row), row]));
  const changed = new Map<string, ServiceCountRow>();
  for (const row of events.map(rowOf)) {
    const key = keyOf(row);
    const before = held.get(key);
    if (before !== undefined && !isLater(row, before)) continue;
    held.set(key, row);
    changed.set(key, row);
  }
  await upsertRows(transaction, COUNT, [...changed.values()]);
}

/** How many convenience items were done, of everything that the row has in common. */
export interface ServiceSum {
  month: string;
  department: string;
  item: string;
  district: string | null;
  hall: string | null;
  counted: number;
}

/** The counts of months (`YYYY-MM`), summed by month, department, item and place. */
export async function serviceSums(
  from: Queryable,
  months: readonly string[],
  scope: RowScope,
): Promise<ServiceSum[]> {
  if (months.length === 0) return [];
  const seen = scope.condition();
  const rows = await from.query<
    Omit<ServiceSum, 'item' | 'counted'> & { item_code: string; n: number | string }
  >(
    'SELECT month, department, item_code, district, hall, SUM(counted) AS n FROM service_count ' +
      `WHERE month IN (${months.map(() => '?').join(', ')}) AND ${seen.sql} ` +
      'GROUP BY month, department, item_code, district, hall',
    [...months, ...seen.parameters],
  );
  return rows.map(({ item_code: item, n, ...row }) => ({ ...row, item, counted: Number(n) }));
}

function rowOf({ source, id, caseNo, occurredAt, data }: TimelineEvent): ServiceCountRow {
  const { count = 0, date = '', department = '', item = '' } = data;
  return {
    ...{ source, subject: caseNo, month: date.slice(0, 7), date, department, itemCode: item },
    ...{ district: data.district ?? null, hall: data.hall ?? null, serviceWindow: data.window ?? null },
    ...{ counted: count, eventId: id, occurredAt },
  };
}

function keyOf({ source, subject }: ServiceCountRow): string {
  return JSON.stringify([source, subject]);
}

function isLater(a: ServiceCountRow, b: ServiceCountRow): boolean {
  return a.occurredAt === b.occurredAt ? a.eventId > b.eventId : a.occurredAt > b.occurredAt;
}
