import { BadInputError, type Problem } from '@mingjian/contracts';
import type { RuleDraftRow, RuleVersionRow } from '@mingjian/store';
import type { Principal } from '../identity/principal';
import { writtenDigest } from '../rulebook/rule-document';
import { bookWith, type DraftBook } from './draft-book';
import type { Written } from './draft-document';
import type { DraftProblem } from './draft-problem';
import { DraftRefused } from './draft-refused';
import { contributorsOf, currentOf, documentOf, isBaseCurrent } from './draft-rows';
import { KINDS } from './kinds';
import { ownChanges } from './own-changes';

/** What an act about a draft is done with. */
export interface Work {
  /** What holds with everything that is approved by now, also where this process has yet to load it. */
  book: DraftBook;
  /** What is approved by now. */
  approved: readonly RuleVersionRow[];
  /** `YYYY-MM-DD` at the site. */
  today: string;
  who: Principal;
  now: number;
}

/** @throws DraftRefused where a draft says what is in force already. */
export function requireChange(row: RuleDraftRow, document: unknown): void {
  if (ownChanges(JSON.parse(row.baseDocument), document).length === 0)
    throw new DraftRefused('nothing-changed', '草稿与现行版本没有不同，没有可以提交的改动');
}

/** 四眼原则: nobody who wrote any of it decides about it. */
export function requireSecondPerson(row: RuleDraftRow, who: Principal): void {
  if (contributorsOf(row).includes(who.id))
    throw new DraftRefused('own-draft', '草稿须由未参与编制的另一名管理员批准或退回');
}

export function requireCurrentBase({ book }: Work, row: RuleDraftRow): void {
  if (isBaseCurrent(book, row)) return;
  const current = currentOf(book, row.kind, row.documentId);
  throw new DraftRefused(
    'base-moved',
    `草稿编制之后${KINDS[row.kind].name}已有变化（现为版本 ${current?.version ?? '无'}），请先“更新到现行版本”，再提交`,
    { current: current?.version ?? null },
  );
}

/**
 * The document with its first day; of a kind that has none, as it is.
 * @throws DraftRefused where the day is left out, has gone by, or is none that such a document may begin on.
 */
export function dated(row: RuleDraftRow, inForceFrom: string | undefined, today: string): Written {
  const { earliest, name } = KINDS[row.kind];
  const document = documentOf(row);
  if (earliest === null) {
    if (inForceFrom === undefined) return document;
    throw new DraftRefused('no-date', `${name}自批准时起生效，不填施行日期`);
  }
  if (inForceFrom === undefined) throw new DraftRefused('no-date', '请填写施行日期');
  const first = earliest(today);
  if (inForceFrom < first) throw new DraftRefused('in-the-past', `施行日期不得早于 ${first}：不溯及既往`);
  return { ...document, inForceFrom };
}

/** @throws DraftRefused where the first day went by while a draft waited. */
export function requireNotPast({ kind, inForceFrom }: RuleDraftRow, today: string): void {
  const { earliest } = KINDS[kind];
  if (earliest !== null && (inForceFrom ?? '') < earliest(today))
    throw new DraftRefused('in-the-past', `施行日期 ${inForceFrom} 已过：不溯及既往，请退回后改期`);
}

export function requireNoErrors({ problems }: Pick<RuleDraftRow, 'problems'>): void {
  const errors = (JSON.parse(problems) as DraftProblem[]).filter(({ severity }) => severity === 'error');
  if (errors.length > 0)
    throw new DraftRefused('has-errors', `草稿还有 ${errors.length} 处错误，改正后才能提交`, {
      problems: errors,
    });
}

/** What holds with this draft in it must be whole, and contradict no file. */
export function requireFitting({ book, approved }: Work, row: RuleDraftRow): void {
  const problems = problemsWith(book, [...approved, { id: 0, ...versionOf(row) }], row);
  if (problems.length === 0) return;
  throw new DraftRefused(
    'contradicts-file',
    KINDS[row.kind].earliest === null
      ? `草稿与本站${KINDS[row.kind].name}文件的内容冲突，请先按提示处理文件`
      : '草稿与本站规则文件中同日施行或同版本号的内容冲突，请改用另一施行日期或版本号',
    { problems },
  );
}

function problemsWith(
  book: DraftBook,
  rows: readonly RuleVersionRow[],
  { kind, documentId }: RuleDraftRow,
): readonly Problem[] {
  try {
    const { mappings, problems } = bookWith(book, rows);
    return (kind === 'mapping' ? mappings.get(documentId)?.problems : problems[kind]) ?? [];
  } catch (error) {
    if (error instanceof BadInputError) return error.problems;
    throw error;
  }
}

/** A draft as the version that it becomes, or would become. */
export function versionOf(row: RuleDraftRow): Omit<RuleVersionRow, 'id'> {
  return {
    ...{ kind: row.kind, documentId: row.documentId, version: row.documentVersion },
    ...{ inForceFrom: row.inForceFrom, baseDigest: row.baseDigest, document: row.document },
    ...{ digest: writtenDigest(documentOf(row)), draftId: row.id, reason: row.reason ?? '' },
    ...{ author: row.author, approvedBy: row.decidedBy ?? '', approvedByName: row.decidedByName ?? '' },
    approvedAt: row.decidedAt ?? 0,
  };
}
