import { dueAt } from '../calendar/due-at';
import { foundInCase, type CaseRecord } from './case-record';
import { FilingColumns, type Filing } from './filing-columns';
import type { ForensicFinding } from './forensic-finding';

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
  private readonly filings = new FilingColumns();

  add(record: CaseRecord): void {
    const { timeline, judged, department, item } = record;
    const applicant = timeline.find(({ data }) => data.applicant !== undefined)?.data.applicant;
    const { endedAt, outcome } = judged.tracks;
    if (applicant === undefined || item === null) return;
    const key = JSON.stringify([department, item, applicant]);
    this.filings.add(key, {
      about: record,
      submittedAt: judged.facts.submittedAt ?? judged.facts.firstEventAt,
      endedAt,
      outcome,
      used: usedOf(record),
    });
  }

  /** What is found, a part at a time. */
  *findings(): Generator<ForensicFinding[]> {
    for (const applicants of this.filings.repeated()) {
      const found: ForensicFinding[] = [];
      for (const filings of applicants) findAmong(filings, found);
      yield found;
    }
  }
}

function findAmong(filings: readonly Filing[], found: ForensicFinding[]): void {
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
