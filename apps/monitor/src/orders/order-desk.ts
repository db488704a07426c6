import {
  type ActEvent,
  type Actor,
  type OrderAct,
  type OrderActBody,
  type OrderContent,
  type OrderRecord,
  type OrderSource,
} from '@mingjian/contracts';
import {
  foldOrder,
  orderAt,
  refuseOrderAct,
  type OrderFacts,
  type OrderVerdict,
  type RuleBook,
} from '@mingjian/rules';
import type { Clock } from '@mingjian/runtime';
import {
  actsOf,
  complaintByNo,
  findingsOfCase,
  insertOrder,
  insertOrderSources,
  isIssued,
  loadOrder,
  RowScope,
  takeNumber,
  type LightChangeRow,
  type Queryable,
  type Store,
  type StoreTransaction,
  type SupervisionOrderRow,
} from '@mingjian/store';
import { hasRole, type Principal } from '../identity/principal';
import { digestOfAct } from '../acts/act-batch';
import { ActRefused } from '../acts/act-refused';
import { actKeyOf, doneOnce, OF_NO_CASE } from '../acts/done-once';
import { lightRowOf } from '../acts/light-of';
import { rulesOf, yearOf, type ActRules } from '../acts/rules-of';
import { keyOfSource, subjectOfSource } from './order-source';
import { OrderWork, orderRow } from './order-work';

/** What the desks for acts of people are given. */
export interface DeskPorts {
  store: Store;
  clock: Clock;
  book: () => RuleBook;
  shardOf: (key: string) => number;
  /** Whether anybody is told of anything on this site. */
  isTelling: () => boolean;
  /** Something was committed that others wait for: notices, messages, lights. Named are lights that people gave or took. */
  committed: (lights?: readonly LightOfAct[]) => void;
}

/** A light that somebody's act gave or took away: of which clock, which colour, and by what. */
export interface LightOfAct extends Pick<LightChangeRow, 'department' | 'clockKind' | 'toLight'> {
  reason: 'manual' | 'appeal';
}

/** An order with everything that is known of it at an instant. */
export interface OrderSeen {
  row: SupervisionOrderRow;
  facts: OrderFacts;
  verdict: OrderVerdict;
  events: ActEvent<OrderRecord>[];
  rules: ActRules;
}

/** What an order rests on, and the key under which that counts once for each rule. */
export interface OrderGround {
  key: string;
  source: OrderSource;
}

/** Acts of the department that the order is addressed to; all others are the inspector's. */
const OF_DEPARTMENT: ReadonlySet<OrderAct['type']> = new Set(['extension-requested', 'replied']);

/**
 * 督办: issues orders and takes the acts about them.
 *
 * Guarantees: each act is one event, written with its notices and its ledger entry or not at all; submitted twice under
 * one key it is done once; of two people who act on the same state one is refused. Numbers have no gaps.
 */
export class OrderDesk {
  constructor(private readonly ports: DeskPorts) {}

  /** Issues an order by hand. @throws ActRefused. */
  async issue(content: OrderContent, who: Principal, scope: RowScope, key?: string): Promise<OrderSeen> {
    if (!hasRole(who, 'inspector'))
      throw new ActRefused('not-yours', 'orders are issued by an inspector (监察员)');
    if (!scope.covers(content.department))
      throw new ActRefused('not-yours', 'the department lies outside of what you supervise');
    const actKey = actKeyOf(who.id, key);
    return await doneOnce(
      this.ports,
      actKey,
      ({ matter, type, act }) =>
        matter === 'order' &&
        type === 'issued' &&
        contentDigest(JSON.parse(act) as OrderContent) === contentDigest(content),
      async (transaction) => {
        await this.requireSources(transaction, content.sources);
        return this.issueIn(transaction, content, null, who, actKey);
      },
      ({ matterId }) => this.read(matterId, RowScope.everything),
      OF_NO_CASE,
    );
  }

  /** Issues an order within a transaction: by hand, or because a rule asks for it. */
  async issueIn(
    transaction: StoreTransaction,
    content: OrderContent,
    rule: string | null,
    actor: Actor,
    actKey: string,
    /** All that it rests on, each by its key, where that is more than the sources that the order names. */
    grounds: readonly OrderGround[] = content.sources.map((source) => ({ source, key: keyOfSource(source) })),
  ): Promise<OrderSeen> {
    const now = this.ports.clock.now();
    const rules = rulesOf(this.ports.book(), now, content.department);
    if (rules.document.departments[content.department] === undefined)
      throw new ActRefused(
        'unknown-department',
        `no department ${JSON.stringify(content.department)}; the ruleset knows: ${Object.keys(rules.document.departments).join(', ') || 'none'}`,
      );
    const year = yearOf(rules.calendar, now);
    const no = `督办〔${year}〕${await takeNumber(transaction, 'order', year)}号`;
    const issued: OrderRecord = { type: 'issued', no, rule, ...content };
    const first: ActEvent<OrderRecord> = { seq: 1, at: now, actor, act: issued };
    const facts = foldOrder([first]);
    const row = orderRow(0, facts, orderAt(facts, rules.orders, rules.calendar, now), 0);
    const { id } = await insertOrder(transaction, row);
    await insertOrderSources(
      transaction,
      [...new Map(grounds.map(({ key, source }) => [key, source]))].map(([sourceKey, source]) => ({
        issuedBy: rule === null ? `order/${id}` : `rule/${rule}`,
        sourceKey,
        orderId: id,
        caseNo: subjectOfSource(source),
      })),
    );
    const work = new OrderWork(id, no, [], rules, this.ports.shardOf(no), this.ports.isTelling());
    work.add(issued, now, { id: actor.id, name: actor.name }, actKey);
    // A limit of one day is yellow from its first moment on.
    work.catchUp(now);
    return this.seen(await work.write(transaction, now, 0), work.events, rules, now);
  }

  /** Takes an act about an order. @throws ActRefused. */
  async act(
    id: number,
    body: OrderActBody,
    who: Principal,
    scope: RowScope,
    key?: string,
  ): Promise<OrderSeen> {
    const { act } = body;
    const actKey = actKeyOf(who.id, key);
    const digest = digestOfAct(act);
    return doneOnce(
      this.ports,
      actKey,
      (done) =>
        done.matter === 'order' &&
        done.matterId === id &&
        digestOfAct(JSON.parse(done.act) as object) === digest,
      async (transaction) => {
        const now = this.ports.clock.now();
        const { row, events, rules } = await this.load(transaction, id, scope);
        requireRight(act, row, who);
        const work = new OrderWork(
          id,
          row.no,
          events,
          rules,
          this.ports.shardOf(row.no),
          this.ports.isTelling(),
        );
        const facts = work.facts();
        if (facts.version !== body.version)
          throw new ActRefused(
            'stale-version',
            `${row.no} has version ${facts.version} and not ${body.version}: somebody acted since; read it again`,
          );
        // First what time has brought: a reply on the day after the limit comes after its red light.
        work.catchUp(now);
        const refusal = refuseOrderAct(act, facts, work.verdict(now), rules.orders, now);
        if (refusal !== null) throw new ActRefused(refusal, refusalText(refusal, row, rules));
        work.add(act, now, { id: who.id, name: who.name }, actKey);
        work.catchUp(now);
        return this.seen(await work.write(transaction, now, row.version), work.events, rules, now);
      },
      () => this.read(id, scope),
      OF_NO_CASE,
    );
  }

  /** One order. @throws ActRefused `not-found`, also where the scope does not cover it. */
  async read(id: number, scope: RowScope): Promise<OrderSeen> {
    const { row, events, rules } = await this.load(this.ports.store, id, scope);
    return this.seen(row, events, rules, this.ports.clock.now());
  }

  /**
   * Makes what time has brought to an order stand on record and the row say so. @returns whether anything was written; not
   * where somebody acts on it at this moment, who does the same.
   */
  async advance(id: number, at: number, isOtherRules: boolean): Promise<boolean> {
    const isMoved = await this.ports.store.write(async (transaction) => {
      const { row, events, rules } = await this.load(transaction, id, RowScope.everything);
      const work = new OrderWork(
        id,
        row.no,
        events,
        rules,
        this.ports.shardOf(row.no),
        this.ports.isTelling(),
      );
      work.catchUp(at, isOtherRules ? 'rule' : null);
      const next = work.row(at);
      const isSame = Object.entries(next).every(([name, value]) => row[name as keyof typeof row] === value);
      if (isSame) return false;
      await work.write(transaction, at, row.version);
      return true;
    }, OF_NO_CASE);
    if (isMoved) this.ports.committed();
    return isMoved;
  }

  private async load(
    from: Queryable,
    id: number,
    scope: RowScope,
  ): Promise<{ row: SupervisionOrderRow; events: ActEvent<OrderRecord>[]; rules: ActRules }> {
    const row = await loadOrder(from, id, scope);
    if (row === null) throw new ActRefused('not-found', `there is no order ${id} that you may see`);
    return {
      row,
      events: await actsOf<OrderRecord>(from, 'order', id),
      rules: rulesOf(this.ports.book(), row.issuedAt, row.department),
    };
  }

  private seen(
    row: SupervisionOrderRow,
    events: ActEvent<OrderRecord>[],
    rules: ActRules,
    at: number,
  ): OrderSeen {
    const facts = foldOrder(events);
    return { row, events, rules, facts, verdict: orderAt(facts, rules.orders, rules.calendar, at) };
  }

  /** An order rests on what holds: a light or finding that nobody knows would be an accusation out of thin air. */
  private async requireSources(from: Queryable, sources: readonly OrderSource[]): Promise<void> {
    for (const source of sources)
      if (!(await isHolding(from, source)))
        throw new ActRefused('unknown-source', `no such ${source.kind} of ${subjectOfSource(source)} holds`);
  }
}

async function isHolding(from: Queryable, source: OrderSource): Promise<boolean> {
  switch (source.kind) {
    case 'light': {
      const light = await lightRowOf(from, source);
      return light !== null && light.supersededAt === null && (await isIssued(from, light));
    }
    case 'finding':
      return (await findingsOfCase(from, source.caseNo)).some(
        ({ code, ref, supersededAt }) => code === source.code && ref === source.ref && supersededAt === null,
      );
    case 'complaint': {
      const complaint = await complaintByNo(from, source.complaintNo);
      // 检举控告 must not become known to the unit that is accused (信访工作条例 Art. 30): to it there is no such thing.
      return complaint !== null && !complaint.confidential && complaint.state !== 'withdrawn';
    }
  }
}

function contentDigest(content: OrderContent): string {
  const { department, post, colour, title, content: text, basis, replyWithin, sources } = content;
  return digestOfAct({ department, post, colour, title, text, basis, replyWithin, sources });
}

function requireRight(act: OrderAct, row: SupervisionOrderRow, who: Principal): void {
  // Who opens the demonstration may try both sides.
  if (who.kind === 'demo') return;
  if (!OF_DEPARTMENT.has(act.type)) {
    if (hasRole(who, 'inspector')) return;
    throw new ActRefused('not-yours', `${act.type} is the inspector's (监察员)`);
  }
  if (hasRole(who, 'department-head', 'post') && who.department === row.department) return;
  throw new ActRefused('not-yours', `${act.type} is for the department that ${row.no} is addressed to`);
}

function refusalText(
  refusal: NonNullable<ReturnType<typeof refuseOrderAct>>,
  row: SupervisionOrderRow,
  { orders }: ActRules,
): string {
  switch (refusal) {
    case 'wrong-state':
      return `${row.no} is ${row.state}: the act does not belong to that state`;
    case 'no-extension-left':
      return `${row.no} was extended ${orders.extensions} times, as often as the ruleset allows (orders.extensions)`;
    case 'extension-too-long':
      return `an extension is at most ${orders.extensionMaxDays} days (orders.extensionMaxDays)`;
    case 'reply-overdue':
      return `the reply to ${row.no} is overdue: a limit that has run out is not extended`;
    case 'extension-pending':
      return `an extension of ${row.no} was asked for already and is not answered`;
    case 'no-extension-asked':
      return `no extension of ${row.no} was asked for`;
  }
}
