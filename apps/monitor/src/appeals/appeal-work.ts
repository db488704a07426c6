import type {
  ActEvent,
  Actor,
  AppealRecord,
  LightIdentity,
  Notice,
  NoticeHoldReason,
  Recipient,
} from '@mingjian/contracts';
import { appealAt, foldAppeal, LIGHT_NAMES, type AppealFacts, type AppealVerdict } from '@mingjian/rules';
import { saveAppeal, type AppealRow, type StoreTransaction } from '@mingjian/store';
import { ActBatch } from '../acts/act-batch';
import { ActRefused } from '../acts/act-refused';
import { keyOfLight } from '../acts/light-of';
import { keyOfLit, newlyLit } from '../acts/newly-lit';
import type { ActRules } from '../acts/rules-of';
import { SYSTEM } from '../identity/principal';
import { APPEAL_ACT_NAMES, APPEAL_STATE_NAMES } from './appeal-words';

const OFFICE: readonly Recipient[] = ['inspection-office'];
const DEPARTMENT: readonly Recipient[] = ['post', 'department-head'];

/** One appeal under way in a transaction: its events so far, and what is to be written about it. */
export class AppealWork {
  readonly events: ActEvent<AppealRecord>[];
  readonly batch: ActBatch;

  constructor(
    readonly id: number,
    private readonly no: string,
    private readonly department: string,
    private readonly attempt: number,
    events: readonly ActEvent<AppealRecord>[],
    private readonly rules: ActRules,
    private readonly shard: number,
    isTelling: boolean,
  ) {
    this.events = [...events];
    this.batch = new ActBatch('appeal', id, no, events.length, isTelling);
  }

  facts(): AppealFacts {
    return foldAppeal(this.events);
  }

  verdict(at: number): AppealVerdict {
    return appealAt(this.facts(), this.rules.appeals, this.rules.calendar, at);
  }

  /** Appends an event, and tells those who wait for it: the office of what is filed, the department of what is decided. */
  add(
    act: AppealRecord,
    at: number,
    actor: Actor,
    key: string,
    mutedBecause: NoticeHoldReason | null = null,
  ): void {
    this.events.push({ seq: this.batch.length + 1, at, actor, act });
    const facts = this.facts();
    const { dueAt } = this.verdict(at);
    this.batch.add(act, at, actor, key, {
      department: this.department,
      state: facts.state,
      light: keyOfLight(facts.filed.light),
      dueAt: dueAt === null ? null : new Date(dueAt).toISOString(),
    });
    const notice = this.notice(act, facts, dueAt, at);
    if (notice !== null) this.batch.tell({ ...notice, mutedBecause });
  }

  /** Makes the lights that time has turned by `at` stand on record, each once. */
  catchUp(at: number, mutedBecause: NoticeHoldReason | null = null): void {
    for (const lit of newlyLit(this.events, this.verdict(at).changes))
      this.add(lit, at, SYSTEM, `appeal/${this.id}/${keyOfLit(lit)}`, mutedBecause);
  }

  row(at: number): AppealRow {
    return appealRow(
      this.id,
      this.no,
      this.department,
      this.attempt,
      this.facts(),
      this.verdict(at),
      this.batch.length,
    );
  }

  /** Writes everything, or refuses where somebody acted since `version` events were read. */
  async write(transaction: StoreTransaction, at: number, version: number): Promise<AppealRow> {
    const row = this.row(at);
    if (!(await saveAppeal(transaction, row, version)))
      throw new ActRefused(
        'stale-version',
        `somebody else acted on ${row.no} at the same moment; read it again`,
      );
    await this.batch.write(transaction, at);
    return row;
  }

  private notice(act: AppealRecord, facts: AppealFacts, dueAt: number | null, at: number): Notice | null {
    const { light } = facts.filed;
    const isLit = act.type === 'lit';
    if (isLit && act.to !== 'yellow' && act.to !== 'red') return null;
    const step = isLit ? (act.to === 'red' ? '逾期未审理' : '审理期限将至') : APPEAL_ACT_NAMES[act.type];
    const isForOffice = isLit || act.type === 'filed' || act.type === 'withdrawn';
    return {
      key: isLit ? `appeal/${this.no}/${keyOfLit(act)}` : `appeal/${this.no}/${this.batch.length}`,
      kind: 'appeal',
      grade: isLit ? (act.to === 'red' ? 'red' : 'yellow') : 'info',
      department: this.department,
      caseNo: light.caseNo,
      recipients: isForOffice ? OFFICE : DEPARTMENT,
      subject: `${this.no} ${step}：办件 ${light.caseNo} ${LIGHT_NAMES[light.to]}`,
      facts: {
        appealNo: this.no,
        title: titleOf(light),
        state: APPEAL_STATE_NAMES[facts.state],
        dueAt,
        decision: facts.endedAt === null ? null : APPEAL_STATE_NAMES[facts.state],
        reason: 'opinion' in act ? act.opinion : null,
      },
      at: isLit ? act.becameAt : at,
      shard: this.shard,
      thread: `appeal/${this.no}`,
    };
  }
}

function titleOf(light: LightIdentity): string {
  return `办件 ${light.caseNo} ${LIGHT_NAMES[light.to]}`;
}

/** What the row of an appeal says. */
export function appealRow(
  id: number,
  no: string,
  department: string,
  attempt: number,
  facts: AppealFacts,
  verdict: AppealVerdict,
  version: number,
): AppealRow {
  const { light, reason } = facts.filed;
  return {
    id,
    no,
    lightKey: keyOfLight(light),
    attempt,
    caseNo: light.caseNo,
    clock: light.clock,
    becameAt: Date.parse(light.becameAt),
    fromLight: light.from,
    toLight: light.to,
    department,
    reason,
    state: facts.state,
    light: verdict.light,
    dueAt: verdict.dueAt,
    provisional: verdict.provisional,
    nextChangeAt: verdict.nextChangeAt,
    version,
    filedAt: facts.filedAt,
    endedAt: facts.endedAt,
  };
}
