import { guardedUpdate } from './hot/guarded-update';
import { insertRows, queryByKeys } from './hot/multi-row';
import { TableMap } from './hot/table-map';
import type { RowScope } from './row-scope';
import { ManualCardRow } from './rows';
import type { Queryable, StoreTransaction } from './store';

const CARD = new TableMap(ManualCardRow);

/** Writes a new card. @returns it with its id. */
export async function insertCard(
  transaction: StoreTransaction,
  card: Omit<ManualCardRow, 'id'>,
): Promise<ManualCardRow> {
  await insertRows(transaction, CARD, [card]);
  const [raw] = await transaction.query<object>('SELECT * FROM manual_card WHERE no = ?', [card.no]);
  return CARD.decode(raw!);
}

/** @returns false where somebody acted in between; nothing is written then. */
export function saveCard(
  transaction: StoreTransaction,
  card: ManualCardRow,
  version: number,
): Promise<boolean> {
  return guardedUpdate(transaction, CARD, card, version);
}

/** One card, if there is one that this scope covers. */
export async function loadCard(from: Queryable, id: number, scope: RowScope): Promise<ManualCardRow | null> {
  const seen = scope.condition();
  const [raw] = await from.query<object>(`SELECT * FROM manual_card WHERE id = ? AND ${seen.sql}`, [
    id,
    ...seen.parameters,
  ]);
  return raw === undefined ? null : CARD.decode(raw);
}

/** Cards, newest first. */
export async function listCards(
  from: Queryable,
  { before, limit, caseNo }: { before?: number | undefined; caseNo?: string | undefined; limit: number },
  scope: RowScope,
): Promise<ManualCardRow[]> {
  const seen = scope.condition();
  const rows = await from.query<object>(
    `SELECT * FROM manual_card WHERE ${seen.sql}${before === undefined ? '' : ' AND id < ?'}` +
      `${caseNo === undefined ? '' : ' AND case_no = ?'} ORDER BY id DESC LIMIT ?`,
    [
      ...seen.parameters,
      ...(before === undefined ? [] : [before]),
      ...(caseNo === undefined ? [] : [caseNo]),
      limit,
    ],
  );
  return rows.map((raw) => CARD.decode(raw));
}

/** Cards after `after`, in order of id, whose light is not among the light changes: the store was made anew from the log. */
export async function cardsWithoutLight(
  from: Queryable,
  after: number,
  limit: number,
): Promise<{ cards: ManualCardRow[]; last: number | null }> {
  const rows = await from.query<object>('SELECT * FROM manual_card WHERE id > ? ORDER BY id LIMIT ?', [
    after,
    limit,
  ]);
  const cards = rows.map((raw) => CARD.decode(raw));
  const lit = await queryByKeys<{ case_no: string; clock: string }>(
    from,
    "SELECT case_no, clock FROM light_change WHERE clock_kind = 'manual' AND case_no IN (?)",
    [...new Set(cards.map(({ caseNo }) => caseNo))],
  );
  const clocks = new Set(lit.map(({ clock }) => clock));
  return {
    cards: cards.filter(({ id }) => !clocks.has(clockOfCard(id))),
    last: cards[cards.length - 1]?.id ?? null,
  };
}

/** The clock name under which a card stands among the light changes of its case. */
export function clockOfCard(id: number): string {
  return `manual#${id}`;
}
