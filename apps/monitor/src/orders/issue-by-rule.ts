import type { OrderRule } from '@mingjian/contracts';
import { ordersByRule, withinFrom } from '@mingjian/rules';
import { knownOrderSources, loadSetting, saveSetting } from '@mingjian/store';
import { OF_NO_CASE } from '../acts/done-once';
import { rulesOf, type ActRules } from '../acts/rules-of';
import { SYSTEM } from '../identity/principal';
import { freshOf, NEWS, newestOf, type News } from './fresh-sources';
import type { DeskPorts, OrderDesk } from './order-desk';
import { candidatesOf } from './rule-candidates';

/** Rows of one look; the rest comes next time. */
const PAGE = 5_000;
/** Sources that an order names; it rests on all. */
const MOST_NAMED = 50;

/** Where the next look begins, as a setting. */
const ruleCursor = (news: News): string => `order_rules_after/${news}`;

/**
 * Issues the orders that the rules of the ruleset ask for (`orders.rules`).
 *
 * Guarantees: a light, a finding or what became of a complaint leads to at most one order of a rule, whatever is judged or
 * started again; several processes may do it at once. Rules do not reach back: what became true before the version in force
 * counts for nothing.
 */
export class IssueByRule {
  /** What the last look of this process saw, by news: the same rows are not looked at twice. */
  private readonly looked = new Map<News, string>();

  constructor(
    private readonly ports: DeskPorts,
    private readonly desk: OrderDesk,
  ) {}

  /** @returns how many orders were issued. */
  async runOnce(at: number): Promise<number> {
    const rules = rulesOf(this.ports.book(), at, null);
    let issued = 0;
    for (const news of NEWS) issued += await this.look(news, rules, at);
    return issued;
  }

  private async look(news: News, rules: ActRules, at: number): Promise<number> {
    const { store } = this.ports;
    const after = Number((await loadSetting(store, ruleCursor(news))) ?? 0);
    const fresh = await freshOf(store, news, after, PAGE);
    const newest = fresh[fresh.length - 1]?.mark ?? 0;
    // A store that was made anew from the log gives smaller numbers: what stands in it was looked at before.
    if (newest < after) return this.remember(news, await newestOf(store, news));
    const state = `${newest}/${fresh.length}`;
    if (fresh.length === 0 || this.looked.get(news) === state) return 0;
    const known = rules.document.departments;
    // A department that the rules do not know (any more) has nobody whom an order could reach.
    const departments = [...new Set(fresh.flatMap((row) => row.departments))].filter(
      (code) => known[code] !== undefined,
    );
    let issued = 0;
    for (const [name, rule] of rulesAbout(news, rules))
      for (const department of departments) issued += await this.apply(name, rule, department, rules, at);
    if (newest !== after) await this.remember(news, newest);
    this.looked.set(news, state);
    return issued;
  }

  private async remember(news: News, after: number): Promise<0> {
    await this.ports.store.write(
      (transaction) => saveSetting(transaction, ruleCursor(news), String(after)),
      OF_NO_CASE,
    );
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
    const found = (await candidatesOf(store, rule, department, since)).filter((one) => one.at >= since);
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
    let issued = 0;
    for (const { content, sources: grounds } of wanted) {
      // Of a complaint that was reopened three times there are three grounds and one source.
      const sources = [...new Map(grounds.map(({ source }) => [JSON.stringify(source), source])).values()];
      const named = { ...content, sources: sources.slice(0, MOST_NAMED) };
      // The first ground names the order: of two processes that issue it at once one fails on this key and leaves it at that.
      const first = grounds[0]!.key;
      try {
        await store.write(
          (transaction) =>
            this.desk.issueIn(transaction, named, name, SYSTEM, `rule/${name}/${first}`, grounds),
          OF_NO_CASE,
        );
        issued++;
      } catch (error) {
        if (!(await knownOrderSources(store, `rule/${name}`, [first])).has(first)) throw error;
      }
    }
    if (issued > 0) this.ports.committed();
    return issued;
  }
}

/** The rules that news can lead to orders by. */
function rulesAbout(news: News, { orders }: ActRules): [name: string, rule: OrderRule][] {
  const about = news === 'confirmed' ? 'light' : news;
  return Object.entries(orders.rules).filter(([, rule]) => rule.enabled && rule[about] !== undefined);
}
