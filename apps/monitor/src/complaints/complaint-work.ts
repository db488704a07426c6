import type {
  ActEvent,
  Actor,
  ComplaintLight,
  ComplaintPolicy,
  ComplaintRecord,
  NoticeHoldReason,
} from '@mingjian/contracts';
import {
  complaintAt,
  foldComplaint,
  happenedAt,
  type ComplaintFacts,
  type ComplaintVerdictAt,
  type WorkingCalendar,
} from '@mingjian/rules';
import { saveComplaint, type ComplaintRow, type StoreTransaction } from '@mingjian/store';
import { ActBatch } from '../acts/act-batch';
import { ActRefused } from '../acts/act-refused';
import { SYSTEM } from '../identity/principal';
import type { DeskPorts } from '../orders/order-desk';
import { complaintNotice } from './complaint-notices';

/** The rules that the registration of a complaint fixed. */
export interface ComplaintSetting {
  policy: ComplaintPolicy;
  calendar: WorkingCalendar;
}

/** One complaint under way in a transaction: its events so far, and what is to be written about it. */
export class ComplaintWork {
  readonly events: ActEvent<ComplaintRecord>[];
  readonly batch: ActBatch;

  constructor(
    readonly id: number,
    no: string,
    events: readonly ActEvent<ComplaintRecord>[],
    private readonly setting: ComplaintSetting,
    private readonly shard: number,
    isTelling: boolean,
  ) {
    this.events = [...events];
    this.batch = new ActBatch('complaint', id, no, events.length, isTelling);
  }

  get isConfidential(): boolean {
    return this.setting.policy.confidential;
  }

  facts(): ComplaintFacts {
    return foldComplaint(this.events);
  }

  /** What had happened by an instant, whenever it was told of. */
  factsUntil(at: number): ComplaintFacts {
    return foldComplaint(this.events.filter((event, index) => index === 0 || happenedAt(event) <= at));
  }

  /** @throws ActRefused where what was added leaves no place for something that stood on record, as `before` says. */
  requireFitting(before: ComplaintFacts): void {
    const { misplaced } = this.facts();
    const lost = this.events.find(({ seq }) => misplaced.includes(seq) && !before.misplaced.includes(seq));
    if (lost === undefined) return;
    const { act } = lost;
    const at = new Date(happenedAt(lost)).toISOString();
    throw new ActRefused('wrong-state', `${act.type} of ${at} stands on record, and could not have followed`);
  }

  verdict(at: number): ComplaintVerdictAt {
    return complaintAt(this.facts(), this.setting.policy, this.setting.calendar, at);
  }

  /**
   * Appends an event, and tells of it. The ledger gets no word of what people wrote, and nothing of who complained.
   * @throws ActRefused where it does not belong to the state at the time at which it happened.
   */
  add(
    act: ComplaintRecord,
    at: number,
    actor: Actor,
    key: string,
    mutedBecause: NoticeHoldReason | null = null,
  ): void {
    const seq = this.batch.length + 1;
    this.events.push({ seq, at, actor: { id: actor.id, name: actor.name }, act });
    const facts = this.facts();
    if (facts.misplaced.includes(seq))
      throw new ActRefused('wrong-state', `${act.type} does not belong to the state at that time`);
    const { dueAt } = this.verdict(at);
    this.batch.add(act, at, actor, key, {
      department: facts.registered.department,
      policy: facts.registered.policy,
      state: facts.state,
      dueAt: iso(dueAt),
      ...('clock' in act ? { clock: act.clock, light: act.to, becameAt: iso(act.becameAt) } : {}),
      ...(act.type === 'evidence-frozen'
        ? {
            caseNo: act.caseNo,
            events: act.events,
            timeline: act.timeline,
            explanation: act.explanation,
            light: act.light,
            contradicts: String(act.contradicts),
          }
        : {}),
    });
    const notice = complaintNotice({ facts, policy: this.setting.policy, shard: this.shard }, seq, at, act);
    if (notice !== null) this.batch.tell({ ...notice, mutedBecause });
  }

  /**
   * Makes the lights that hold by `at` stand on record, each once; those that no longer hold, because of data that came late or of
   * other rules, are taken back, and those who were told hear of it. With `mutedBecause` nobody is told by itself.
   */
  catchUp(at: number, because: 'late-data' | 'rule' = 'late-data'): void {
    const mutedBecause: NoticeHoldReason | null = because === 'rule' ? 'rule' : null;
    const held = new Map<string, ComplaintLight>();
    for (const { act } of this.events)
      if (act.type === 'lit') held.set(keyOf(act), act);
      else if (act.type === 'unlit') held.delete(keyOf(act));
    const { changes } = this.verdict(at);
    const holds = new Set(changes.map(keyOf));
    for (const [key, { clock, to, overdue, becameAt, dueAt }] of held)
      if (!holds.has(key))
        this.add(
          { type: 'unlit', because, clock, to, overdue, becameAt, dueAt },
          at,
          SYSTEM,
          this.key(),
          mutedBecause,
        );
    for (const change of changes)
      if (!held.has(keyOf(change)))
        this.add({ type: 'lit', ...change }, at, SYSTEM, this.key(), mutedBecause);
  }

  /** The row that says what events, rules and instant give. */
  row(at: number): ComplaintRow {
    return complaintRow(this.id, this.facts(), this.verdict(at), this.setting.policy, this.batch.length);
  }

  /** Writes everything, or refuses where somebody acted since `version` events were read. */
  async write(transaction: StoreTransaction, at: number, version: number): Promise<ComplaintRow> {
    const row = this.row(at);
    if (!(await saveComplaint(transaction, row, version)))
      throw new ActRefused(
        'stale-version',
        `somebody else acted on ${row.no} at the same moment; read it again`,
      );
    await this.batch.write(transaction, at);
    return row;
  }

  /** What time brings has a key by its place: the same light may come, go and come again. */
  private key(): string {
    return `complaint/${this.id}/${this.batch.length + 1}`;
  }
}

function keyOf({ clock, to, overdue, becameAt }: ComplaintLight): string {
  return `${clock}/${to}/${overdue}/${becameAt}`;
}

function iso(instant: number | null): string | null {
  return instant === null ? null : new Date(instant).toISOString();
}

/** A complaint to be worked on. */
export function workOn(
  { shardOf, isTelling }: Pick<DeskPorts, 'shardOf' | 'isTelling'>,
  { id, no }: ComplaintRow,
  events: readonly ActEvent<ComplaintRecord>[],
  setting: ComplaintSetting,
): ComplaintWork {
  return new ComplaintWork(id, no, events, setting, shardOf(no), isTelling());
}

/** What the row of a complaint says. */
export function complaintRow(
  id: number,
  facts: ComplaintFacts,
  verdict: ComplaintVerdictAt,
  policy: ComplaintPolicy,
  version: number,
): ComplaintRow {
  const { registered } = facts;
  return {
    id,
    no: registered.no,
    policy: registered.policy,
    channel: registered.channel,
    externalNo: registered.externalNo ?? null,
    kind: registered.kind,
    department: registered.department,
    handler: facts.handler,
    confidential: policy.confidential,
    title: registered.title,
    state: facts.state,
    light: verdict.light,
    clock: verdict.clock,
    dueAt: verdict.dueAt,
    provisional: verdict.provisional,
    nextChangeAt: verdict.nextChangeAt,
    person: registered.person,
    realName: registered.realName,
    repeatOf: registered.repeatOf,
    caseNo: facts.caseNo,
    contradicts: facts.evidence?.contradicts ?? false,
    verdict: facts.verdict,
    satisfaction: facts.satisfaction,
    reopened: facts.reopened,
    version,
    registeredAt: facts.registeredAt,
    endedAt: facts.endedAt,
  };
}
