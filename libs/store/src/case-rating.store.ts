import type { RatingFact } from '@mingjian/rules';
import { instantText } from './hot/instant-text';
import { queryByKeys, upsertRows } from './hot/multi-row';
import { TableMap } from './hot/table-map';
import type { RowScope } from './row-scope';
import { CaseRatingRow } from './rows';
import type { Queryable, StoreTransaction } from './store';

const RATING = new TableMap(CaseRatingRow);

/** What a judgement says of the ratings of a case. */
export interface JudgedRatings {
  caseNo: string;
  ratings: readonly RatingFact[];
}

/** The last row of a page: see {@link listRatings}. */
export interface RatingPlace {
  ratedAt: number;
  caseNo: string;
  source: string;
  eventId: string;
}

/** Which ratings of a list; a member left out does not narrow it. */
export interface RatingFilter {
  department?: string | undefined;
  item?: string | undefined;
  caseNo?: string | undefined;
  grade?: number | undefined;
  /** 差评, or all others. */
  bad?: boolean | undefined;
  /** 实名, or 匿名. */
  realName?: boolean | undefined;
  /** `YYYY-MM`, where the case is handled. */
  month?: string | undefined;
  /** Real-name bad ones that nobody has called back, or bad ones that nobody has put right; not those that an appeal cleared. */
  waiting?: 'contact' | 'rectification' | undefined;
  /** With `waiting`: only those whose limit has run out. */
  overdue?: boolean | undefined;
  /** Only ratings behind this one: the next page. */
  after?: RatingPlace | undefined;
  /** The instant at which the list is true, epoch milliseconds. */
  now: number;
  limit: number;
}

/** An answer that the record dates later than now has not been given yet. */
const WAITS = {
  contact: ['contacted_at', 'contact_due_at', 'r.real_name = 1'],
  rectification: ['rectified_at', 'rectify_due_at', '1 = 1'],
} as const;

/** Whether an appeal against the rating was upheld: it then counts in no net figure. */
export const UPHELD_RATING =
  'EXISTS (SELECT 1 FROM rating_appeal a WHERE a.case_no = r.case_no AND a.source = r.source ' +
  "AND a.event_id = r.event_id AND a.state = 'upheld')";

/**
 * Brings the ratings of cases up to what was judged, in the transaction of the judgement. Rows that say so already are not
 * written; those of retracted events go. `fresh`: cases of which nothing was stored before.
 */
export async function saveCaseRatings(
  transaction: StoreTransaction,
  judged: readonly JudgedRatings[],
  fresh: ReadonlySet<string>,
): Promise<void> {
  const known = new Map<string, CaseRatingRow>();
  const stored = await queryByKeys<object>(
    transaction,
    'SELECT * FROM case_rating WHERE case_no IN (?)',
    judged.flatMap(({ caseNo }) => (fresh.has(caseNo) ? [] : [caseNo])),
  );
  for (const row of stored.map((raw) => RATING.decode(raw))) known.set(keyOf(row), row);
  const changed: CaseRatingRow[] = [];
  for (const rating of judged.flatMap(({ ratings }) => ratings)) {
    const before = known.get(keyOf(rating));
    known.delete(keyOf(rating));
    if (before === undefined || !isSame(rating, before)) changed.push(rating);
  }
  await upsertRows(transaction, RATING, changed);
  for (const { caseNo, source, eventId } of known.values())
    await transaction.execute('DELETE FROM case_rating WHERE case_no = ? AND source = ? AND event_id = ?', [
      caseNo,
      source,
      eventId,
    ]);
}

/** One rating, if there is one that this scope covers. */
export async function loadRating(
  from: Queryable,
  { caseNo, source, eventId }: Omit<RatingPlace, 'ratedAt'>,
  scope: RowScope,
): Promise<CaseRatingRow | null> {
  const seen = scope.condition();
  const [raw] = await from.query<object>(
    `SELECT * FROM case_rating WHERE case_no = ? AND source = ? AND event_id = ? AND ${seen.sql}`,
    [caseNo, source, eventId, ...seen.parameters],
  );
  return raw === undefined ? null : RATING.decode(raw);
}

/** Ratings, newest first. Pages are cut by the last row seen: none is lost or repeated among those that stay. */
export async function listRatings(
  from: Queryable,
  filter: RatingFilter,
  scope: RowScope,
): Promise<CaseRatingRow[]> {
  const seen = scope.condition('r.department');
  const conditions = [seen.sql];
  const parameters: unknown[] = [...seen.parameters];
  const where = (condition: string, ...values: unknown[]): void => {
    conditions.push(condition);
    parameters.push(...values);
  };
  const now = instantText(filter.now);
  if (filter.department !== undefined) where('r.department = ?', filter.department);
  if (filter.item !== undefined) where('r.item_code = ?', filter.item);
  if (filter.caseNo !== undefined) where('r.case_no = ?', filter.caseNo);
  if (filter.grade !== undefined) where('r.grade = ?', filter.grade);
  if (filter.bad !== undefined) where('r.bad = ?', filter.bad ? 1 : 0);
  if (filter.realName !== undefined) where('r.real_name = ?', filter.realName ? 1 : 0);
  if (filter.month !== undefined) where('r.month = ?', filter.month);
  if (filter.waiting !== undefined) {
    const [answered, due, more] = WAITS[filter.waiting];
    where(`r.bad = 1 AND ${more} AND (r.${answered} IS NULL OR r.${answered} > ?)`, now);
    where(`NOT ${UPHELD_RATING}`);
    if (filter.overdue === true) where(`r.${due} < ?`, now);
  }
  if (filter.after !== undefined) {
    const { ratedAt, caseNo, source, eventId } = filter.after;
    // The bound by itself is what an index serves; the rest tells ratings of one instant apart.
    where('r.rated_at <= ?', instantText(ratedAt));
    where(
      '(r.rated_at, r.case_no, r.source, r.event_id) < (?, ?, ?, ?)',
      instantText(ratedAt),
      caseNo,
      source,
      eventId,
    );
  }
  const rows = await from.query<object>(
    `SELECT r.* FROM case_rating r WHERE ${conditions.join(' AND ')} ` +
      'ORDER BY r.rated_at DESC, r.case_no DESC, r.source DESC, r.event_id DESC LIMIT ?',
    [...parameters, filter.limit],
  );
  return rows.map((raw) => RATING.decode(raw));
}

/** Bad ratings whose correction is due from `since` until before `until`, without cleared ones, in order of the cases. */
export async function rectificationsDue(
  from: Queryable,
  since: number,
  until: number,
  scope: RowScope,
): Promise<CaseRatingRow[]> {
  if (until <= since) return [];
  const seen = scope.condition('r.department');
  const rows = await from.query<object>(
    `SELECT r.* FROM case_rating r WHERE r.rectify_due_at >= ? AND r.rectify_due_at < ? AND ${seen.sql} ` +
      `AND NOT ${UPHELD_RATING} ORDER BY r.case_no, r.number`,
    [instantText(since), instantText(until), ...seen.parameters],
  );
  return rows.map((raw) => RATING.decode(raw));
}

/** Cases that ended in a month (`YYYY-MM`) with bad ratings that appeals cleared: how many of how many. */
export async function clearedRatings(
  from: Queryable,
  month: string,
  scope: RowScope,
): Promise<{ caseNo: string; department: string | null; cleared: number; bad: number }[]> {
  const seen = scope.condition('f.department');
  const rows = await from.query<
    Record<'cleared' | 'bad', number | string> & { no: string; unit: string | null }
  >(
    'SELECT f.case_no AS no, f.department AS unit, f.bad_ratings AS bad, COUNT(*) AS cleared FROM case_rating r ' +
      `JOIN case_fact f ON f.case_no = r.case_no WHERE f.ended_month = ? AND r.bad = 1 AND ${UPHELD_RATING} ` +
      `AND ${seen.sql} GROUP BY f.case_no, f.department, f.bad_ratings ORDER BY f.case_no`,
    [month, ...seen.parameters],
  );
  return rows.map(({ no, unit, bad, cleared }) => ({
    ...{ caseNo: no, department: unit, cleared: Number(cleared), bad: Number(bad) },
  }));
}

function keyOf({ caseNo, source, eventId }: Omit<RatingPlace, 'ratedAt'>): string {
  return JSON.stringify([caseNo, source, eventId]);
}

function isSame(rating: RatingFact, row: CaseRatingRow): boolean {
  return (Object.keys(rating) as (keyof RatingFact)[]).every((member) => rating[member] === row[member]);
}
