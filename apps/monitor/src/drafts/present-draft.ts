import type { Light } from '@mingjian/contracts';
import { CLOCK_NAMES, type BacktestGroup, type CaseLight } from '@mingjian/rules';
import type { DraftImpactRow, ListedDraft, RuleDraftRow } from '@mingjian/store';
import type { Presenter } from '../api/present';
import type { Principal } from '../identity/principal';
import { clockKindOf } from '../metrics/clock-kind-of';
import type { LoadedRuleBook } from '../rulebook/load-rule-book';
import type { DraftProblem } from './draft-problem';
import { yamlOf } from './draft-document';
import { currentOf, documentOf, doingsOf, historyOf } from './draft-rows';
import { worstLight, type ImpactResult } from './impact-sums';
import { standingOf } from './standing';

/** What an answer about drafts is made of. */
export interface DraftView {
  loaded: LoadedRuleBook;
  present: Presenter;
  today: string;
  who: Principal;
}

/** A draft as a list shows it. */
export function presentDraftRow(row: ListedDraft, { loaded, present, today, who }: DraftView): object {
  const isBaseCurrent = currentOf(loaded, row.kind, row.documentId)?.digest === row.baseDigest;
  const problems = JSON.parse(row.problems) as DraftProblem[];
  const count = (severity: DraftProblem['severity']): number =>
    problems.filter((problem) => problem.severity === severity).length;
  const { id, kind, documentId, title, state, version, revertOf, documentVersion, inForceFrom, reason } = row;
  return {
    ...{ id, kind, documentId, title, state },
    standing:
      state === 'approved'
        ? standingOf({ kind, id: documentId, inForceFrom, approved: id }, loaded, today)
        : null,
    version,
    author: { id: row.author, name: row.authorName },
    editedBy: { id: row.editedBy, name: row.editedByName },
    createdAt: present.time(row.createdAt),
    editedAt: present.time(row.editedAt),
    base: { version: row.baseVersion, inForceFrom: row.baseInForceFrom },
    isBaseCurrent,
    ...{ revertOf, documentVersion, inForceFrom, reason },
    submittedBy: actor(row.submittedBy, row.submittedByName),
    submittedAt: present.timeOrNull(row.submittedAt),
    decidedBy: actor(row.decidedBy, row.decidedByName),
    decidedAt: present.timeOrNull(row.decidedAt),
    decisionNote: row.decisionNote,
    counts: { errors: count('error'), warnings: count('warning'), notices: count('notice') },
    can: doingsOf(row, who, isBaseCurrent),
  };
}

/** A draft with its document, what is wrong with it, and who did what. */
export function presentDraft(row: RuleDraftRow, view: DraftView): object {
  const document = documentOf(row);
  return {
    ...presentDraftRow(row, view),
    problems: JSON.parse(row.problems) as DraftProblem[],
    history: historyOf(row).map((entry) => ({ ...entry, at: view.present.time(entry.at) })),
    document,
    yaml: yamlOf(document),
  };
}

/** A back-test: how far it is, or what came of it. */
export function presentImpact(
  row: DraftImpactRow | null,
  draft: RuleDraftRow,
  digest: string,
  state: (row: DraftImpactRow) => DraftImpactRow['state'],
  { loaded, present }: Pick<DraftView, 'loaded' | 'present'>,
): object | null {
  if (row === null) return null;
  const result = JSON.parse(row.result) as ImpactResult | null;
  return {
    state: state(row),
    draftVersion: row.draftVersion,
    isStale: row.digest !== digest,
    ...{ since: row.since, until: row.until, done: row.done, total: row.total, isCut: row.isCut },
    startedBy: { id: row.startedBy, name: row.startedByName },
    startedAt: present.time(row.startedAt),
    result: result === null ? null : presentResult(result, draft, { loaded, present }),
  };
}

function presentResult(
  result: ImpactResult,
  draft: RuleDraftRow,
  { loaded, present }: Pick<DraftView, 'loaded' | 'present'>,
): object {
  const items = loaded.book.newest.ruleset.items;
  const own = documentOf(draft).items as Record<string, { name?: string }> | undefined;
  const itemName = (code: string | null): string =>
    code === null ? '未载明事项' : (items.get(code)?.name ?? own?.[code]?.name ?? code);
  const department = (code: string | null): string => present.departmentName(code) ?? code ?? '未载明部门';
  const { total, byDepartment, byItem, mostAffected } = result;
  return {
    ...sums(total),
    byDepartment: byDepartment.map((group) => ({
      code: group.code,
      name: department(group.code),
      ...sums(group),
    })),
    byItem: byItem.map((group) => ({ code: group.code, name: itemName(group.code), ...sums(group) })),
    mostAffected: mostAffected.map(({ caseNo, department: code, item, before, after }) => ({
      ...{ caseNo, departmentName: department(code), itemName: itemName(item) },
      before: worstLight(before),
      after: worstLight(after),
      beforeLights: before.map((light) => presentLight(light, present)),
      afterLights: after.map((light) => presentLight(light, present)),
    })),
  };
}

function presentLight({ from, light, clock, dueAt }: CaseLight, present: Presenter): object {
  return {
    ...{ from: present.time(from), light: light satisfies Light, clock },
    clockName: clock === null ? null : CLOCK_NAMES[clockKindOf(clock)],
    dueAt: present.timeOrNull(dueAt),
  };
}

function sums({ cases, changed, red, yellow, grey }: BacktestGroup): Omit<BacktestGroup, 'code'> {
  return { cases, changed, red, yellow, grey };
}

function actor(id: string | null, name: string | null): { id: string; name: string } | null {
  return id === null ? null : { id, name: name ?? id };
}
