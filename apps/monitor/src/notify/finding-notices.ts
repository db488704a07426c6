import { createHash } from 'node:crypto';
import type { FindingSeverity, Notice, NoticeHoldReason } from '@mingjian/contracts';
import { findingInChinese, forensicFindingInChinese, type Finding } from '@mingjian/rules';
import {
  patternFindingOf,
  patternKeyOf,
  type FindingRow,
  type NewFinding,
  type PatternFindingChanges,
  type SupersededBecause,
} from '@mingjian/store';

type AnyFinding = NewFinding | FindingRow;

/** The findings of one case around a judgement. */
export interface FindingsJudged {
  shard: number;
  /** Those that held before. */
  before: readonly FindingRow[];
  /** Ids of those that hold no longer. */
  gone: readonly number[];
  found: readonly NewFinding[];
  because: SupersededBecause;
  /** Until when the case had been judged; null: never before. */
  judgedAt: number | null;
}

/**
 * What people are to be told of the findings of one case: what no longer holds, then what was found. One notice for each
 * identity (case, code, what it is about): evidence that merely changed is told nobody again.
 *
 * @param told severities that are told; of others nobody hears.
 */
export function findingNotices(judged: FindingsJudged, told: ReadonlySet<FindingSeverity>): Notice[] {
  const { shard, before, gone, found, because, judgedAt } = judged;
  const isTold = ({ severity }: AnyFinding): boolean => told.has(severity);
  const goneIds = new Set(gone);
  const held = byKey(before.filter(isTold));
  const holds = byKey([...before.filter(({ id }) => !goneIds.has(id)), ...found].filter(isTold));
  const isRecomputed = because === 'rule' || because === 'calendar';
  return [
    ...[...held]
      .filter(([key]) => !holds.has(key))
      .map(([, row]) => ({
        ...findingNotice(shard, row),
        isWithdrawal: true,
        mutedBecause: isRecomputed ? because : null,
      })),
    ...[...holds]
      .filter(([key]) => !held.has(key))
      .map(([, row]) => ({
        ...findingNotice(shard, row),
        // What happened since the case was judged last is news, whichever rules find it.
        mutedBecause: isRecomputed && judgedAt !== null && (row.at ?? 0) <= judgedAt ? because : null,
      })),
  ];
}

/** 核查线索: the inspection office is told of each once, and of what a later examination does not find again. */
export function patternNotices(
  { found, superseded }: Pick<PatternFindingChanges, 'found' | 'superseded'>,
  shard: number,
  now: number,
  mutedBecause: NoticeHoldReason | null,
): Notice[] {
  const notice = (finding: PatternFindingChanges['found'][number]): Notice => {
    const { kind, code, severity, scope, department, item, period, at } = finding;
    // The officer of a finding is named in the system and not in a message.
    const caseNo = scope === 'case' ? finding.subject : null;
    const text = forensicFindingInChinese({ kind, figures: finding.figures });
    return {
      key: `pattern/${patternKeyOf(finding)}`,
      kind: 'finding',
      grade: 'info',
      department,
      caseNo,
      recipients: ['inspection-office'],
      subject: `核查线索 ${caseNo ?? period} ${text}`.slice(0, 200),
      facts: { code, item, severity, text, foundAt: at },
      at: now,
      shard,
      mutedBecause,
    };
  };
  return [
    ...superseded.map((row) => ({ ...notice(patternFindingOf(row)), isWithdrawal: true })),
    ...found.map(notice),
  ];
}

function findingNotice(shard: number, row: AnyFinding): Notice {
  const { caseNo, code, severity, detectedAt } = row;
  const text = findingInChinese({ code, detail: JSON.parse(row.detail) as Finding['detail'] });
  return {
    key: keyOf(row),
    kind: 'finding',
    grade: severity === 'serious' ? 'yellow' : 'info',
    department: row.department,
    caseNo,
    subject: `${caseNo} ${text}`.slice(0, 200),
    facts: { code, item: row.itemCode, severity, text, foundAt: row.at ?? detectedAt },
    at: row.at ?? detectedAt,
    shard,
  };
}

function byKey<T extends AnyFinding>(findings: readonly T[]): Map<string, T> {
  return new Map(findings.map((finding) => [keyOf(finding), finding]));
}

/** What a finding is about may be longer than a key: then its digest stands for it. */
function keyOf({ caseNo, code, ref }: AnyFinding): string {
  const about = ref.length <= 120 ? ref : createHash('sha256').update(ref).digest('hex');
  return `finding/${caseNo}/${code}/${about}`;
}
