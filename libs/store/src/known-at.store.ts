import { instantText } from './hot/instant-text';
import { insertRows, queryByKeys } from './hot/multi-row';
import { TableMap } from './hot/table-map';
import { clockOfCard } from './manual-card.store';
import {
  LightChangeRow,
  LightIssueRow,
  ManualCardRow,
  RuleVersionRow,
  ServiceCountRow,
  UpheldLightRow,
} from './rows';
import type { Queryable, StoreTransaction } from './store';
import { lightIdentityKey } from './upheld-light.store';

/* What a store is filled with that is to say what another one said at an earlier instant (epoch ms). Ids stay: they are what evidence names. */

const UPHELD = new TableMap(UpheldLightRow);
const ISSUE = new TableMap(LightIssueRow);
const COUNT = new TableMap(ServiceCountRow);
const CARD = new TableMap(ManualCardRow, { keepsIds: true });
const VERSION = new TableMap(RuleVersionRow, { keepsIds: true });
const LIGHT = new TableMap(LightChangeRow, { keepsIds: true });

/** Rows of one look. */
const PAGE = 5_000;

/** Brings the documents that had been approved by an instant. */
export async function copyApprovals(from: Queryable, into: StoreTransaction, at: number): Promise<void> {
  const sql = 'SELECT * FROM rule_version WHERE approved_at <= ? ORDER BY id';
  const rows = await from.query<object>(sql, [instantText(at)]);
  await insertRows(
    into,
    VERSION,
    rows.map((raw) => VERSION.decode(raw)),
  );
}

/** Brings what people had decided about lights by an instant: those that appeals took away, and those that waited for a person. */
export async function copyLightDecisions(from: Queryable, into: StoreTransaction, at: number): Promise<void> {
  const known = [instantText(at)];
  const upheld = await from.query<object>('SELECT * FROM upheld_light WHERE upheld_at <= ?', known);
  await insertRows(
    into,
    UPHELD,
    upheld.map((raw) => UPHELD.decode(raw)),
  );
  const issues = await from.query<object>('SELECT * FROM light_issue WHERE decided_at <= ?', known);
  await insertRows(
    into,
    ISSUE,
    issues.map((raw) => ISSUE.decode(raw)),
  );
}

/**
 * Brings the cards (发牌) that people had given by an instant, with their lights as they stood. After {@link copyLightDecisions}:
 * whether an appeal had taken a card away is known from there.
 */
export async function copyCards(from: Queryable, into: StoreTransaction, at: number): Promise<void> {
  const given = await from.query<object>('SELECT * FROM manual_card WHERE issued_at <= ? ORDER BY id', [
    instantText(at),
  ]);
  const cards = given
    .map((raw) => CARD.decode(raw))
    .map((card) => ({ ...card, withdrawnAt: knownBy(card.withdrawnAt, at) }));
  await insertRows(into, CARD, cards);
  const upheld = new Map(
    (await into.query<object>('SELECT * FROM upheld_light'))
      .map((raw) => UPHELD.decode(raw))
      .map((row) => [`${row.caseNo} ${row.identity}`, row.upheldAt]),
  );
  const cardOf = new Map(cards.map((card) => [clockOfCard(card.id), card]));
  const lights = await queryByKeys<object>(
    from,
    "SELECT * FROM light_change WHERE clock_kind = 'manual' AND case_no IN (?)",
    [...new Set(cards.map(({ caseNo }) => caseNo))],
  );
  const asTheyStood = lights
    .map((raw) => LIGHT.decode(raw))
    .flatMap((light): LightChangeRow[] => {
      const card = cardOf.get(light.clock);
      if (card === undefined) return [];
      const upheldAt = upheld.get(`${light.caseNo} ${identityOf(light)}`) ?? null;
      const supersededAt = upheldAt ?? card.withdrawnAt;
      const because = upheldAt !== null ? 'appeal' : 'manual';
      return [{ ...light, supersededAt, supersededBecause: supersededAt === null ? null : because }];
    });
  await insertRows(into, LIGHT, asTheyStood);
}

/**
 * Brings the counts of convenience items that their sources had dated by an instant. A count that was dated later took the place of
 * one that nobody keeps: @returns how many of these are for a day up to `today` (`YYYY-MM-DD`), by month.
 */
export async function copyServiceCounts(
  from: Queryable,
  into: StoreTransaction,
  at: number,
  today: string,
): Promise<Map<string, number>> {
  for (let after: readonly [string, string] | null = ['', '']; after !== null;) {
    const rows: ServiceCountRow[] = (
      await from.query<object>(
        'SELECT * FROM service_count WHERE subject >= ? AND (subject, source) > (?, ?) ORDER BY subject, source LIMIT ?',
        [after[0], ...after, PAGE],
      )
    ).map((raw) => COUNT.decode(raw));
    await insertRows(
      into,
      COUNT,
      rows.filter(({ occurredAt }) => occurredAt <= at),
    );
    const last = rows[PAGE - 1];
    after = last === undefined ? null : [last.subject, last.source];
  }
  const later = await from.query<{ month: string; n: number | string }>(
    'SELECT month, COUNT(*) AS n FROM service_count WHERE occurred_at > ? AND date <= ? GROUP BY month',
    [instantText(at), today],
  );
  return new Map(later.map(({ month, n }) => [month, Number(n)]));
}

/** The shards of cases, by their numbers. */
export async function shardsOfCases(
  from: Queryable,
  caseNos: readonly string[],
): Promise<Map<string, number>> {
  const sql = 'SELECT case_no, shard FROM case_file WHERE case_no IN (?)';
  const rows = await queryByKeys<{ case_no: string; shard: number }>(from, sql, caseNos);
  return new Map(rows.map(({ case_no: caseNo, shard }) => [caseNo, shard]));
}

/**
 * The ids under which lights of the given cases stand, by {@link keyOfLightChange}: of a light that was written more than once the row
 * that held at the instant, else the first.
 */
export async function lightIdsKnownAt(
  from: Queryable,
  caseNos: readonly string[],
  at: number,
): Promise<Map<string, number>> {
  const ids = new Map<string, number>();
  const held = new Set<string>();
  const rows = await queryByKeys<object>(
    from,
    'SELECT * FROM light_change WHERE case_no IN (?) ORDER BY id',
    caseNos,
  );
  for (const row of rows.map((raw) => LIGHT.decode(raw))) {
    const key = keyOfLightChange(row);
    const isHeld = row.detectedAt <= at && knownBy(row.supersededAt, at) === null;
    if (ids.has(key) && (!isHeld || held.has(key))) continue;
    ids.set(key, row.id);
    if (isHeld) held.add(key);
  }
  return ids;
}

type Identified = Pick<LightChangeRow, 'clock' | 'becameAt' | 'fromLight' | 'toLight'>;

/** What a light of a case is known by in {@link lightIdsKnownAt}. */
export function keyOfLightChange(light: Identified & Pick<LightChangeRow, 'caseNo'>): string {
  return `${light.caseNo} ${identityOf(light)}`;
}

function identityOf({ clock, becameAt, fromLight, toLight }: Identified): string {
  return lightIdentityKey(clock, becameAt, fromLight, toLight);
}

function knownBy(happenedAt: number | null, at: number): number | null {
  return happenedAt !== null && happenedAt <= at ? happenedAt : null;
}
