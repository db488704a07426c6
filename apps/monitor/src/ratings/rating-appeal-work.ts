import { createHash } from 'node:crypto';
import type {
  ActEvent,
  Actor,
  Notice,
  NoticeHoldReason,
  RatingAppealRecord,
  RatingAppealRules,
  RatingIdentity,
  Recipient,
} from '@mingjian/contracts';
import {
  foldRatingAppeal,
  ratingAppealAt,
  type AppealVerdict,
  type RatingAppealFacts,
  type WorkingCalendar,
} from '@mingjian/rules';
import { saveRatingAppeal, type RatingAppealRow, type StoreTransaction } from '@mingjian/store';
import { ActBatch } from '../acts/act-batch';
import { ActRefused } from '../acts/act-refused';
import { keyOfLit, newlyLit } from '../acts/newly-lit';
import { SYSTEM } from '../identity/principal';
import { RATING_APPEAL_ACT_NAMES, RATING_APPEAL_STATE_NAMES, RATING_GRADE_NAMES } from './rating-words';

const OFFICE: readonly Recipient[] = ['inspection-office'];
const DEPARTMENT: readonly Recipient[] = ['post', 'department-head'];

/** The rules that the filing of an appeal fixed. */
export interface RatingAppealSetting {
  rules: RatingAppealRules;
  calendar: WorkingCalendar;
}

/** What does not change about an appeal while it is worked on. */
export type RatingAppealHead = Pick<RatingAppealRow, 'id' | 'no' | 'department' | 'attempt'>;

/** SHA-256 over what names a rating, hexadecimal: short enough for an index. */
export function keyOfRating({ caseNo, source, event }: RatingIdentity): string {
  return createHash('sha256')
    .update(JSON.stringify(['rating', caseNo, source, event]))
    .digest('hex');
}

/** One appeal against a rating under way in a transaction: its events so far, and what is to be written about it. */
export class RatingAppealWork {
  readonly events: ActEvent<RatingAppealRecord>[];
  readonly batch: ActBatch;

  constructor(
    private readonly head: RatingAppealHead,
    events: readonly ActEvent<RatingAppealRecord>[],
    private readonly setting: RatingAppealSetting,
    private readonly shard: number,
    isTelling: boolean,
  ) {
    this.events = [...events];
    this.batch = new ActBatch('rating-appeal', head.id, head.no, events.length, isTelling);
  }

  facts(): RatingAppealFacts {
    return foldRatingAppeal(this.events);
  }

  verdict(at: number): AppealVerdict {
    return ratingAppealAt(this.facts(), this.setting.rules, this.setting.calendar, at);
  }

  /** Appends an event, and tells those who wait for it: the office of what is filed, the department of what is decided. */
  add(
    act: RatingAppealRecord,
    at: number,
    actor: Actor,
    key: string,
    mutedBecause: NoticeHoldReason | null = null,
  ): void {
    const who = { id: actor.id, name: actor.name };
    this.events.push({ seq: this.batch.length + 1, at, actor: who, act });
    const facts = this.facts();
    const { dueAt } = this.verdict(at);
    this.batch.add(act, at, who, key, {
      department: this.head.department,
      state: facts.state,
      rating: keyOfRating(facts.filed.rating),
      dueAt: dueAt === null ? null : new Date(dueAt).toISOString(),
    });
    const notice = this.notice(act, facts, dueAt, at);
    if (notice !== null) this.batch.tell({ ...notice, mutedBecause });
  }

  /** Makes the lights that time has turned by `at` stand on record, each once. */
  catchUp(at: number, mutedBecause: NoticeHoldReason | null = null): void {
    for (const lit of newlyLit(this.events, this.verdict(at).changes))
      this.add(lit, at, SYSTEM, `rating-appeal/${this.head.id}/${keyOfLit(lit)}`, mutedBecause);
  }

  row(at: number): RatingAppealRow {
    const { filed, state, filedAt, endedAt } = this.facts();
    const { light, dueAt, provisional, nextChangeAt } = this.verdict(at);
    const { caseNo, source, event: eventId } = filed.rating;
    return {
      ...this.head,
      ...{ caseNo, source, eventId, ratingKey: keyOfRating(filed.rating), grade: filed.grade },
      ...{ reason: filed.reason, state, light, dueAt, provisional, nextChangeAt },
      ...{ version: this.batch.length, filedAt, endedAt },
    };
  }

  /** Writes everything, or refuses where somebody acted since `version` events were read. */
  async write(transaction: StoreTransaction, at: number, version: number): Promise<RatingAppealRow> {
    const row = this.row(at);
    if (!(await saveRatingAppeal(transaction, row, version)))
      throw new ActRefused(
        'stale-version',
        `somebody else acted on ${row.no} at the same moment; read it again`,
      );
    await this.batch.write(transaction, at);
    return row;
  }

  private notice(
    act: RatingAppealRecord,
    facts: RatingAppealFacts,
    dueAt: number | null,
    at: number,
  ): Notice | null {
    const { no, department } = this.head;
    const { caseNo } = facts.filed.rating;
    const isLit = act.type === 'lit';
    if (isLit && act.to !== 'yellow' && act.to !== 'red') return null;
    const step = isLit
      ? act.to === 'red'
        ? '逾期未核定'
        : '核定期限将至'
      : `差评${RATING_APPEAL_ACT_NAMES[act.type]}`;
    const title = `办件 ${caseNo} 评价“${RATING_GRADE_NAMES[facts.filed.grade] ?? facts.filed.grade}”`;
    return {
      key: `rating-appeal/${no}/${isLit ? keyOfLit(act) : this.batch.length}`,
      kind: 'appeal',
      grade: isLit ? (act.to === 'red' ? 'red' : 'yellow') : 'info',
      department,
      caseNo,
      recipients: isLit || act.type === 'filed' || act.type === 'withdrawn' ? OFFICE : DEPARTMENT,
      subject: `${no} ${step}：${title}`,
      facts: {
        appealNo: no,
        title,
        state: RATING_APPEAL_STATE_NAMES[facts.state],
        dueAt,
        decision: facts.endedAt === null ? null : RATING_APPEAL_STATE_NAMES[facts.state],
        reason: 'opinion' in act ? act.opinion : null,
      },
      at: isLit ? act.becameAt : at,
      shard: this.shard,
      thread: `rating-appeal/${no}`,
    };
  }
}
