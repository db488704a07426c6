import type { Light, Notice, NoticeHoldReason } from '@mingjian/contracts';
import { CLOCK_NAMES } from '@mingjian/rules';
import {
  isWarning,
  type LightChangeRow,
  type NewLightChange,
  type NoticeRow,
  type SupersededBecause,
} from '@mingjian/store';

type Change = NewLightChange | LightChangeRow;

const LIGHT_NAMES: Readonly<Record<Light, string>> = {
  red: '红灯',
  yellow: '黄灯',
  grey: '灰灯',
  green: '绿灯',
};

/**
 * What people are to be told of the light changes of one case: what no longer holds, then what holds now. Only a light that
 * got worse, to yellow or red, is told. A yellow one that turned green closes what was told of it. One that waits for a person's confirmation (人工发牌) is told by whoever confirms it,
 * with {@link lightNotice}.
 */
export function lightNotices(
  shard: number,
  gone: readonly LightChangeRow[],
  because: SupersededBecause,
  changes: readonly NewLightChange[],
): Notice[] {
  return [
    ...gone.filter(isWarning).map((row) => ({
      ...lightNotice(shard, row),
      isWithdrawal: true,
      mutedBecause: mutedBy(because),
    })),
    ...changes
      .filter((change) => isWarning(change) && change.issue === 'automatic')
      .map((change) => ({ ...lightNotice(shard, change), mutedBecause: mutedBy(change.reason) })),
    // 已处置: answered in time. It is told nobody; who was told of the yellow need not acknowledge it any more.
    ...changes
      .filter(({ fromLight, toLight }) => fromLight === 'yellow' && toLight === 'green')
      .map((change) => lightNotice(shard, change)),
  ];
}

/** The notice of one light. Its key is the identity of the light: case, clock, when it became true, from, to. */
export function lightNotice(shard: number, change: Change): Notice {
  const { caseNo, clock, clockKind, fromLight, toLight } = change;
  return {
    key: `light/${caseNo}/${clock}/${change.becameAt}/${fromLight ?? '-'}/${toLight}`,
    kind: 'light',
    grade: toLight === 'red' || toLight === 'yellow' ? toLight : 'info',
    department: change.department,
    caseNo,
    subject: `${caseNo} ${CLOCK_NAMES[clockKind]}${LIGHT_NAMES[toLight]}`,
    facts: {
      item: change.itemCode,
      clock,
      clockKind,
      clockName: CLOCK_NAMES[clockKind],
      light: toLight,
      from: fromLight,
      becameAt: change.becameAt,
      dueAt: change.dueAt,
      ruleset: change.rulesetVersion,
      reason: change.reason,
    },
    at: change.becameAt,
    shard,
    thread: `light/${caseNo}/${clock}`,
  };
}

/** Whether a notice says that a yellow light is over: green in time. Nobody is told of it. */
export function isOvertaking({ kind, grade, level }: Pick<NoticeRow, 'kind' | 'grade' | 'level'>): boolean {
  return kind === 'light' && grade === 'info' && level === 0;
}

/** A recomputation sends nothing by itself. */
function mutedBy(reason: string): NoticeHoldReason | null {
  return reason === 'rule' || reason === 'calendar' ? reason : null;
}
