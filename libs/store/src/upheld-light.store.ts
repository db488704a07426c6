import type { Light } from '@mingjian/contracts';
import { insertRows, queryByKeys } from './hot/multi-row';
import { TableMap } from './hot/table-map';
import { copyRatingAppeals } from './rating-appeal.store';
import { LightIssueRow, UpheldLightRow } from './rows';
import type { Queryable, StoreTransaction } from './store';

const UPHELD = new TableMap(UpheldLightRow);
const ISSUE = new TableMap(LightIssueRow);

/** What makes a light of a case that light and no other: rows come and go, this stays. */
export function lightIdentityKey(clock: string, becameAt: number, from: Light | null, to: Light): string {
  return `${becameAt} ${from ?? '-'} ${to} ${clock}`;
}

/**
 * The lights of the given cases that people took away, by case; cases without any have no entry. An appeal was upheld
 * against them, or they waited for confirmation and were cancelled.
 */
export async function loadUpheldLights(
  from: Queryable,
  caseNos: readonly string[],
): Promise<Map<string, Set<string>>> {
  const byCase = new Map<string, Set<string>>();
  const rows = await queryByKeys<{ case_no: string; identity: string }>(
    from,
    'SELECT case_no, identity FROM upheld_light WHERE case_no IN (?)',
    caseNos,
  );
  rows.push(
    ...(await queryByKeys<{ case_no: string; identity: string }>(
      from,
      "SELECT case_no, identity FROM light_issue WHERE decision = 'cancelled' AND case_no IN (?)",
      caseNos,
    )),
  );
  for (const { case_no: caseNo, identity } of rows) {
    const known = byCase.get(caseNo);
    if (known === undefined) byCase.set(caseNo, new Set([identity]));
    else known.add(identity);
  }
  return byCase;
}

/** Keeps a light from being written again. @throws where that was done before. */
export async function upholdLight(transaction: StoreTransaction, row: UpheldLightRow): Promise<void> {
  await insertRows(transaction, UPHELD, [row]);
}

/**
 * Brings the lights that people took away, and what they decided about those that waited and about ratings, from one store into
 * another that is about to be made from the log: what is judged there is judged as in the first.
 */
export async function copyUpheldLights(from: Queryable, into: StoreTransaction): Promise<void> {
  const rows = await from.query<object>('SELECT * FROM upheld_light');
  await insertRows(
    into,
    UPHELD,
    rows.map((raw) => UPHELD.decode(raw)),
  );
  const issues = await from.query<object>('SELECT * FROM light_issue');
  await insertRows(
    into,
    ISSUE,
    issues.map((raw) => ISSUE.decode(raw)),
  );
  await copyRatingAppeals(from, into);
}
