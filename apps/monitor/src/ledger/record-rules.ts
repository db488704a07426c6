import { digestOf } from '@mingjian/ledger';
import { canonicalJson } from '@mingjian/rules';
import { appendLedger, holdLedgerHead, lastLedgerRow, type Store } from '@mingjian/store';
import type { LoadedRuleBook } from '../rulebook/load-rule-book';

const RULES_CHAIN = 'rules';
const RULES_IN_FORCE = 'rules.in-force';

/**
 * Says in the ledger which rules and calendars are in force, where that is not what it said last. With the digests of the
 * documents: who has the files can show that these and no others were meant.
 * @returns whether something was written.
 */
export function recordRules(store: Store, loaded: LoadedRuleBook, now: number): Promise<boolean> {
  const body = {
    rulesets: loaded.rulesets
      .map((document) => ({
        ruleset: document.ruleset,
        version: document.version,
        inForceFrom: document.inForceFrom,
        digest: digestOf('sha256', canonicalJson(document)),
      }))
      .sort((a, b) => (a.digest < b.digest ? -1 : 1)),
    rulesetDigest: loaded.rulesetDigest,
    calendarDigest: loaded.calendarDigest,
  };
  return store.write(async (transaction) => {
    // Several monitors follow the same files: the first one writes.
    await holdLedgerHead(transaction, RULES_CHAIN);
    const last = await lastLedgerRow(transaction, RULES_CHAIN, RULES_IN_FORCE);
    const said = last === null ? null : (JSON.parse(last.bodyText) as typeof body);
    if (said?.rulesetDigest === body.rulesetDigest && said.calendarDigest === body.calendarDigest)
      return false;
    await appendLedger(transaction, [
      { chain: RULES_CHAIN, kind: RULES_IN_FORCE, at: now, actor: null, subject: 'rulebook', body },
    ]);
    return true;
  });
}
