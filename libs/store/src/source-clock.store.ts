import { instantText } from './hot/instant-text';
import { upsertRows } from './hot/multi-row';
import { TableMap } from './hot/table-map';
import { SourceClockRow } from './rows';
import type { Queryable, StoreTransaction } from './store';

const SOURCE_CLOCK = new TableMap(SourceClockRow);

/** Notes what the clock of a source was ahead of ours; an earlier measurement than the one known changes nothing. */
export async function noteSourceClock(transaction: StoreTransaction, clock: SourceClockRow): Promise<void> {
  const { source, way, offsetMs, withinMs, measuredAt } = clock;
  await upsertRows(transaction, SOURCE_CLOCK, [clock], {
    offset_ms: 'offset_ms',
    within_ms: 'within_ms',
    measured_at: 'measured_at',
  });
  await transaction.execute(
    'UPDATE source_clock SET offset_ms = ?, within_ms = ?, measured_at = ? ' +
      'WHERE source = ? AND way = ? AND measured_at <= ?',
    [offsetMs, withinMs, instantText(measuredAt), source, way, instantText(measuredAt)],
  );
}

/** The latest measurement of each source and way. */
export async function listSourceClocks(from: Queryable): Promise<SourceClockRow[]> {
  const rows = await from.query<object>('SELECT * FROM source_clock ORDER BY source, way');
  return rows.map((raw) => SOURCE_CLOCK.decode(raw));
}
