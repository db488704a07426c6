import {
  ComplaintContent,
  type ActEvent,
  type Actor,
  type ComplainantIdentity,
  type ComplaintRecord,
  type FrozenEvidence,
} from '@mingjian/contracts';
import { complaintAt, foldComplaint, withinFrom, type ComplaintFacts } from '@mingjian/rules';
import {
  addPatternFinding,
  complaintsOfPerson,
  insertComplaint,
  takeNumber,
  type ComplaintRow,
  type StoreTransaction,
} from '@mingjian/store';
import { digestOfAct } from '../acts/act-batch';
import { ActRefused } from '../acts/act-refused';
import { yearOf } from '../acts/rules-of';
import { SYSTEM } from '../identity/principal';
import type { DeskPorts } from '../orders/order-desk';
import type { Complainants } from './complainants';
import { requireDepartment, settingOf, type ComplaintRulesInForce } from './complaint-setting';
import { complaintRow, ComplaintWork, workOn } from './complaint-work';
import { caseOf, freezeEvidence } from './freeze-evidence';

/** When something happened that a feed or an import tells of; now where a person does it. */
export interface When {
  happenedAt?: number;
}

/** What a feed knows of a registration besides what it says: keyed hash of who complains, made by the sender. */
export interface Told extends When {
  person?: string;
  /** More of the same report follows: what time has brought is written with the last of it. */
  isMore?: boolean;
}

/** Writes new complaints: number, pseudonym, repeat, link to the case and its evidence, in one transaction. */
export class Registrar {
  constructor(
    private readonly ports: DeskPorts,
    private readonly complainants: Complainants,
  ) {}

  /** Registers a complaint within a transaction. @throws ActRefused. */
  async register(
    transaction: StoreTransaction,
    said: Omit<ComplaintContent, 'complainant'>,
    complainant: ComplainantIdentity | undefined,
    actor: Actor,
    actKey: string,
    { person: pseudonym, isMore = false, ...when }: Told,
  ): Promise<{ row: ComplaintRow; work: ComplaintWork; rules: ComplaintRulesInForce }> {
    const now = this.ports.clock.now();
    const happenedAt = when.happenedAt ?? now;
    const rules = settingOf(this.ports.book(), happenedAt, said.department, said.policy);
    requireDepartment(said.department, rules);
    const person =
      complainant === undefined
        ? (pseudonym ?? null)
        : await this.complainants.pseudonymOf(transaction, complainant);
    const link = await caseOf(transaction, said);
    const year = yearOf(rules.calendar, now);
    const no = `投诉〔${year}〕${await takeNumber(transaction, 'complaint', year)}号`;
    if (complainant !== undefined) await this.complainants.keep(transaction, no, complainant);
    const registered: ComplaintRecord = {
      type: 'registered',
      no,
      person,
      realName: person !== null,
      repeatOf: await this.repeatOf(transaction, said, person, link?.caseNo ?? null, happenedAt, rules),
      ...said,
      ...when,
    };
    const first: ActEvent<ComplaintRecord> = { seq: 1, at: now, actor, act: registered };
    const facts = foldComplaint([first]);
    const verdict = complaintAt(facts, rules.policy, rules.calendar, now);
    const row = await insertComplaint(transaction, complaintRow(0, facts, verdict, rules.policy, 0));
    const work = workOn(this.ports, row, [], rules);
    work.add(registered, now, actor, actKey);
    if (link !== null) await this.freeze(transaction, work, facts, link, now);
    if (!isMore) work.catchUp(now);
    return { row: await work.write(transaction, now, 0), work, rules };
  }

  /** Fixes the evidence of a link; of a contradiction there is a finding on the case too, unless nobody may know of the complaint. */
  async freeze(
    transaction: StoreTransaction,
    work: ComplaintWork,
    { registered, registeredAt }: ComplaintFacts,
    link: { caseNo: string; how: FrozenEvidence['how'] },
    now: number,
  ): Promise<void> {
    if ((await caseOf(transaction, { ...registered, caseNo: link.caseNo })) === null)
      throw new ActRefused('unknown-case', `no case has the number ${JSON.stringify(link.caseNo)}`);
    const book = this.ports.book();
    const { evidence, finding } = await freezeEvidence(
      transaction,
      book,
      registered,
      link,
      registeredAt,
      now,
    );
    work.add(
      { type: 'evidence-frozen', ...evidence },
      now,
      SYSTEM,
      `complaint/${work.id}/evidence/${work.batch.length + 1}`,
    );
    if (finding !== null && !work.isConfidential) await addPatternFinding(transaction, finding, now);
  }

  /** The first complaint of this person about the same case, or the same kind of matter in the same department. */
  private async repeatOf(
    transaction: StoreTransaction,
    { department, kind }: Pick<ComplaintContent, 'department' | 'kind'>,
    person: string | null,
    caseNo: string | null,
    at: number,
    { complaints, calendar }: ComplaintRulesInForce,
  ): Promise<number | null> {
    if (person === null) return null;
    const since = withinFrom({ within: complaints.repeatWithin }, calendar, at);
    const earlier = (await complaintsOfPerson(transaction, person, since)).find(
      (one) =>
        one.registeredAt <= at &&
        (caseNo !== null && one.caseNo !== null
          ? one.caseNo === caseNo
          : one.department === department && one.kind === kind),
    );
    return earlier === undefined ? null : (earlier.repeatOf ?? earlier.id);
  }
}

/** What makes two submissions the same complaint: what it says, whoever says it. */
export function saidDigest(said: object): string {
  const known = ComplaintContent.omit({ complainant: true }).strip().parse(said);
  return digestOfAct(Object.fromEntries(Object.entries(known).sort(([a], [b]) => (a < b ? -1 : 1))));
}
