import {
  actsOfReport,
  ComplaintContent,
  type ComplainantIdentity,
  type ComplaintReport,
  type ReportedAct,
} from '@mingjian/contracts';
import { RowScope } from '@mingjian/store';
import { ActRefused } from '../acts/act-refused';
import { SYSTEM, type Principal } from '../identity/principal';
import type { ComplaintDesk, ComplaintSeen } from './complaint-desk';

/** What became of a report. */
export interface ReportTaken {
  /** Id of the complaint. */
  complaint: number;
  /** Events that it added; 0: all of it was known. */
  added: number;
}

/** A member of a report contradicts what stands on record, or what the rules allow; what came before it was taken. */
export class ReportRefused extends ActRefused {
  constructor(
    refused: ActRefused,
    /** The member of the report. */
    readonly field: string,
    /** What it says, RFC 3339. */
    readonly got: string,
  ) {
    super(refused.reason, refused.message);
    this.name = 'ReportRefused';
  }
}

/** Where a report comes from. */
export interface ReportOrigin {
  /** The name of the system: with its number there it identifies the complaint. */
  source: string;
  /** Who brought it: an account's name; left out: it came by itself. */
  by?: string;
}

/**
 * Takes what another system says of a complaint: registers it, and adds what has happened to it at its own time.
 *
 * Guarantees: a report taken again adds nothing; one with more in it adds what is new; one that contradicts what was taken before is
 * refused, and so is a review that a person could not have entered at that time. Each step is a transaction of its own: after a crash
 * in between, the same report adds the rest.
 * @throws ActRefused
 */
export async function takeReport(
  desk: ComplaintDesk,
  { source, by }: ReportOrigin,
  report: ComplaintReport,
  now: number,
  complainant?: ComplainantIdentity,
): Promise<ReportTaken> {
  const registeredAt = Date.parse(report.registeredAt);
  const acts = actsOfReport(report);
  const future = [registeredAt, ...acts.map(({ happenedAt }) => happenedAt)].find((at) => at > now);
  if (future !== undefined)
    throw new ActRefused('not-yet', `${new Date(future).toISOString()} is still to come`);
  const who: Principal = {
    ...SYSTEM,
    id: `feed/${source}`.slice(0, 80),
    name: `${source}${by === undefined ? '' : `（${by}导入）`}`.slice(0, 80),
  };
  const said = ComplaintContent.strip().parse(report);
  const { externalNo, person } = report;
  const told = person === undefined ? {} : { person };
  const isKnown = await desk.isRegistered(who, `${externalNo}/registered`);
  let seen = await desk.register(
    complainant === undefined ? said : { ...said, complainant },
    who,
    RowScope.everything,
    `${externalNo}/registered`,
    { happenedAt: registeredAt, isMore: acts.length > 0, ...told },
  );
  const before = isKnown ? seen.facts.version : 0;
  // Whether something was added since lights were last made to stand on record.
  let isBehind = !isKnown && acts.length > 0;
  try {
    for (const [index, told] of acts.entries()) {
      const isMore = index < acts.length - 1;
      const { version } = seen.facts;
      seen = await actOf(desk, seen.row.id, told, who, externalNo, isMore);
      if (seen.facts.version > version) isBehind = isMore;
    }
  } finally {
    // What came late between two acts that were known, or before one that is refused, may light or take away too.
    if (isBehind) await catchUp(desk, seen.row.id, now);
  }
  return { complaint: seen.row.id, added: seen.facts.version - before };
}

/** Times that one member of a report is tried while others act on its complaint between our look and our word. */
const MOST_RACES = 20;

/**
 * @throws ReportRefused naming the member of the report that says so; Error where others were quicker each time: that says
 * nothing against the report, which is to be brought again.
 */
async function actOf(
  desk: ComplaintDesk,
  id: number,
  { act, happenedAt, field, key }: ReportedAct,
  who: Principal,
  externalNo: string,
  isMore: boolean,
): Promise<ComplaintSeen> {
  const actKey = `${externalNo}/${key}`;
  for (let tried = 1; ; tried++) {
    try {
      return await desk.act(id, { act }, who, RowScope.everything, actKey, { happenedAt }, isMore);
    } catch (error) {
      if (!(error instanceof ActRefused)) throw error;
      // A feed names no version: this one means that somebody acted while we did.
      if (error.reason !== 'stale-version')
        throw new ReportRefused(error, field, new Date(happenedAt).toISOString());
      if (tried >= MOST_RACES)
        throw new Error(`complaint ${id} was changed ${tried} times while it was written`, { cause: error });
    }
  }
}

/** Makes lights stand on record. Who acts on it at this moment does the same. */
async function catchUp(desk: ComplaintDesk, id: number, now: number): Promise<void> {
  try {
    await desk.advance(id, now, false);
  } catch (error) {
    if (!(error instanceof ActRefused)) throw error;
  }
}
