import type { CardState, Light } from '@mingjian/contracts';
import { insertRows } from './hot/multi-row';
import { TableMap } from './hot/table-map';
import { decodeLightChange } from './light-change.store';
import type { RowScope } from './row-scope';
import { LightIssueRow, type LightChangeRow } from './rows';
import type { Queryable, StoreTransaction } from './store';
import { lightIdentityKey } from './upheld-light.store';

const ISSUE = new TableMap(LightIssueRow);

/**
 * Whether a light is a warning: it got worse, to yellow or red. Red that turned yellow by an amended calendar is none. Only
 * warnings are issued, told and confirmed.
 */
export function isWarning({ fromLight, toLight }: { fromLight: Light | null; toLight: Light }): boolean {
  return toLight === 'red' || (toLight === 'yellow' && fromLight !== 'red');
}

/** 发牌状态 of a light, after the card states of supervision platforms; null where it is no warning. */
export function cardStateOf(light: LightChangeRow, decided: LightIssueRow | null): CardState | null {
  if (!isWarning(light)) return null;
  if (decided?.decision === 'cancelled') return 'cancelled';
  if (light.supersededAt !== null) return 'withdrawn';
  return light.issue === 'automatic' || decided !== null ? 'issued' : 'waiting';
}

const OF_LIGHT =
  'light_issue.case_no = light_change.case_no AND light_issue.clock = light_change.clock ' +
  "AND light_issue.became_at = light_change.became_at AND light_issue.from_light = COALESCE(light_change.from_light, '-') " +
  'AND light_issue.to_light = light_change.to_light';

/**
 * Condition on `light_change`: the light was issued, by itself or by a person. One that waits for a person is none yet: it counts
 * in no figure, is told nobody and leads to nothing.
 */
export const ISSUED_LIGHT =
  "(light_change.issue = 'automatic' OR EXISTS (SELECT 1 FROM light_issue " +
  `WHERE ${OF_LIGHT} AND light_issue.decision = 'issued'))`;

/** What was decided about a light; null: nothing yet. */
export async function loadLightIssue(from: Queryable, light: LightChangeRow): Promise<LightIssueRow | null> {
  const [raw] = await from.query<object>('SELECT * FROM light_issue WHERE case_no = ? AND identity = ?', [
    light.caseNo,
    lightIdentityKey(light.clock, light.becameAt, light.fromLight, light.toLight),
  ]);
  return raw === undefined ? null : ISSUE.decode(raw);
}

/** Whether a light was issued, by itself or by a person: what {@link ISSUED_LIGHT} says of a row at hand. */
export async function isIssued(from: Queryable, light: LightChangeRow): Promise<boolean> {
  return light.issue === 'automatic' || (await loadLightIssue(from, light))?.decision === 'issued';
}

/** Writes down what somebody decided about a light. @throws where that was done before. */
export async function insertLightIssue(transaction: StoreTransaction, row: LightIssueRow): Promise<void> {
  await insertRows(transaction, ISSUE, [row]);
}

/** Warnings that hold and wait for a person, newest first. */
export async function listWaitingLights(
  from: Queryable,
  filter: { department?: string | undefined; before?: number | undefined; limit: number },
  scope: RowScope,
): Promise<LightChangeRow[]> {
  const seen = scope.condition('light_change.department');
  const conditions = [
    "light_change.issue = 'confirmed' AND light_change.superseded_at IS NULL",
    "(light_change.to_light = 'red' OR (light_change.to_light = 'yellow' AND COALESCE(light_change.from_light, '-') <> 'red'))",
    `NOT EXISTS (SELECT 1 FROM light_issue WHERE ${OF_LIGHT})`,
    seen.sql,
  ];
  const values: unknown[] = [...seen.parameters];
  if (filter.department !== undefined) {
    conditions.push('light_change.department = ?');
    values.push(filter.department);
  }
  if (filter.before !== undefined) {
    conditions.push('light_change.id < ?');
    values.push(filter.before);
  }
  const rows = await from.query<object>(
    `SELECT light_change.* FROM light_change WHERE ${conditions.join(' AND ')} ORDER BY light_change.id DESC LIMIT ?`,
    [...values, filter.limit],
  );
  return rows.map(decodeLightChange);
}

/** One light change within a scope; null where there is none that may be seen. */
export async function findLightChange(
  from: Queryable,
  id: number,
  scope: RowScope,
): Promise<LightChangeRow | null> {
  const seen = scope.condition();
  const [raw] = await from.query<object>(`SELECT * FROM light_change WHERE id = ? AND ${seen.sql}`, [
    id,
    ...seen.parameters,
  ]);
  return raw === undefined ? null : decodeLightChange(raw);
}
