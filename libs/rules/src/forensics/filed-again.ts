import { dueAt } from '../calendar/due-at';
import { foundInCase, type CaseAbout, type CaseRecord } from './case-record';
import type { ForensicFinding } from './forensic-finding';

interface Filing {
  about: CaseAbout;
  submittedAt: number;
  endedAt: number | null;
  outcome: string | null;
  /** Working time used of the promise when it ended; above 1: over it. 0 where it was never accepted. */
  used: number;
}

/** Ends without a decision in the matter, after which the same matter can come in again. */
const WITHOUT_RESULT: ReadonlySet<string | null> = new Set([
  'withdrawn',
  'returned',
  'voided',
  'not-accepted',
  'refused',
]);

/**
 * FLOW-5: the same applicant filed for the same item again soon after the case had ended without a result, and most of
 * the promise had been used up by then: a new case has a new clock. Or it happened so often that somebody is sent round
 * in circles. One filing more after an early return is everyday life and no finding.
 */
export class FilingsAgain {
  private readonly byApplicant = new Map<string, Filing[]>();

  add(record: CaseRecord): void {
    const { timeline, judged, department, item } = record;
    const applicant = timeline.find(({ data }) => data.applicant !== undefined)?.data.applicant;
    const { endedAt, outcome } = judged.tracks;
    if (applicant === undefined || item === null) return;
    const key = JSON.stringify([department, item, applicant]);
    const filing: Filing = {
      about: {
        caseNo: record.caseNo,
        department,
        item,
        calendar: record.calendar,
        settings: record.settings,
      },
      submittedAt: judged.facts.submittedAt ?? judged.facts.firstEventAt,
      endedAt,
      outcome,
      used: usedOf(record),
    };
    const filings = this.byApplicant.get(key);
    if (filings === undefined) this.byApplicant.set(key, [filing]);
    else filings.push(filing);
  }

  findings(): ForensicFinding[] {
    const found: ForensicFinding[] = [];
    for (const filings of this.byApplicant.values()) if (filings.length > 1) findAmong(filings, found);
    return found;
  }
}

function findAmong(filings: Filing[], found: ForensicFinding[]): void {
  filings.sort((a, b) => a.submittedAt - b.submittedAt || (a.about.caseNo < b.about.caseNo ? -1 : 1));
  let chain = [filings[0]!];
  for (const filing of filings.slice(1)) {
    const before = chain[chain.length - 1]!;
    if (!follows(filing, before)) {
      chain = [filing];
      continue;
    }
    chain.push(filing);
    const { settings } = filing.about;
    if (before.used < settings.refiledUsed && chain.length < settings.refiledTimes) continue;
    const earlier = chain.slice(0, -1).map(({ about }) => about.caseNo);
    found.push(
      foundInCase(
        filing.about,
        'filed-again',
        'warning',
        filing.submittedAt,
        {
          earlierCase: before.about.caseNo,
          outcome: before.outcome,
          endedAt: before.endedAt,
          usedShare: before.used,
          times: chain.length,
        },
        earlier.reverse(),
      ),
    );
  }
}

function follows({ submittedAt, about: { settings, calendar } }: Filing, before: Filing): boolean {
  const { endedAt, outcome } = before;
  if (settings.refiledWithin === null || endedAt === null || !WITHOUT_RESULT.has(outcome)) return false;
  return submittedAt >= endedAt && submittedAt <= dueAt(calendar, settings.refiledWithin, endedAt).dueAt!;
}

function usedOf({ judged, calendar }: CaseRecord): number {
  const { endedAt, clocks } = judged.tracks;
  const track = clocks.find(({ kind }) => kind === 'promise');
  const due = track?.spans.find(({ dueAt: at }) => at !== null)?.dueAt ?? null;
  if (track === undefined || due === null || endedAt === null) return 0;
  const all = calendar.elapsedMs(track.startedAt, due);
  return all === 0 ? 0 : calendar.elapsedMs(track.startedAt, endedAt) / all;
}
