import { TOPICS, type LightMessage } from '@mingjian/contracts';
import type { LightChangeRow, NewLightChange, NewOutboxMessage, SupersededBecause } from '@mingjian/store';

type Change = NewLightChange | LightChangeRow;

/** What other systems are told of the light changes of one case, in order: what no longer holds, then what holds now. */
export function lightMessages(
  shard: number,
  gone: readonly LightChangeRow[],
  because: SupersededBecause,
  changes: readonly NewLightChange[],
  now: number,
): NewOutboxMessage[] {
  return [
    ...gone.map((row) => outboxMessage(shard, now, supersededMessage(row, because, now))),
    ...changes.map((change) => outboxMessage(shard, now, changedMessage(change))),
  ];
}

function changedMessage(change: NewLightChange): LightMessage {
  return {
    ...envelope(change),
    id: messageIdOf(change),
    type: 'light.changed',
    time: iso(change.becameAt),
    data: { ...dataOf(change), reason: change.reason, supersedes: null },
  };
}

function supersededMessage(row: LightChangeRow, because: SupersededBecause, now: number): LightMessage {
  return {
    ...envelope(row),
    id: `${messageIdOf(row)}/superseded`,
    type: 'light.superseded',
    time: iso(now),
    data: { ...dataOf(row), reason: because, supersedes: messageIdOf(row) },
  };
}

/** One change as it was found once: found again after it was superseded, it is another. */
function messageIdOf({ caseNo, clock, becameAt, fromLight, toLight, detectedAt }: Change): string {
  return [caseNo, clock, iso(becameAt), `${fromLight ?? 'none'}-${toLight}`, iso(detectedAt)].join('/');
}

function envelope({ caseNo }: Change): Pick<LightMessage, 'specversion' | 'source' | 'subject'> {
  return { specversion: '1.0', source: 'urn:mingjian:monitor', subject: caseNo };
}

function dataOf(change: Change): Omit<LightMessage['data'], 'reason' | 'supersedes'> {
  return {
    clock: change.clock,
    clockKind: change.clockKind,
    department: change.department,
    item: change.itemCode,
    from: change.fromLight,
    to: change.toLight,
    dueAt: change.dueAt === null ? null : iso(change.dueAt),
    detectedAt: iso(change.detectedAt),
    rulesetVersion: change.rulesetVersion,
    calendarVersion: change.calendarVersion,
  };
}

function outboxMessage(shard: number, now: number, message: LightMessage): NewOutboxMessage {
  return {
    shard,
    topic: TOPICS.lights,
    recordKey: message.subject,
    payload: JSON.stringify(message),
    createdAt: now,
  };
}

function iso(instant: number): string {
  return new Date(instant).toISOString();
}
