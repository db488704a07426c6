import type { ActEvent, Actor, NoticeHoldReason, OrderRecord } from '@mingjian/contracts';
import { foldOrder, orderAt, type OrderFacts, type OrderVerdict } from '@mingjian/rules';
import { saveOrder, type StoreTransaction, type SupervisionOrderRow } from '@mingjian/store';
import { ActBatch } from '../acts/act-batch';
import { ActRefused } from '../acts/act-refused';
import { keyOfLit } from '../acts/newly-lit';
import type { ActRules } from '../acts/rules-of';
import { orderNotice } from './order-notices';

/** Whoever makes what the passing of time brings stand on record. */
const TIME: Actor = { id: 'system', name: '系统' };

/** One order under way in a transaction: its events so far, and what is to be written about it. */
export class OrderWork {
  readonly events: ActEvent<OrderRecord>[];
  private readonly batch: ActBatch;

  constructor(
    readonly id: number,
    no: string,
    events: readonly ActEvent<OrderRecord>[],
    private readonly rules: ActRules,
    private readonly shard: number,
    isTelling: boolean,
  ) {
    this.events = [...events];
    this.batch = new ActBatch('order', id, no, events.length, isTelling);
  }

  facts(): OrderFacts {
    return foldOrder(this.events);
  }

  verdict(at: number): OrderVerdict {
    return orderAt(this.facts(), this.rules.orders, this.rules.calendar, at);
  }

  /** Appends an act of a person, and tells of it. */
  add(act: OrderRecord, at: number, actor: Actor, key: string): void {
    this.append(act, at, actor, key, at, null);
  }

  /**
   * Makes what the passing of time has brought by `at` stand on record, each thing once: lights and steps of the ladder, in
   * order of the instant. With `mutedBecause` nobody is told by itself.
   */
  catchUp(at: number, mutedBecause: NoticeHoldReason | null = null): void {
    const known = new Set(this.events.map(({ act }) => keyOfEffect(act)));
    const { changes, escalations } = this.verdict(at);
    const effects: Extract<OrderRecord, { type: 'lit' | 'escalated' }>[] = [
      ...changes.map((change) => ({ type: 'lit' as const, ...change })),
      ...escalations.map((step) => ({ type: 'escalated' as const, ...step })),
    ];
    for (const effect of effects.sort((a, b) => a.becameAt - b.becameAt)) {
      const key = keyOfEffect(effect)!;
      if (!known.has(key)) this.append(effect, at, TIME, `order/${this.id}/${key}`, at, mutedBecause);
    }
  }

  /** The row that says what events, rules and instant give. */
  row(at: number): SupervisionOrderRow {
    return orderRow(this.id, this.facts(), this.verdict(at), this.batch.length);
  }

  /** Writes everything, or refuses where somebody acted since `version` events were read. */
  async write(transaction: StoreTransaction, at: number, version: number): Promise<SupervisionOrderRow> {
    const row = this.row(at);
    if (!(await saveOrder(transaction, row, version)))
      throw new ActRefused(
        'stale-version',
        `somebody else acted on ${row.no} at the same moment; read it again`,
      );
    await this.batch.write(transaction, at);
    return row;
  }

  private append(
    act: OrderRecord,
    at: number,
    actor: Actor,
    key: string,
    now: number,
    mutedBecause: NoticeHoldReason | null,
  ): void {
    this.events.push({ seq: this.batch.length + 1, at, actor, act });
    const facts = this.facts();
    const verdict = this.verdict(now);
    this.batch.add(act, at, actor, key, {
      department: facts.content.department,
      state: facts.state,
      dueAt: verdict.dueAt === null ? null : new Date(verdict.dueAt).toISOString(),
      ...(act.type === 'escalated' ? { level: act.level, round: act.round } : {}),
      ...(act.type === 'lit' ? { clock: act.clock, light: act.to } : {}),
    });
    const notice = orderNotice(
      { id: this.id, facts, verdict, shard: this.shard },
      this.batch.length,
      at,
      act,
    );
    if (notice !== null) this.batch.tell({ ...notice, mutedBecause });
  }
}

/** What makes an effect of time that effect and no other; null for acts of people. */
function keyOfEffect(act: OrderRecord): string | null {
  if (act.type === 'lit') return keyOfLit(act);
  if (act.type === 'escalated') return `escalated/${act.round}/${act.level}/${act.becameAt}`;
  return null;
}

/** What the row of an order says. */
export function orderRow(
  id: number,
  facts: OrderFacts,
  verdict: OrderVerdict,
  version: number,
): SupervisionOrderRow {
  return {
    id,
    no: facts.no,
    department: facts.content.department,
    post: facts.content.post ?? null,
    title: facts.content.title,
    colour: verdict.colour,
    state: facts.state,
    light: verdict.light,
    level: verdict.level,
    round: verdict.round,
    dueAt: verdict.dueAt,
    provisional: verdict.provisional,
    nextChangeAt: verdict.nextChangeAt,
    version,
    rule: facts.rule,
    issuedAt: facts.issuedAt,
    endedAt: facts.endedAt,
  };
}
