import type { Light, OrderRule, OrderSource } from '@mingjian/contracts';
import { ordersByRule, withinFrom, type OrderCandidate } from '@mingjian/rules';
import {
  decodeFinding,
  decodeLightChange,
  instantText,
  knownOrderSources,
  loadSetting,
  saveSetting,
  type Store,
} from '@mingjian/store';
import { identityOf } from '../acts/light-of';
import { rulesOf, type ActRules } from '../acts/rules-of';
import { SYSTEM } from '../identity/principal';
import type { DeskPorts, OrderDesk } from './order-desk';
import { keyOfSource } from './order-source';

/** Far more ids than are handed out while a transaction is under way: what was written late is looked at once more. */
const OVERLAP = 2_000;
/** Rows of one look; the rest comes next time. */
const PAGE = 5_000;
/** Sources that an order names; it rests on all. */
const MOST_NAMED = 50;

type Found = OrderCandidate & { source: OrderSource };
type Kind = 'light' | 'finding';
const TABLES: Readonly<Record<Kind, string>> = { light: 'light_change', finding: 'finding' };

/** Where the next look begins, as a setting. */
const ruleCursor = (kind: Kind): string => `order_rules_after/${kind}`;

/**
 * Issues the orders that the rules of the ruleset ask for (`orders.rules`).
 *
 * Guarantees: a light or finding leads to at most one order of a rule, whatever is judged or started again; several
 * processes may do it at once. Rules do not reach back: what became true before the version in force counts for nothing.
 */
export class IssueByRule {
  constructor(
    private readonly ports: DeskPorts,
    private readonly desk: OrderDesk,
  ) {}

  /** @returns how many orders were issued. */
  async runOnce(at: number): Promise<number> {
    const rules = rulesOf(this.ports.book(), at, null);
    let issued = 0;
    for (const kind of ['light', 'finding'] as const) {
      const ofKind = Object.entries(rules.orders.rules).filter(
        ([, rule]) => rule.enabled && (rule.light === undefined ? 'finding' : 'light') === kind,
      );
      issued += await this.look(kind, ofKind, rules, at);
    }
    return issued;
  }

  private async look(
    kind: Kind,
    ofKind: readonly (readonly [string, OrderRule])[],
    rules: ActRules,
    at: number,
  ): Promise<number> {
    const { store } = this.ports;
    const after = Number((await loadSetting(store, ruleCursor(kind))) ?? 0);
    const fresh = await store.query<{ id: number; department: string | null }>(
      `SELECT id, department FROM ${TABLES[kind]} WHERE id > ? ORDER BY id LIMIT ?`,
      [Math.max(0, after - OVERLAP), PAGE],
    );
    const newest = fresh[fresh.length - 1]?.id ?? 0;
    if (newest === after) return 0;
    // A store that was made anew from the log gives smaller numbers: what stands in it was looked at before.
    if (newest < after) return this.remember(kind, await newestId(store, kind));
    const departments = new Set(fresh.flatMap(({ department }) => department ?? []));
    let issued = 0;
    for (const [name, rule] of ofKind)
      for (const department of departments) issued += await this.apply(name, rule, department, rules, at);
    await this.remember(kind, newest);
    return issued;
  }

  private async remember(kind: Kind, after: number): Promise<0> {
    await this.ports.store.write((transaction) => saveSetting(transaction, ruleCursor(kind), String(after)));
    return 0;
  }

  /** All orders of one rule for one department, each in a transaction of its own. */
  private async apply(
    name: string,
    rule: OrderRule,
    department: string,
    rules: ActRules,
    at: number,
  ): Promise<number> {
    const { store } = this.ports;
    const inForceFrom = rules.calendar.startOfDay(
      rules.calendar.dayOf(Date.parse(`${rules.document.inForceFrom}T12:00:00Z`)),
    );
    const since = Math.max(inForceFrom, withinFrom(rule, rules.calendar, at));
    const found = await candidates(store, rule, department, since);
    const known = await knownOrderSources(
      store,
      `rule/${name}`,
      found.map(({ key }) => key),
    );
    const wanted = ordersByRule(
      rule,
      found.filter(({ key }) => !known.has(key)),
      rules.calendar,
      at,
    );
    for (const { content, sources } of wanted) {
      const all = sources.map(({ source }) => source);
      const named = { ...content, sources: all.slice(0, MOST_NAMED) };
      // The first source names the order: of two processes that issue it at once one fails on this key and stops here.
      const key = `rule/${name}/${keyOfSource(all[0]!)}`;
      await store.write((transaction) => this.desk.issueIn(transaction, named, name, SYSTEM, key, all));
    }
    if (wanted.length > 0) this.ports.committed();
    return wanted.length;
  }
}

async function newestId(store: Store, kind: Kind): Promise<number> {
  const [row] = await store.query<{ newest: number | null }>(`SELECT MAX(id) AS newest FROM ${TABLES[kind]}`);
  return row?.newest ?? 0;
}

/** What a rule is about, of one department, that holds and became true since an instant. */
async function candidates(
  store: Store,
  rule: OrderRule,
  department: string,
  since: number,
): Promise<Found[]> {
  if (rule.finding !== undefined) {
    const rows = await store.query<object>(
      'SELECT * FROM finding WHERE department = ? AND superseded_at IS NULL AND code = ? AND detected_at >= ?',
      [department, rule.finding, instantText(since)],
    );
    return rows.map(decodeFinding).map((row) => {
      const source = { kind: 'finding', caseNo: row.caseNo, code: row.code, ref: row.ref } as const;
      return {
        key: keyOfSource(source),
        caseNo: row.caseNo,
        department,
        at: row.at ?? row.detectedAt,
        what: { finding: row.code },
        source,
      };
    });
  }
  const rows = await store.query<object>(
    // A light that waits for a person to confirm it is none yet.
    "SELECT * FROM light_change WHERE department = ? AND superseded_at IS NULL AND issue = 'automatic' " +
      'AND to_light = ? AND became_at >= ?',
    [department, rule.light satisfies Light | undefined, instantText(since)],
  );
  return rows.map(decodeLightChange).map((row) => {
    const source = { kind: 'light', ...identityOf(row) } as const;
    const what = { light: row.toLight, kind: row.clockKind };
    return { key: keyOfSource(source), caseNo: row.caseNo, department, at: row.becameAt, what, source };
  });
}
