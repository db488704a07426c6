import { createHash } from 'node:crypto';
import type { ComplaintContent, FrozenEvidence } from '@mingjian/contracts';
import {
  canonicalJson,
  compareEvents,
  contradicts,
  explainCase,
  explanationInChinese,
  judgeCase,
  monthAt,
  verdictAt,
  type ForensicFinding,
  type RuleBook,
} from '@mingjian/rules';
import { casesUnderWay, loadTimelines, type Queryable } from '@mingjian/store';

/** Cases that are looked at for the applicant; more of one item and day nobody has. */
const MOST_CASES = 2_000;

/** Evidence with the finding that it gives rise to, if any. */
export interface Frozen {
  evidence: FrozenEvidence;
  finding: ForensicFinding | null;
}

type Said = Pick<ComplaintContent, 'caseNo' | 'applicant' | 'item' | 'occurredAt' | 'department' | 'kind'>;

/**
 * The case that a complaint is about: the one that it names, or the one case of the applicant for the item that was under way on the
 * day. Null where there is none, or more than one: a wrong case is worse than none, and an inspector may name it.
 */
export async function caseOf(
  from: Queryable,
  said: Said,
): Promise<{ caseNo: string; how: 'number' | 'applicant' } | null> {
  const { caseNo, applicant, item, occurredAt, department } = said;
  if (caseNo !== undefined) {
    const events = (await loadTimelines(from, [caseNo])).get(caseNo) ?? [];
    return events.length === 0 ? null : { caseNo, how: 'number' };
  }
  if (applicant === undefined || item === undefined || occurredAt === undefined) return null;
  const day = Date.parse(occurredAt);
  const near = await casesUnderWay(from, department, item, day, MOST_CASES);
  const found: string[] = [];
  for (const [number, events] of await loadTimelines(from, near)) {
    const isTheirs = events.some(({ data }) => data.applicant === applicant);
    // A case that began later cannot be meant; the day's own hours are not known to who tells of it.
    const began = Math.min(...events.map(({ occurredAt: at }) => at));
    if (isTheirs && began < day + 86_400_000) found.push(number);
  }
  return found.length === 1 ? { caseNo: found[0]!, how: 'applicant' } : null;
}

/**
 * Fixes what the record says of a case at this moment: digests of its timeline and of its explanation, for the ledger. What is added
 * or taken back later can be told from what was known when the complaint came in.
 * @param complainedAt when it was complained, epoch ms: the clocks are held against that instant.
 */
export async function freezeEvidence(
  from: Queryable,
  book: RuleBook,
  { kind }: Said,
  { caseNo, how }: { caseNo: string; how: FrozenEvidence['how'] },
  complainedAt: number,
  now: number,
): Promise<Frozen> {
  const events = [...((await loadTimelines(from, [caseNo])).get(caseNo) ?? [])].sort(compareEvents);
  const tracks = judgeCase(caseNo, events, book);
  const explanation = explanationInChinese(explainCase(caseNo, events, book, now), book.newest.calendar);
  const isContradiction = contradicts({ at: complainedAt, saysLate: kind === 'delay' }, tracks);
  const evidence: FrozenEvidence = {
    caseNo,
    how,
    events: events.length,
    timeline: sha256(canonicalJson(events)),
    explanation: sha256(explanation),
    light: verdictAt(tracks, now).light,
    contradicts: isContradiction,
  };
  const finding: ForensicFinding = {
    kind: 'complaint-contradicts-record',
    code: 'CMP-2',
    severity: 'serious',
    scope: 'case',
    subject: caseNo,
    department: tracks.department,
    item: tracks.itemCode,
    period: monthAt(book.newest.calendar, complainedAt),
    at: complainedAt,
    cases: [caseNo],
    // No number and no word of the complaint: the department reads its findings.
    figures: { events: events.length },
  };
  return { evidence, finding: isContradiction ? finding : null };
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
