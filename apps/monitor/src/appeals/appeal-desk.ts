import type { ActEvent, AppealAct, AppealActBody, AppealContent, AppealRecord } from '@mingjian/contracts';
import {
  appealAt,
  appealUntil,
  foldAppeal,
  formatInstant,
  isAppealActPossible,
  isAppealLeft,
  type AppealFacts,
  type AppealVerdict,
} from '@mingjian/rules';
import {
  actsOf,
  appealsOfLight,
  decodeLightChange,
  insertAppeal,
  lightIdentityKey,
  loadAppeal,
  loadLightIssue,
  RowScope,
  takeNumber,
  upholdLight,
  type AppealRow,
  type LightChangeRow,
  type Queryable,
  type StoreTransaction,
} from '@mingjian/store';
import { digestOfAct } from '../acts/act-batch';
import { ActRefused } from '../acts/act-refused';
import { actKeyOf, doneOnce, OF_NO_CASE } from '../acts/done-once';
import { takeLightAway } from '../acts/light-acts';
import { identityOf, keyOfLight, lightRowOf } from '../acts/light-of';
import { rulesOf, yearOf, type ActRules } from '../acts/rules-of';
import { hasRole, type Principal } from '../identity/principal';
import type { DeskPorts, LightOfAct } from '../orders/order-desk';
import { AppealWork, appealRow } from './appeal-work';

/** An appeal with everything that is known of it at an instant. */
export interface AppealSeen {
  row: AppealRow;
  facts: AppealFacts;
  verdict: AppealVerdict;
  events: ActEvent<AppealRecord>[];
  rules: ActRules;
}

/**
 * 申诉: takes appeals against lights, and what is decided about them.
 *
 * An appeal that is upheld takes away exactly one light, known by case, clock, instant and colours, for good: the row is
 * superseded because of the appeal, and no judgement, replay or rebuild writes that light again. Other lights of the case,
 * also the same clock's at another instant, are other lights and come as the rules say.
 */
export class AppealDesk {
  constructor(private readonly ports: DeskPorts) {}

  /** Files an appeal of the department that the light is of. @throws ActRefused. */
  file(content: AppealContent, who: Principal, scope: RowScope, key?: string): Promise<AppealSeen> {
    const actKey = actKeyOf(who.id, key);
    return doneOnce(
      this.ports,
      actKey,
      ({ matter, type, act }) =>
        matter === 'appeal' &&
        type === 'filed' &&
        textDigest(JSON.parse(act) as AppealContent) === textDigest(content),
      (transaction) => this.fileIn(transaction, content, who, scope, actKey),
      ({ matterId }) => this.read(matterId, scope),
      OF_NO_CASE,
    );
  }

  private async fileIn(
    transaction: StoreTransaction,
    content: AppealContent,
    who: Principal,
    scope: RowScope,
    actKey: string,
  ): Promise<AppealSeen> {
    const now = this.ports.clock.now();
    const light = await lightNamed(transaction, content.light);
    if (light === null || !scope.covers(light.department))
      throw new ActRefused('not-found', 'there is no such light that you may see');
    const department = requireDepartment(light, who);
    if (light.supersededAt !== null)
      throw new ActRefused(
        'light-does-not-hold',
        'this light was taken away already; nothing is left to appeal',
      );
    if (light.toLight !== 'yellow' && light.toLight !== 'red')
      throw new ActRefused('light-not-appealable', 'appeals are against yellow and red lights');
    const givenAt = await givenSince(transaction, light);
    const rules = rulesOf(this.ports.book(), light.detectedAt, department);
    const until = appealUntil(rules.appeals, rules.calendar, givenAt);
    if (now > until)
      throw new ActRefused(
        'appeal-too-late',
        `appeals against this light were possible until ${formatInstant(until, rules.calendar.zone)} (appeals.fileWithin: ${rules.appeals.fileWithin})`,
      );
    const identity = identityOf(light);
    const earlier = await appealsOfLight(transaction, keyOfLight(identity));
    if (earlier.some(({ endedAt }) => endedAt === null))
      throw new ActRefused('appeal-pending', 'an appeal against this light is being decided');
    if (
      !isAppealLeft(
        rules.appeals,
        earlier.map(({ state }) => state),
      )
    )
      throw new ActRefused(
        'appealed-already',
        `this light was appealed against ${rules.appeals.times} times, as often as the ruleset allows (appeals.times)`,
      );
    const year = yearOf(rules.calendar, now);
    const no = `申诉〔${year}〕${await takeNumber(transaction, 'appeal', year)}号`;
    const { reason, text, evidence } = content;
    const filed: AppealRecord = { type: 'filed', no, light: identity, reason, text, evidence };
    const facts = foldAppeal([{ seq: 1, at: now, actor: who, act: filed }]);
    const verdict = appealAt(facts, rules.appeals, rules.calendar, now);
    const attempt = earlier.length + 1;
    const { id } = await insertAppeal(transaction, appealRow(0, no, department, attempt, facts, verdict, 0));
    const work = new AppealWork(
      id,
      no,
      department,
      attempt,
      [],
      rules,
      this.ports.shardOf(light.caseNo),
      this.ports.isTelling(),
    );
    work.add(filed, now, { id: who.id, name: who.name }, actKey);
    work.catchUp(now);
    return seen(await work.write(transaction, now, 0), work.events, rules, now);
  }

  /** Takes an act about an appeal. @throws ActRefused. */
  async act(
    id: number,
    body: AppealActBody,
    who: Principal,
    scope: RowScope,
    key?: string,
  ): Promise<AppealSeen> {
    const { act } = body;
    const actKey = actKeyOf(who.id, key);
    const digest = digestOfAct(act);
    let taken: LightOfAct[] = [];
    return doneOnce(
      { store: this.ports.store, committed: () => this.ports.committed(taken) },
      actKey,
      (done) =>
        done.matter === 'appeal' &&
        done.matterId === id &&
        digestOfAct(JSON.parse(done.act) as object) === digest,
      async (transaction) => {
        const now = this.ports.clock.now();
        const { row, events, rules } = await this.load(transaction, id, scope);
        const facts = foldAppeal(events);
        await requireRight(transaction, act, row, facts, who);
        if (facts.version !== body.version)
          throw new ActRefused(
            'stale-version',
            `${row.no} has version ${facts.version} and not ${body.version}: somebody acted since; read it again`,
          );
        if (facts.endedAt !== null || !isAppealActPossible(act.type, facts.state))
          throw new ActRefused(
            'wrong-state',
            `${row.no} is ${row.state}: the act does not belong to that state`,
          );
        const shard = this.ports.shardOf(row.caseNo);
        const work = new AppealWork(
          id,
          row.no,
          row.department,
          row.attempt,
          events,
          rules,
          shard,
          this.ports.isTelling(),
        );
        work.catchUp(now);
        work.add(act, now, { id: who.id, name: who.name }, actKey);
        taken = act.type === 'upheld' ? await this.uphold(transaction, row, facts, shard, now, work) : [];
        work.catchUp(now);
        return seen(await work.write(transaction, now, row.version), work.events, rules, now);
      },
      () => this.read(id, scope),
      // Upheld, it takes a light away: a row of its case.
      act.type === 'upheld' ? null : OF_NO_CASE,
    );
  }

  /** One appeal. @throws ActRefused `not-found`, also where the scope does not cover it. */
  async read(id: number, scope: RowScope): Promise<AppealSeen> {
    const { row, events, rules } = await this.load(this.ports.store, id, scope);
    return seen(row, events, rules, this.ports.clock.now());
  }

  /** Makes what time has brought to an appeal stand on record. @returns whether anything was written. */
  async advance(id: number, at: number, isOtherRules: boolean): Promise<boolean> {
    const isMoved = await this.ports.store.write(async (transaction) => {
      const { row, events, rules } = await this.load(transaction, id, RowScope.everything);
      const shard = this.ports.shardOf(row.caseNo);
      const work = new AppealWork(
        id,
        row.no,
        row.department,
        row.attempt,
        events,
        rules,
        shard,
        this.ports.isTelling(),
      );
      work.catchUp(at, isOtherRules ? 'rule' : null);
      const next = work.row(at);
      if (Object.entries(next).every(([name, value]) => row[name as keyof typeof row] === value))
        return false;
      await work.write(transaction, at, row.version);
      return true;
    }, OF_NO_CASE);
    if (isMoved) this.ports.committed();
    return isMoved;
  }

  /**
   * Keeps the light from being written again first: the judge reads rows before it asks for this.
   * @returns the light that was taken away, none where late data had done that before.
   */
  private async uphold(
    transaction: StoreTransaction,
    row: AppealRow,
    { filed }: AppealFacts,
    shard: number,
    now: number,
    work: AppealWork,
  ): Promise<LightOfAct[]> {
    await upholdLight(transaction, {
      caseNo: row.caseNo,
      identity: lightIdentityKey(row.clock, row.becameAt, row.fromLight, row.toLight),
      appealId: row.id,
      department: row.department,
      toLight: row.toLight,
      becameAt: row.becameAt,
      upheldAt: now,
    });
    const light = await lightRowOf(transaction, filed.light);
    // Late data may have taken it away in the meantime; the appeal then keeps it from coming back.
    if (light === null || light.supersededAt !== null) return [];
    await takeLightAway(transaction, light, 'appeal', shard, now, work.batch);
    return [{ ...light, reason: 'appeal' }];
  }

  private async load(
    from: Queryable,
    id: number,
    scope: RowScope,
  ): Promise<{ row: AppealRow; events: ActEvent<AppealRecord>[]; rules: ActRules }> {
    const row = await loadAppeal(from, id, scope);
    if (row === null) throw new ActRefused('not-found', `there is no appeal ${id} that you may see`);
    return {
      row,
      events: await actsOf<AppealRecord>(from, 'appeal', id),
      rules: rulesOf(this.ports.book(), row.filedAt, row.department),
    };
  }
}

function seen(row: AppealRow, events: ActEvent<AppealRecord>[], rules: ActRules, at: number): AppealSeen {
  const facts = foldAppeal(events);
  return { row, events, rules, facts, verdict: appealAt(facts, rules.appeals, rules.calendar, at) };
}

async function lightNamed(from: Queryable, light: AppealContent['light']): Promise<LightChangeRow | null> {
  if (!('id' in light)) return lightRowOf(from, light);
  const [raw] = await from.query<object>('SELECT * FROM light_change WHERE id = ?', [light.id]);
  return raw === undefined ? null : decodeLightChange(raw);
}

/** When a light was given to the department: as it was written, or as a person confirmed it. @throws ActRefused where it waits. */
async function givenSince(from: Queryable, light: LightChangeRow): Promise<number> {
  if (light.issue === 'automatic') return light.detectedAt;
  const decided = await loadLightIssue(from, light);
  if (decided?.decision === 'issued') return decided.decidedAt;
  throw new ActRefused(
    'light-not-appealable',
    'this light waits for a person to confirm it: nothing was given yet that could be appealed against',
  );
}

function textDigest({ reason, text, evidence }: Omit<AppealContent, 'light'>): string {
  return digestOfAct({ reason, text, evidence });
}

function requireDepartment({ department }: LightChangeRow, who: Principal): string {
  if (department === null)
    throw new ActRefused(
      'light-not-appealable',
      'no department answers for this light; there is nobody to appeal',
    );
  const isOwn = hasRole(who, 'department-head', 'post') && who.department === department;
  if (!isOwn && who.kind !== 'demo')
    throw new ActRefused('not-yours', 'appeals are filed by the department that the light is of');
  return department;
}

/** Decisions are the inspector's, but not of the one who gave the card or confirmed the light: nobody judges their own act. */
async function requireRight(
  from: Queryable,
  act: AppealAct,
  row: AppealRow,
  facts: AppealFacts,
  who: Principal,
): Promise<void> {
  if (who.kind === 'demo') return;
  if (act.type === 'withdrawn') {
    if (hasRole(who, 'department-head', 'post') && who.department === row.department) return;
    throw new ActRefused('not-yours', `${row.no} is withdrawn by the department that filed it`);
  }
  if (!hasRole(who, 'inspector'))
    throw new ActRefused('not-yours', 'appeals are decided by an inspector (监察员)');
  const cardId = /^manual#(\d+)$/.exec(facts.filed.light.clock)?.[1];
  if (cardId === undefined) {
    const light = await lightRowOf(from, facts.filed.light);
    const decided = light === null ? null : await loadLightIssue(from, light);
    if (decided?.decidedBy === who.id)
      throw new ActRefused(
        'not-yours',
        'you confirmed this light; somebody else decides on the appeal against it',
      );
    return;
  }
  const [issued] = await actsOf(from, 'card', Number(cardId));
  if (issued?.actor.id === who.id)
    throw new ActRefused('not-yours', 'you gave this card; somebody else decides on the appeal against it');
}
