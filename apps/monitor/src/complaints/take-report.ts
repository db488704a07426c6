import {
  actsOfReport,
  ComplaintContent,
  type ComplainantIdentity,
  type ComplaintReport,
} from '@mingjian/contracts';
import { RowScope } from '@mingjian/store';
import { ActRefused } from '../acts/act-refused';
import { SYSTEM, type Principal } from '../identity/principal';
import type { ComplaintDesk, ComplaintSeen } from './complaint-desk';

/** What became of a report. */
export interface ReportTaken {
  seen: ComplaintSeen;
  /** Events that it added; 0: all of it was known. */
  added: number;
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
 * refused. Each step is a transaction of its own: after a crash in between, the same report adds the rest.
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
  for (const [index, { act, happenedAt }] of acts.entries()) {
    const isMore = index < acts.length - 1;
    const key = `${externalNo}/${act.type}`;
    seen = await desk.act(seen.row.id, { act }, who, RowScope.everything, key, { happenedAt }, isMore);
  }
  return { seen, added: seen.facts.version - before };
}
