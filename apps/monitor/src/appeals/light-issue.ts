import type { CardState, LightDecision } from '@mingjian/contracts';
import {
  appendLedger,
  cardStateOf,
  enqueueNotices,
  findLightChange,
  insertLightIssue,
  insertOutbox,
  lightIdentityKey,
  loadLightIssue,
  supersedeLightChanges,
  type LightChangeRow,
  type LightIssueRow,
  type NewLedgerEntry,
  type RowScope,
  type StoreTransaction,
} from '@mingjian/store';
import { digestOfAct } from '../acts/act-batch';
import { ActRefused } from '../acts/act-refused';
import type { Principal } from '../identity/principal';
import { lightLedger } from '../judge/light-ledger';
import { lightNotice } from '../notify/light-notices';
import type { DeskPorts } from '../orders/order-desk';
import { lightMessages } from '../outbox/light-messages';

/** A light that waited for a person, with what was decided. */
export interface LightIssueSeen {
  light: LightChangeRow;
  decided: LightIssueRow;
  state: CardState;
}

/**
 * 发牌确认: decides about a light of a clock whose cards a person confirms (`issue: confirmed`).
 *
 * Issued, it is told like any other light. Cancelled, its row is superseded, and no judgement, replay or rebuild writes exactly
 * that light again; what the clock says stays as it is. Decided again in the same way changes nothing; decided is decided, so the
 * other way is refused: against an issued light there are appeals.
 *
 * Decision, light, notice and ledger entry are one transaction.
 * @throws ActRefused.
 */
export async function decideLight(
  ports: DeskPorts,
  id: number,
  decision: LightDecision,
  who: Principal,
  scope: RowScope,
): Promise<LightIssueSeen> {
  const seen = await ports.store.write(async (transaction) => {
    const light = await findLightChange(transaction, id, scope);
    const state = light === null ? null : cardStateOf(light, null);
    if (light === null || light.issue !== 'confirmed' || state === null)
      throw new ActRefused('not-found', `no light ${id} that you may see waits for confirmation`);
    const before = await loadLightIssue(transaction, light);
    if (before !== null) {
      if (before.decision === decision.decision) return { light, decided: before, isNew: false };
      throw new ActRefused(
        'wrong-state',
        `light ${id} was ${before.decision} by ${before.decidedByName} already`,
      );
    }
    if (light.supersededAt !== null)
      throw new ActRefused(
        'light-does-not-hold',
        `light ${id} does not hold any more; nothing is left to decide`,
      );
    const decided = await write(ports, transaction, light, decision, who);
    return { light: await reread(transaction, id, scope, light), decided, isNew: true };
  });
  const { light, decided } = seen;
  if (seen.isNew) ports.committed(decided.decision === 'cancelled' ? [{ ...light, reason: 'manual' }] : []);
  return { light, decided, state: cardStateOf(light, decided)! };
}

async function reread(
  transaction: StoreTransaction,
  id: number,
  scope: RowScope,
  light: LightChangeRow,
): Promise<LightChangeRow> {
  return (await findLightChange(transaction, id, scope)) ?? light;
}

async function write(
  { clock, shardOf, isTelling }: DeskPorts,
  transaction: StoreTransaction,
  light: LightChangeRow,
  { decision, reason = '' }: LightDecision,
  who: Principal,
): Promise<LightIssueRow> {
  const now = clock.now();
  const shard = shardOf(light.caseNo);
  const { caseNo, clock: name, fromLight, toLight, becameAt, department } = light;
  const row: LightIssueRow = {
    ...{ caseNo, clock: name, toLight, becameAt, department, decision, reason },
    identity: lightIdentityKey(name, becameAt, fromLight, toLight),
    fromLight: fromLight ?? '-',
    decidedBy: who.id,
    decidedByName: who.name,
    decidedAt: now,
  };
  // First: the judge reads light changes before it asks what people took away.
  await insertLightIssue(transaction, row);
  const entries: NewLedgerEntry[] = [
    {
      chain: 'cards',
      kind: `light.${decision}`,
      at: now,
      actor: who.id,
      subject: caseNo,
      body: {
        clock: name,
        from: fromLight,
        to: toLight,
        becameAt: new Date(becameAt).toISOString(),
        act: digestOfAct({ decision, reason }),
      },
    },
  ];
  if (decision === 'cancelled') {
    await supersedeLightChanges(transaction, [light.id], now, 'manual');
    await insertOutbox(transaction, lightMessages(shard, [light], 'manual', [], now));
    entries.push(...lightLedger(shard, [light], 'manual', [], now));
  } else if (isTelling()) await enqueueNotices(transaction, [lightNotice(shard, light)], now);
  await appendLedger(transaction, entries);
  return row;
}
