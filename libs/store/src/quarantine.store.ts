import type { QuarantineRecord } from '@mingjian/contracts';
import { insertRows, queryByKeys } from './hot/multi-row';
import { TableMap } from './hot/table-map';
import { QuarantineRow } from './rows';
import type { QuarantineState } from './rows';
import type { Queryable, StoreTransaction } from './store';

const QUARANTINE = new TableMap(QuarantineRow);

/**
 * Keeps records in quarantine; one whose id is known is kept as it is, with its state.
 * @returns the number of records that were new.
 */
export async function keepQuarantined(
  transaction: StoreTransaction,
  records: readonly QuarantineRecord[],
): Promise<number> {
  const ids = records.map((record) => record.id);
  const known = new Set(
    (await queryByKeys<{ id: string }>(transaction, 'SELECT id FROM quarantine WHERE id IN (?)', ids)).map(
      (row) => row.id,
    ),
  );
  const fresh: QuarantineRow[] = [];
  for (const record of records) {
    if (known.has(record.id)) continue;
    known.add(record.id);
    const { receivedat, releasedat, ...rest } = record;
    const end: Pick<QuarantineRow, 'state' | 'releasedAt'> =
      releasedat === undefined
        ? { state: 'held', releasedAt: null }
        : { state: 'released', releasedAt: Date.parse(releasedat) };
    fresh.push({ ...rest, receivedAt: Date.parse(receivedat), ...end });
  }
  await insertRows(transaction, QUARANTINE, fresh);
  return fresh.length;
}

/** One record with its raw text; null where the id is unknown. */
export async function findQuarantined(
  store: { reader: { getRepository: StoreTransaction['manager']['getRepository'] } },
  id: string,
): Promise<QuarantineRow | null> {
  return store.reader.getRepository(QuarantineRow).findOneBy({ id });
}

/**
 * Ends the quarantine of a held record.
 * @returns whether it was held; false tells the loser of a race that somebody else was first.
 */
export async function endQuarantine(
  transaction: StoreTransaction,
  id: string,
  state: Exclude<QuarantineState, 'held'>,
  at: number,
): Promise<boolean> {
  const { affected } = await transaction.manager.update(
    QuarantineRow,
    { id, state: 'held' },
    { state, releasedAt: at },
  );
  return affected === 1;
}

/** Number of records that wait for a person. */
export async function countHeld(from: Queryable): Promise<number> {
  const rows = await from.query<{ held: number }>(
    "SELECT COUNT(*) AS held FROM quarantine WHERE state = 'held'",
  );
  return Number(rows[0]?.held ?? 0);
}
