import type { TimelineEvent } from '@mingjian/contracts';
import type { CaseFileRow, NewLightChange } from '../index';

/** The instant of what these rows tell, unless they say otherwise. */
export const AT = Date.parse('2026-09-14T02:00:00.123Z');

/** An acceptance. */
export function timelineEvent(caseNo: string, id: string): TimelineEvent {
  return {
    source: 'urn:dept:housing',
    id,
    type: 'case.accepted',
    caseNo,
    occurredAt: AT,
    receivedAt: null,
    data: { item: 'A0101' },
  };
}

/** An event with its place in the log. */
export function placed(event: TimelineEvent): { event: TimelineEvent; partition: number; offset: number } {
  return { event, partition: 1, offset: 7 };
}

/** The row of a green case. */
export function caseFile(caseNo: string, more: Partial<CaseFileRow> = {}): CaseFileRow {
  return {
    caseNo,
    shard: 0,
    itemCode: 'A0101',
    itemClass: 'promised',
    department: 'housing',
    isOpen: true,
    light: 'green',
    stepLight: 'green',
    clock: 'promise',
    dueAt: AT,
    since: null,
    nextChangeAt: AT,
    provisional: false,
    unknownBecause: null,
    rulesetVersion: '1',
    calendarVersion: '1',
    outcome: null,
    acceptedAt: AT,
    findingCount: 0,
    lastEventAt: AT,
    clockLights: 'promise=green*1',
    lightRank: 3,
    urgentAt: AT,
    judgedAt: AT,
    ...more,
  };
}

/** A yellow light that waits for a person. */
export function lightChange(caseNo: string, becameAt: number): NewLightChange {
  return {
    caseNo,
    clock: 'promise',
    clockKind: 'promise',
    department: 'housing',
    itemCode: 'A0101',
    fromLight: null,
    toLight: 'yellow',
    issue: 'confirmed',
    reason: 'time',
    becameAt,
    detectedAt: becameAt,
    dueAt: null,
    rulesetVersion: '1',
    calendarVersion: '1',
    supersededAt: null,
    supersededBecause: null,
  };
}
