import { createHash } from 'node:crypto';
import type { QuarantineRecord, TimelineEvent } from '@mingjian/contracts';
import { canonicalJson } from '@mingjian/rules';

/**
 * The quarantine record of an event whose identity (source, id) another event with other content holds.
 * Written in the transaction that found it, not by way of the log: a crash in between must not lose it.
 */
export function identityConflict(event: TimelineEvent, now: number): QuarantineRecord {
  const content = canonicalJson([
    event.source,
    event.id,
    event.type,
    event.caseNo,
    event.occurredAt,
    event.data,
  ]);
  return {
    id: createHash('sha256').update(`identity-conflict\n${content}`).digest('hex'),
    source: event.source,
    feed: 'log',
    place: `case ${event.caseNo}`,
    reason: 'identity-conflict',
    field: 'id',
    expected: 'one content for one (source, id)',
    got: `a second content for id ${event.id}`,
    hint: 'number events anew at the source, or retract the wrong one',
    raw: canonicalJson({ ...event, occurredAt: new Date(event.occurredAt).toISOString() }),
    receivedat: new Date(event.receivedAt ?? now).toISOString(),
  };
}
