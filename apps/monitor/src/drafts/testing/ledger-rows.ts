import type { Queryable } from '@mingjian/store';

/** The rows of a chain of the ledger, in order. */
export async function ledgerRowsOf(
  from: Queryable,
  chain: string,
): Promise<{ kind: string; actor: string | null; body: string }[]> {
  return from.query('SELECT kind, actor, body FROM ledger_entry WHERE chain = ? ORDER BY seq', [chain]);
}
