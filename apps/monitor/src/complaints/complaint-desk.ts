import {
  type ComplaintContent,
  type ActEvent,
  type ComplainantIdentity,
  type ComplaintActBody,
  type ComplaintRecord,
} from '@mingjian/contracts';
import {
  complaintAt,
  complaintLeads,
  foldComplaint,
  REVIEW_ACTS,
  withinFrom,
  type ComplaintFacts,
  type ComplaintLead,
  type ComplaintVerdictAt,
} from '@mingjian/rules';
import {
  actByKey,
  actsOf,
  appendLedger,
  complaintsForLeads,
  loadComplaint,
  RowScope,
  type ComplaintRow,
  type ComplaintView,
  type Queryable,
} from '@mingjian/store';
import { digestOfAct } from '../acts/act-batch';
import { ActRefused } from '../acts/act-refused';
import { actKeyOf, doneOnce, OF_NO_CASE } from '../acts/done-once';
import { hasRole, type Principal } from '../identity/principal';
import type { DeskPorts } from '../orders/order-desk';
import { Complainants } from './complainants';
import { refuseConcluded, requirePossible } from './complaint-refusals';
import { requireRight, viewOf } from './complaint-rights';
import { requireDepartment, settingOf, type ComplaintRulesInForce } from './complaint-setting';
import { workOn } from './complaint-work';
import { Registrar, saidDigest, type Told, type When } from './registrar';

/** A complaint with everything that is known of it at an instant. */
export interface ComplaintSeen {
  row: ComplaintRow;
  facts: ComplaintFacts;
  verdict: ComplaintVerdictAt;
  events: ActEvent<ComplaintRecord>[];
  rules: ComplaintRulesInForce;
}

/**
 * 投诉: registers complaints and takes the acts about them.
 *
 * Guarantees: each act is one event, written with its notices, its ledger entry and its evidence or not at all; submitted twice
 * under one key it is done once; of two people who act on the same state one is refused. What a feed tells of late takes its place
 * in the order of what happened, and lights that it proves wrong are taken back. Who complained stands in the sealed table alone.
 */
export class ComplaintDesk {
  private readonly complainants: Complainants;
  private readonly registrar: Registrar;

  /** @param sealingKeys the key file of identities; null: none are kept. */
  constructor(
    private readonly ports: DeskPorts,
    sealingKeys: string | null,
  ) {
    this.complainants = new Complainants(sealingKeys);
    this.registrar = new Registrar(ports, this.complainants);
  }

  /** Registers a complaint. @throws ActRefused. */
  async register(
    content: ComplaintContent,
    who: Principal,
    scope: RowScope,
    key?: string,
    when: Told = {},
  ): Promise<ComplaintSeen> {
    if (who.kind === 'user' && !hasRole(who, 'inspector'))
      throw new ActRefused('not-yours', 'complaints are registered by an inspector (监察员)');
    if (!scope.covers(content.department))
      throw new ActRefused('not-yours', 'the department lies outside of what you supervise');
    const actKey = actKeyOf(who.id, key);
    const { complainant, ...said } = content;
    return doneOnce(
      this.ports,
      actKey,
      ({ matter, type, act }) =>
        matter === 'complaint' &&
        type === 'registered' &&
        saidDigest(JSON.parse(act) as object) === saidDigest(said),
      async (transaction) => {
        const now = this.ports.clock.now();
        const { row, work, rules } = await this.registrar.register(
          transaction,
          said,
          complainant,
          who,
          actKey,
          when,
        );
        return this.seen(row, work.events, rules, now);
      },
      ({ matterId }) => this.read(matterId, who, RowScope.everything),
      OF_NO_CASE,
    );
  }

  /** Whether a complaint was registered under a key before. */
  async isRegistered(who: Principal, key: string): Promise<boolean> {
    return (await actByKey(this.ports.store, actKeyOf(who.id, key))) !== null;
  }

  /** Takes an act about a complaint. @throws ActRefused. */
  async act(
    id: number,
    body: Pick<ComplaintActBody, 'act'> & { version?: number },
    who: Principal,
    scope: RowScope,
    key?: string,
    when: When = {},
    /** More of the same report follows: what time has brought is written with the last of it. */
    isMore = false,
  ): Promise<ComplaintSeen> {
    const { act } = body;
    const actKey = actKeyOf(who.id, key);
    const digest = digestOfAct({ ...act, ...when });
    return doneOnce(
      this.ports,
      actKey,
      (done) =>
        done.matter === 'complaint' &&
        done.matterId === id &&
        digestOfAct(JSON.parse(done.act) as object) === digest,
      async (transaction) => {
        const now = this.ports.clock.now();
        const { row, events, rules } = await this.load(transaction, id, viewOf(who), scope);
        requireRight(act, row, rules.policy, who);
        const work = workOn(this.ports, row, events, rules);
        const facts = work.facts();
        if (body.version !== undefined && facts.version !== body.version)
          throw new ActRefused(
            'stale-version',
            `${row.no} has version ${facts.version} and not ${body.version}: somebody acted since; read it again`,
          );
        // First what time has brought: a reply on the day after the limit comes after its red light.
        if (when.happenedAt === undefined) work.catchUp(now);
        // What is told of later takes its own place: the fold says whether it belongs there. Reviews have limits besides.
        const { happenedAt } = when;
        if (happenedAt === undefined) {
          requirePossible(act, facts, work.verdict(now), row, rules, now);
          if (act.type === 'accepted' && act.newFacts === undefined)
            await refuseConcluded(transaction, row, facts);
        } else if (REVIEW_ACTS.has(act.type))
          requirePossible(act, work.factsUntil(happenedAt), work.verdict(happenedAt), row, rules, happenedAt);
        if (act.type === 'transferred') requireDepartment(act.department, rules);
        work.add({ ...act, ...when }, now, who, actKey);
        if (REVIEW_ACTS.has(act.type)) work.requireFitting(facts);
        if (act.type === 'linked')
          await this.registrar.freeze(transaction, work, facts, { caseNo: act.caseNo, how: 'hand' }, now);
        if (!isMore) work.catchUp(now);
        return this.seen(await work.write(transaction, now, row.version), work.events, rules, now);
      },
      () => this.read(id, who, scope),
      OF_NO_CASE,
    );
  }

  /** One complaint. @throws ActRefused `not-found`, also where somebody may not see it. */
  async read(id: number, who: Principal, scope: RowScope): Promise<ComplaintSeen> {
    const { row, events, rules } = await this.load(this.ports.store, id, viewOf(who), scope);
    return this.seen(row, events, rules, this.ports.clock.now());
  }

  /** Who complained. That somebody looked, and why, stands in the ledger before it is told. @throws ActRefused. */
  async complainantOf(
    id: number,
    because: string,
    who: Principal,
    scope: RowScope,
  ): Promise<ComplainantIdentity> {
    const row = await loadComplaint(this.ports.store, id, 'office', scope);
    if (row === null || viewOf(who) !== 'office')
      throw new ActRefused('not-found', `there is no complaint ${id} that you may see`);
    return this.ports.store.write(async (transaction) => {
      const identity = await this.complainants.read(transaction, row.no);
      if (identity === null) throw new ActRefused('anonymous', `${row.no} names nobody`);
      await appendLedger(transaction, [
        {
          chain: 'complaints',
          kind: 'complaint.complainant-read',
          at: this.ports.clock.now(),
          actor: who.id,
          subject: row.no,
          body: { because },
        },
      ]);
      return identity;
    }, OF_NO_CASE);
  }

  /** 线索: what came together by now, of what somebody may see. */
  async leads(who: Principal, scope: RowScope): Promise<ComplaintLead[]> {
    const now = this.ports.clock.now();
    const { ruleset, calendar } = this.ports.book().newest;
    const { complaints: rules } = ruleset.document;
    const since = withinFrom({ within: rules.leadWithin }, calendar, now);
    const rows = await complaintsForLeads(this.ports.store, since, rules.leadReopened, viewOf(who), scope);
    return complaintLeads(rows, rules, calendar, now);
  }

  /**
   * Makes what time has brought to a complaint stand on record and the row say so. @returns whether anything was written; not
   * where somebody acts on it at this moment, who does the same.
   */
  async advance(id: number, at: number, isOtherRules: boolean): Promise<boolean> {
    const isMoved = await this.ports.store.write(async (transaction) => {
      const { row, events, rules } = await this.load(transaction, id, 'office', RowScope.everything);
      const work = workOn(this.ports, row, events, rules);
      work.catchUp(at, isOtherRules ? 'rule' : 'late-data');
      const next = work.row(at);
      if (Object.entries(next).every(([name, value]) => row[name as keyof typeof row] === value))
        return false;
      await work.write(transaction, at, row.version);
      return true;
    }, OF_NO_CASE);
    if (isMoved) this.ports.committed();
    return isMoved;
  }

  private async load(
    from: Queryable,
    id: number,
    view: ComplaintView,
    scope: RowScope,
  ): Promise<{ row: ComplaintRow; events: ActEvent<ComplaintRecord>[]; rules: ComplaintRulesInForce }> {
    const row = await loadComplaint(from, id, view, scope);
    if (row === null) throw new ActRefused('not-found', `there is no complaint ${id} that you may see`);
    return {
      row,
      events: await actsOf<ComplaintRecord>(from, 'complaint', id),
      rules: settingOf(this.ports.book(), row.registeredAt, row.department, row.policy),
    };
  }

  private seen(
    row: ComplaintRow,
    events: ActEvent<ComplaintRecord>[],
    rules: ComplaintRulesInForce,
    at: number,
  ): ComplaintSeen {
    const facts = foldComplaint(events);
    return { row, events, rules, facts, verdict: complaintAt(facts, rules.policy, rules.calendar, at) };
  }
}
