import type { LightChangeRow, NewLedgerEntry, NewLightChange, SupersededBecause } from '@mingjian/store';
import { shardChain } from '@mingjian/store';

/**
 * What the ledger says of the light changes of one case: what no longer holds, then what holds now. A change is known by
 * (case, clock, became at, from, to), as the rules know it, and not by the id of its row, which a rebuild gives anew.
 */
export function lightLedger(
  shard: number,
  gone: readonly LightChangeRow[],
  because: SupersededBecause,
  changes: readonly NewLightChange[],
  now: number,
): NewLedgerEntry[] {
  const entry = (kind: string, change: NewLightChange, more: Record<string, unknown>): NewLedgerEntry => ({
    chain: shardChain(shard),
    kind,
    at: now,
    actor: null,
    subject: change.caseNo,
    body: {
      clock: change.clock,
      from: change.fromLight,
      to: change.toLight,
      becameAt: iso(change.becameAt),
      ...more,
    },
  });
  return [
    ...gone.map((row) => entry('light.superseded', row, { because })),
    ...changes.map((change) =>
      entry('light.changed', change, {
        department: change.department,
        item: change.itemCode,
        reason: change.reason,
        issue: change.issue,
        dueAt: change.dueAt === null ? null : iso(change.dueAt),
        ruleset: change.rulesetVersion,
        calendar: change.calendarVersion,
      }),
    ),
  ];
}

function iso(instant: number): string {
  return new Date(instant).toISOString();
}
