import type { FindingSeverity, Notice } from '@mingjian/contracts';
import type {
  FindingRow,
  LightChangeRow,
  NewLedgerEntry,
  NewOutboxMessage,
  SupersededBecause,
} from '@mingjian/store';
import { findingNotices } from '../notify/finding-notices';
import { lightNotices } from '../notify/light-notices';
import { lightMessages } from '../outbox/light-messages';
import type { Assessment } from './assess-case';
import { lightLedger } from './light-ledger';
import { inOrder, type CasesBefore } from './write-assessments';

/** Who hears of what changed: other systems, the ledger, people. Written with it, sent afterwards. */
export interface Told {
  messages: NewOutboxMessage[];
  entries: NewLedgerEntry[];
  notices: Notice[];
}

/** Lights and findings as they stood before the judgement. */
export interface HeldBefore extends Pick<CasesBefore, 'rows'> {
  changes: ReadonlyMap<string, readonly LightChangeRow[]>;
  findings: ReadonlyMap<string, readonly FindingRow[]>;
}

/** `findings`: of which severities people are told; null: they are told nothing, of lights neither. */
export function toldOf(
  assessments: readonly Assessment[],
  before: HeldBefore,
  shardOf: (caseNo: string) => number,
  now: number,
  because: SupersededBecause,
  findings: ReadonlySet<FindingSeverity> | null,
): Told {
  const told: Told = { messages: [], entries: [], notices: [] };
  if (findings !== null)
    for (const { caseNo, goneFindings: gone, newFindings: found } of assessments)
      if (gone.length + found.length > 0)
        told.notices.push(
          ...findingNotices(
            {
              ...{ shard: shardOf(caseNo), before: before.findings.get(caseNo) ?? [], gone, found, because },
              judgedAt: before.rows.get(caseNo)?.judgedAt ?? null,
            },
            findings,
          ),
        );
  for (const { caseNo, goneChanges, newChanges } of assessments) {
    if (goneChanges.length + newChanges.length === 0) continue;
    const shard = shardOf(caseNo);
    const gone = (before.changes.get(caseNo) ?? []).filter(({ id }) => goneChanges.includes(id));
    const holding = inOrder(newChanges);
    told.messages.push(...lightMessages(shard, gone, because, holding, now));
    told.entries.push(...lightLedger(shard, gone, because, holding, now));
    if (findings !== null) told.notices.push(...lightNotices(shard, gone, because, holding));
  }
  return told;
}
