import { randomUUID } from 'node:crypto';
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
    type: 'light.changed',
    time: iso(change.becameAt),
    data: { ...dataOf(change), reason: change.reason },
  };
}

function supersededMessage(row: LightChangeRow, because: SupersededBecause, now: number): LightMessage {
  return {
    ...envelope(row),
    type: 'light.superseded',
    time: iso(now),
    data: { ...dataOf(row), reason: because },
  };
}

/** The id stands in the outbox with the message: sent again, it is the same. */
function envelope({ caseNo }: Change): Pick<LightMessage, 'specversion' | 'id' | 'source' | 'subject'> {
  return { specversion: '1.0', id: randomUUID(), source: 'urn:mingjian:monitor', subject: caseNo };
}

function dataOf(change: Change): Omit<LightMessage['data'], 'reason'> {
  return {
    clock: change.clock,
    clockKind: change.clockKind,
    department: change.department,
    item: change.itemCode,
    from: change.fromLight,
    to: change.toLight,
    becameAt: iso(change.becameAt),
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
