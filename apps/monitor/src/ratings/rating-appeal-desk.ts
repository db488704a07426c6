import type {
  ActEvent,
  RatingAppealAct,
  RatingAppealActBody,
  RatingAppealContent,
  RatingAppealRecord,
} from '@mingjian/contracts';
import {
  appealUntil,
  foldRatingAppeal,
  formatInstant,
  isAppealLeft,
  ratingAppealAt,
  type AppealVerdict,
  type RatingAppealFacts,
} from '@mingjian/rules';
import {
  actsOf,
  appealsOfRating,
  insertRatingAppeal,
  lightChangesOfCase,
  loadRating,
  loadRatingAppeal,
  RowScope,
  takeNumber,
  type CaseRatingRow,
  type Queryable,
  type RatingAppealRow,
  type StoreTransaction,
} from '@mingjian/store';
import { digestOfAct } from '../acts/act-batch';
import { ActRefused } from '../acts/act-refused';
import { actKeyOf, doneOnce } from '../acts/done-once';
import { takeLightAway } from '../acts/light-acts';
import { rulesOf, yearOf } from '../acts/rules-of';
import { hasRole, type Principal } from '../identity/principal';
import type { DeskPorts, LightOfAct } from '../orders/order-desk';
import { keyOfRating, RatingAppealWork, type RatingAppealSetting } from './rating-appeal-work';

/** An appeal against a rating with everything that is known of it at an instant. */
export interface RatingAppealSeen {
  row: RatingAppealRow;
  facts: RatingAppealFacts;
  verdict: AppealVerdict;
  events: ActEvent<RatingAppealRecord>[];
}

interface Loaded extends Omit<RatingAppealSeen, 'verdict'> {
  setting: RatingAppealSetting;
}

/**
 * 差评申诉: takes appeals of departments against bad ratings, and what the office decides about them.
 *
 * An appeal that is upheld takes the rating out of every net figure and its lights away, for good: the rating stays on record and in
 * the gross figures, and no judgement, replay or rebuild makes it count again or lights its clocks.
 * @see 国办发〔2019〕51号: 对误评或者恶意差评的申诉复核
 */
export class RatingAppealDesk {
  constructor(private readonly ports: DeskPorts) {}

  /** Files an appeal of the department that was rated. @throws ActRefused. */
  file(
    content: RatingAppealContent,
    who: Principal,
    scope: RowScope,
    key?: string,
  ): Promise<RatingAppealSeen> {
    const actKey = actKeyOf(who.id, key);
    return doneOnce(
      this.ports,
      actKey,
      ({ matter, type, act }) =>
        matter === 'rating-appeal' &&
        type === 'filed' &&
        contentDigest(JSON.parse(act) as RatingAppealContent) === contentDigest(content),
      (transaction) => this.fileIn(transaction, content, who, scope, actKey),
      ({ matterId }) => this.read(matterId, scope),
    );
  }

  private async fileIn(
    transaction: StoreTransaction,
    content: RatingAppealContent,
    who: Principal,
    scope: RowScope,
    actKey: string,
  ): Promise<RatingAppealSeen> {
    const now = this.ports.clock.now();
    const { caseNo, source, event: eventId } = content.rating;
    const rating = await loadRating(transaction, { caseNo, source, eventId }, scope);
    if (rating === null) throw new ActRefused('not-found', 'there is no such rating that you may see');
    const department = requireDepartment(rating, who);
    if (rating.bad === 0)
      throw new ActRefused('rating-not-appealable', 'appeals are against bad ratings (差评)');
    const setting = this.settingOf(now, department);
    const until = appealUntil(setting.rules, setting.calendar, rating.receivedAt ?? rating.ratedAt);
    if (now > until)
      throw new ActRefused(
        'rating-appeal-too-late',
        `appeals against this rating were possible until ${formatInstant(until, setting.calendar.zone)} (ratingAppeals.fileWithin: ${setting.rules.fileWithin})`,
      );
    const ratingKey = keyOfRating(content.rating);
    const earlier = (await appealsOfRating(transaction, ratingKey)).map(({ state }) => state);
    if (earlier.includes('filed') || earlier.includes('upheld'))
      throw new ActRefused('rating-appeal-pending', 'this rating is being decided on, or counts no longer');
    if (!isAppealLeft(setting.rules, earlier))
      throw new ActRefused(
        'rating-appealed-already',
        `this rating was appealed against ${setting.rules.times} times, as often as the ruleset allows (ratingAppeals.times)`,
      );
    const year = yearOf(setting.calendar, now);
    const no = `评诉〔${year}〕${await takeNumber(transaction, 'rating-appeal', year)}号`;
    const filed: RatingAppealRecord = { type: 'filed', no, grade: rating.grade, ...content };
    const head = { no, department, attempt: earlier.length + 1 };
    const draft = this.workOn({ id: 0, ...head }, caseNo, [], setting);
    draft.add(filed, now, who, actKey);
    const { id } = await insertRatingAppeal(transaction, { ...draft.row(now), version: 0 });
    const work = this.workOn({ id, ...head }, caseNo, [], setting);
    work.add(filed, now, who, actKey);
    work.catchUp(now);
    return seen(await work.write(transaction, now, 0), work.events, setting, now);
  }

  /** Takes an act about an appeal. @throws ActRefused. */
  async act(
    id: number,
    { act, version }: RatingAppealActBody,
    who: Principal,
    scope: RowScope,
    key?: string,
  ): Promise<RatingAppealSeen> {
    const actKey = actKeyOf(who.id, key);
    let taken: LightOfAct[] = [];
    return doneOnce(
      { store: this.ports.store, committed: () => this.ports.committed(taken) },
      actKey,
      (done) =>
        done.matter === 'rating-appeal' &&
        done.matterId === id &&
        digestOfAct(JSON.parse(done.act) as object) === digestOfAct(act),
      async (transaction) => {
        const now = this.ports.clock.now();
        const { row, events, facts, setting } = await this.load(transaction, id, scope);
        requireRight(act, row, events, who);
        if (facts.version !== version)
          throw new ActRefused(
            'stale-version',
            `${row.no} has version ${facts.version} and not ${version}: somebody acted since; read it again`,
          );
        if (facts.endedAt !== null)
          throw new ActRefused('wrong-state', `${row.no} is ${row.state}: it was decided or withdrawn`);
        const work = this.workOn(row, row.caseNo, events, setting);
        work.catchUp(now);
        work.add(act, now, who, actKey);
        taken = act.type === 'upheld' ? await this.clear(transaction, row, now, work) : [];
        work.catchUp(now);
        return seen(await work.write(transaction, now, row.version), work.events, setting, now);
      },
      () => this.read(id, scope),
    );
  }

  /** One appeal. @throws ActRefused `not-found`, also where the scope does not cover it. */
  async read(id: number, scope: RowScope): Promise<RatingAppealSeen> {
    const { row, events, setting } = await this.load(this.ports.store, id, scope);
    return seen(row, events, setting, this.ports.clock.now());
  }

  /** Makes what time has brought to an appeal stand on record. @returns whether anything was written. */
  async advance(id: number, at: number, isOtherRules: boolean): Promise<boolean> {
    const isMoved = await this.ports.store.write(async (transaction) => {
      const { row, events, setting } = await this.load(transaction, id, RowScope.everything);
      const work = this.workOn(row, row.caseNo, events, setting);
      work.catchUp(at, isOtherRules ? 'rule' : null);
      const next = work.row(at);
      if (Object.entries(next).every(([name, value]) => row[name as keyof typeof row] === value))
        return false;
      await work.write(transaction, at, row.version);
      return true;
    });
    if (isMoved) this.ports.committed();
    return isMoved;
  }

  /** Takes the lights of the rating's clocks away that hold. The judge writes none of them again: it asks for upheld appeals. */
  private async clear(
    transaction: StoreTransaction,
    { caseNo, source, eventId }: RatingAppealRow,
    now: number,
    { batch }: RatingAppealWork,
  ): Promise<LightOfAct[]> {
    const rating = await loadRating(transaction, { caseNo, source, eventId }, RowScope.everything);
    // Late data may have retracted it in the meantime; should it come back, the appeal still clears it.
    if (rating === null || rating.number === null) return [];
    const clocks = [`rating-contact#${rating.number}`, `rectification#${rating.number}`];
    const lights = (await lightChangesOfCase(transaction, caseNo)).filter(
      ({ clock, supersededAt }) => supersededAt === null && clocks.includes(clock),
    );
    for (const light of lights)
      await takeLightAway(transaction, light, 'appeal', this.ports.shardOf(caseNo), now, batch);
    return lights.map((light) => ({ ...light, reason: 'appeal' }));
  }

  private workOn(
    head: Pick<RatingAppealRow, 'id' | 'no' | 'department' | 'attempt'>,
    caseNo: string,
    events: readonly ActEvent<RatingAppealRecord>[],
    setting: RatingAppealSetting,
  ): RatingAppealWork {
    const { id, no, department, attempt } = head;
    const shard = this.ports.shardOf(caseNo);
    return new RatingAppealWork(
      { id, no, department, attempt },
      events,
      setting,
      shard,
      this.ports.isTelling(),
    );
  }

  private settingOf(at: number, department: string): RatingAppealSetting {
    const { document, calendar } = rulesOf(this.ports.book(), at, department);
    return { rules: document.ratingAppeals, calendar };
  }

  private async load(from: Queryable, id: number, scope: RowScope): Promise<Loaded> {
    const row = await loadRatingAppeal(from, id, scope);
    if (row === null) throw new ActRefused('not-found', `there is no appeal ${id} that you may see`);
    const events = await actsOf<RatingAppealRecord>(from, 'rating-appeal', id);
    const setting = this.settingOf(row.filedAt, row.department);
    return { row, events, facts: foldRatingAppeal(events), setting };
  }
}

function seen(
  row: RatingAppealRow,
  events: ActEvent<RatingAppealRecord>[],
  { rules, calendar }: RatingAppealSetting,
  at: number,
): RatingAppealSeen {
  const facts = foldRatingAppeal(events);
  return { row, events, facts, verdict: ratingAppealAt(facts, rules, calendar, at) };
}

function contentDigest({ rating, reason, text, evidence }: RatingAppealContent): string {
  const { caseNo, source, event } = rating;
  return digestOfAct({ rating: [caseNo, source, event], reason, text, evidence });
}

function requireDepartment({ department }: CaseRatingRow, who: Principal): string {
  if (department === null)
    throw new ActRefused('rating-not-appealable', 'no department answers for this rating');
  const isOwn = hasRole(who, 'department-head', 'post') && who.department === department;
  if (!isOwn && who.kind !== 'demo')
    throw new ActRefused('not-yours', 'appeals are filed by the department that was rated');
  return department;
}

/** Decisions are the inspector's, and nobody decides on what they filed themselves. */
function requireRight(
  act: RatingAppealAct,
  row: RatingAppealRow,
  events: readonly ActEvent<RatingAppealRecord>[],
  who: Principal,
): void {
  if (who.kind === 'demo') return;
  if (act.type === 'withdrawn') {
    if (hasRole(who, 'department-head', 'post') && who.department === row.department) return;
    throw new ActRefused('not-yours', `${row.no} is withdrawn by the department that filed it`);
  }
  if (!hasRole(who, 'inspector'))
    throw new ActRefused('not-yours', 'appeals against ratings are decided by an inspector (监察员)');
  if (events[0]?.actor.id === who.id)
    throw new ActRefused('not-yours', 'you filed this appeal; somebody else decides on it');
}
