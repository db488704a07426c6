import {
  cardStateOf,
  type AppealRow,
  type LightChangeRow,
  type LightIssueRow,
  type ManualCardRow,
} from '@mingjian/store';
import type { Presenter } from '../api/present';
import { presentEvent } from '../orders/present-order';
import type { AppealSeen } from './appeal-desk';
import {
  APPEAL_ACT_NAMES,
  APPEAL_REASON_NAMES,
  APPEAL_STATE_NAMES,
  CARD_REASON_NAMES,
  CARD_STATE_NAMES,
} from './appeal-words';
import type { CardSeen } from './card-desk';

/** An appeal as lists show it. */
export function presentAppealRow(row: AppealRow, present: Presenter): object {
  return {
    id: row.id,
    no: row.no,
    caseNo: row.caseNo,
    against: {
      caseNo: row.caseNo,
      clock: row.clock,
      becameAt: present.time(row.becameAt),
      from: row.fromLight,
      to: row.toLight,
    },
    department: row.department,
    departmentName: present.departmentName(row.department),
    reason: row.reason,
    reasonName: APPEAL_REASON_NAMES[row.reason],
    state: row.state,
    stateName: APPEAL_STATE_NAMES[row.state],
    light: row.light,
    dueAt: present.timeOrNull(row.dueAt),
    provisional: row.provisional,
    filedAt: present.time(row.filedAt),
    endedAt: present.timeOrNull(row.endedAt),
  };
}

/** An appeal with everything that was done about it. */
export function presentAppeal({ row, facts, verdict, events }: AppealSeen, present: Presenter): object {
  return {
    ...presentAppealRow(row, present),
    version: facts.version,
    light: verdict.light,
    clock: verdict.clock,
    text: facts.filed.text,
    evidence: facts.filed.evidence,
    events: events.map((event) => presentEvent(event, present, APPEAL_ACT_NAMES[event.act.type])),
  };
}

/** A card as lists show it. */
export function presentCardRow(row: ManualCardRow, present: Presenter): object {
  return {
    id: row.id,
    no: row.no,
    caseNo: row.caseNo,
    department: row.department,
    departmentName: present.departmentName(row.department),
    light: row.light,
    reason: row.reason,
    reasonName: CARD_REASON_NAMES[row.reason],
    issuedAt: present.time(row.issuedAt),
    withdrawnAt: present.timeOrNull(row.withdrawnAt),
    version: row.version,
  };
}

/** A light that waits for a person, or about which one decided. */
export function presentLightIssue(
  light: LightChangeRow,
  decided: LightIssueRow | null,
  present: Presenter,
): object {
  const state = cardStateOf(light, decided);
  return {
    light: present.lightChange(light),
    state,
    stateName: state === null ? null : CARD_STATE_NAMES[state],
    decision:
      decided === null
        ? null
        : {
            decision: decided.decision,
            reason: decided.reason,
            by: decided.decidedByName,
            at: present.time(decided.decidedAt),
          },
  };
}

/** A card with what was done about it. */
export function presentCard({ row, events, holds }: CardSeen, present: Presenter): object {
  return {
    ...presentCardRow(row, present),
    holds,
    events: events.map((event) =>
      presentEvent(event, present, event.act.type === 'issued' ? '发牌' : '撤回'),
    ),
  };
}
