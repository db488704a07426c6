import { clockOfCard, type ManualCardRow, type NewLightChange } from '@mingjian/store';

/** The light of a card, as it stands among the light changes of its case. */
export function cardLight(
  card: ManualCardRow,
  itemCode: string | null,
  rulesetVersion: string,
  calendarVersion: string,
): NewLightChange {
  return {
    caseNo: card.caseNo,
    clock: clockOfCard(card.id),
    clockKind: 'manual',
    department: card.department,
    itemCode,
    fromLight: null,
    toLight: card.light,
    issue: 'automatic',
    reason: 'manual',
    becameAt: card.issuedAt,
    detectedAt: card.issuedAt,
    dueAt: null,
    rulesetVersion,
    calendarVersion,
    supersededAt: card.withdrawnAt,
    supersededBecause: card.withdrawnAt === null ? null : 'manual',
  };
}
