import { complaintByNo, findCaseFile, findHandover, type Queryable, type RowScope } from '@mingjian/store';
import { viewOf } from '../complaints/complaint-rights';
import { hasRole, type Principal } from '../identity/principal';

/** Matters that have a number and a department, by their tables. */
const NUMBERED = ['supervision_order', 'appeal', 'manual_card', 'rating_appeal'] as const;

/**
 * Whether somebody may be told what the ledger says of a subject: of a case, an order, an appeal, a card, a complaint or a hand-over
 * that they may see themselves; of accounts, rules and the site, who sees the whole site. The ledger is no way round what rows
 * are kept from somebody: a complaint that is for inspectors alone is so here too (信访工作条例 Art. 30), and a hand-over is shown
 * to those alone who may read the register.
 */
export async function isSubjectSeen(
  from: Queryable,
  subject: string,
  who: Principal,
  scope: RowScope,
): Promise<boolean> {
  const complaint = await complaintByNo(from, subject);
  if (complaint !== null)
    return (viewOf(who) === 'office' || !complaint.confidential) && scope.covers(complaint.department);
  if ((await handoverNumbered(from, subject)) && !hasRole(who, 'inspector', 'auditor')) return false;
  if (scope.isEverything) return true;
  if ((await findCaseFile(from, scope, subject)) !== null) return true;
  if ((await findHandover(from, scope, { no: subject })) !== null) return true;
  const { sql, parameters } = scope.condition();
  for (const table of NUMBERED) {
    const found = await from.query(`SELECT id FROM ${table} WHERE no = ? AND ${sql}`, [
      subject,
      ...parameters,
    ]);
    if (found.length > 0) return true;
  }
  return false;
}

async function handoverNumbered(from: Queryable, no: string): Promise<boolean> {
  return (await from.query('SELECT id FROM handover WHERE no = ?', [no])).length > 0;
}
