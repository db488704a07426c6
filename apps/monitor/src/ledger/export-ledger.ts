import {
  chainsOf,
  ExportWriter,
  NO_HASH,
  ROOT_CHAIN,
  ROOT_SIGNED,
  type LedgerRow,
  type SigningKey,
} from '@mingjian/ledger';
import { lastLedgerRow, ledgerRowsAfter, type LedgerPlace, type Queryable } from '@mingjian/store';
import { keyRows } from './ledger-keys';
import { LEDGER_PAGE } from './sign-root';

/** Which part of the ledger, by the instants of its roots (epoch milliseconds, UTC). */
export interface LedgerPeriod {
  /** From the last root before this instant; null: from the beginning. */
  from: number | null;
  /** Up to the last root at or before this instant; null: the last of all. */
  to: number | null;
}

/**
 * The lines of an export, each with its line feed, ready to be written as they come. Whole periods between two roots, so
 * that every row is under a signature; within a period the chains in order of their names, then the root.
 * @throws where there is no root in the period.
 */
export async function* exportLedger(
  from: Queryable,
  period: LedgerPeriod,
  key: SigningKey,
  now: number,
): AsyncGenerator<string> {
  const start =
    period.from === null ? null : await lastLedgerRow(from, ROOT_CHAIN, ROOT_SIGNED, period.from - 1);
  const end = await lastLedgerRow(from, ROOT_CHAIN, ROOT_SIGNED, period.to ?? Infinity);
  if (end === null || end.seq <= (start?.seq ?? 0)) throw new Error('no root was signed in this period');
  const writer = new ExportWriter();
  const keys = (await keyRows(from)).filter(({ seq }) => seq < (start?.seq ?? 0));
  yield writer.header(keys, start);
  const places = new Map<string, LedgerPlace>();
  for (const root of start === null ? [] : chainsOf(start))
    places.set(root.chain, { chain: root.chain, alg: root.alg, seq: root.last, hash: root.head });
  for await (const rootRow of rowsUpTo(from, placeOf(start, end), end.seq)) {
    if (rootRow.kind === ROOT_SIGNED)
      for (const root of chainsOf(rootRow)) {
        const place = places.get(root.chain) ?? { chain: root.chain, alg: root.alg, seq: 0, hash: NO_HASH };
        for await (const row of rowsUpTo(from, place, root.last)) yield writer.row(row);
        places.set(root.chain, { ...place, seq: root.last, hash: root.head });
      }
    yield writer.row(rootRow);
  }
  yield writer.footer(now, key);
}

function placeOf(start: LedgerRow | null, end: LedgerRow): LedgerPlace {
  return { chain: ROOT_CHAIN, alg: end.alg, seq: start?.seq ?? 0, hash: start?.hash ?? NO_HASH };
}

async function* rowsUpTo(from: Queryable, place: LedgerPlace, last: number): AsyncGenerator<LedgerRow> {
  let at = place;
  while (at.seq < last) {
    const rows = await ledgerRowsAfter(from, at, last, LEDGER_PAGE);
    const end = rows[rows.length - 1];
    if (end === undefined) return;
    yield* rows;
    at = { ...at, seq: end.seq, hash: end.hash };
  }
}
