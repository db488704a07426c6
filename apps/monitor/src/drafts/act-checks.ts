import { BadInputError, CalendarDocument, RulesetDocument } from '@mingjian/contracts';
import type { RuleDraftRow } from '@mingjian/store';
import type { Principal } from '../identity/principal';
import { ruleBookOf, type ApprovedDocuments, type LoadedRuleBook } from '../rulebook/load-rule-book';
import { identityOf, writtenDigest } from '../rulebook/rule-document';
import type { DraftProblem } from './draft-problem';
import { DraftRefused } from './draft-refused';
import { contributorsOf, currentOf, documentOf, todayOf } from './draft-rows';
import { fieldDifference } from './field-difference';

/** Members that every draft changes. */
const GIVEN = new Set(['version', 'inForceFrom', 'knownSince']);

/** What an act about a draft is done with. */
export interface Work {
  /** The rules with everything that is approved by now, also where this process has yet to load it. */
  loaded: LoadedRuleBook;
  approved: ApprovedDocuments;
  who: Principal;
  now: number;
}

/** @throws DraftRefused where a draft says what is in force already. */
export function requireChange(row: RuleDraftRow, document: unknown): void {
  const changes = fieldDifference(JSON.parse(row.baseDocument), document);
  if (changes.every(({ path }) => GIVEN.has(path.join('.'))))
    throw new DraftRefused('nothing-changed', '草稿与现行版本没有不同');
}

/** 四眼原则: nobody who wrote any of it decides about it. */
export function requireSecondPerson(row: RuleDraftRow, who: Principal): void {
  if (contributorsOf(row).includes(who.id))
    throw new DraftRefused('own-draft', '草稿须由未参与编制的另一名管理员批准或退回');
}

export function requireCurrentBase({ loaded }: Work, row: RuleDraftRow): void {
  const current = currentOf(loaded, row.kind, row.documentId);
  if (current?.digest === row.baseDigest) return;
  throw new DraftRefused(
    'base-moved',
    `草稿编制之后规则已有变化（现为版本 ${current?.version ?? '无'}），请先“更新到现行版本”，再提交`,
    { current: current?.version ?? null },
  );
}

export function dayOf({ loaded, now }: Work, inForceFrom: string | undefined): string {
  if (inForceFrom === undefined) throw new DraftRefused('no-date', '请填写施行日期');
  const today = todayOf(loaded, now);
  if (inForceFrom < today)
    throw new DraftRefused('in-the-past', `施行日期不得早于今日（${today}）：规则不溯及既往`);
  return inForceFrom;
}

export function requireNoErrors({ problems }: Pick<RuleDraftRow, 'problems'>): void {
  const errors = (JSON.parse(problems) as DraftProblem[]).filter(({ severity }) => severity === 'error');
  if (errors.length > 0)
    throw new DraftRefused('has-errors', `草稿还有 ${errors.length} 处错误，改正后才能提交`, {
      problems: errors,
    });
}

/** The rules with this draft in them must be a whole book, which contradicts no file. */
export function requireFitting({ loaded, approved }: Work, row: RuleDraftRow): void {
  try {
    bookWith(loaded, withDraft(approved, row));
  } catch (error) {
    if (!(error instanceof BadInputError)) throw error;
    throw new DraftRefused(
      'contradicts-file',
      '草稿与本站规则文件中同日施行或同版本号的内容冲突，请改用另一施行日期或版本号',
      {
        problems: error.problems,
      },
    );
  }
}

export function bookWith({ files }: LoadedRuleBook, approved: ApprovedDocuments): LoadedRuleBook {
  return ruleBookOf(files, approved, '');
}

function withDraft(approved: ApprovedDocuments, row: RuleDraftRow): ApprovedDocuments {
  const written = documentOf(row);
  const origin = { file: null, approved: row.id, baseDigest: row.baseDigest };
  const rest = { ...origin, written, digest: writtenDigest(written) };
  if (row.kind === 'ruleset') {
    const parsed = RulesetDocument.parse(written);
    const one = { parsed, document: { ...identityOf('ruleset', parsed), ...rest } };
    return { ...approved, rulesets: [...approved.rulesets, one] };
  }
  const parsed = CalendarDocument.parse(written);
  const one = { parsed, document: { ...identityOf('calendar', parsed), ...rest } };
  return { ...approved, calendars: [...approved.calendars, one] };
}
