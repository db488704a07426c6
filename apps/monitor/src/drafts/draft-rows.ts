import type { Actor, DraftAct, DraftDoing } from '@mingjian/contracts';
import { dateTextOf } from '@mingjian/rules';
import type { RuleDraftRow } from '@mingjian/store';
import { hasRole, type Principal } from '../identity/principal';
import type { LoadedRuleBook } from '../rulebook/load-rule-book';
import type { RuleDocument } from '../rulebook/rule-document';
import type { Written } from './draft-document';
import { DraftRefused } from './draft-refused';

/** One line of the history of a draft. */
export interface HistoryEntry {
  /** Epoch milliseconds. */
  at: number;
  who: Actor;
  act: DraftAct;
  note: string | null;
  version: number;
}

/** Older lines than these are dropped from the middle: the first and the latest tell the story. */
const LONGEST_HISTORY = 500;

export function documentOf(row: Pick<RuleDraftRow, 'document'>): Written {
  return JSON.parse(row.document) as Written;
}
export function historyOf(row: Pick<RuleDraftRow, 'history'>): HistoryEntry[] {
  return JSON.parse(row.history) as HistoryEntry[];
}
/** Ids of all who made, saved or submitted a draft. */
export function contributorsOf(row: Pick<RuleDraftRow, 'contributors'>): string[] {
  return JSON.parse(row.contributors) as string[];
}

/** A draft after something was done about it: one version further, with the line in its history. */
export function afterAct(
  row: RuleDraftRow,
  act: DraftAct,
  who: Principal,
  at: number,
  changed: Partial<RuleDraftRow>,
  note: string | null = null,
): RuleDraftRow {
  const version = row.version + 1;
  const entry: HistoryEntry = { at, who: { id: who.id, name: who.name }, act, note, version };
  const lines = historyOf(row);
  const last = lines[lines.length - 1];
  // Saved again and again by one person: one line, the latest.
  if (act === 'save' && last?.act === 'save' && last.who.id === who.id) lines.pop();
  if (lines.length >= LONGEST_HISTORY) lines.splice(1, 1);
  return { ...row, ...changed, version, history: JSON.stringify([...lines, entry]) };
}

/** The columns of who changed what the draft says. */
export function editedBy(
  row: Pick<RuleDraftRow, 'contributors'>,
  who: Principal,
  at: number,
): Partial<RuleDraftRow> {
  const contributors = JSON.stringify([...new Set([...contributorsOf(row), who.id])]);
  return { editedBy: who.id, editedByName: who.name, editedAt: at, contributors };
}

/** @throws DraftRefused where somebody saved or acted since `version` was read. */
export function requireVersion(row: RuleDraftRow, version: number, at: (instant: number) => string): void {
  if (row.version !== version) throw editedSince(row, at);
}

/** The refusal of who comes too late, with who came before. */
export function editedSince(row: RuleDraftRow, at: (instant: number) => string): DraftRefused {
  const last = historyOf(row).at(-1);
  const who = last?.who ?? { id: row.editedBy, name: row.editedByName };
  const when = at(last?.at ?? row.editedAt);
  return new DraftRefused('edited-since', `${who.name} 已于 ${when} 更改了本草稿，请重新打开后再改`, {
    version: row.version,
    editedBy: who,
    editedAt: when,
  });
}

const EDITABLE: readonly RuleDraftRow['state'][] = ['editing', 'returned'];

/** What somebody may do with a draft now. Enforced where it is done; shown so that pages offer nothing in vain. */
export function doingsOf(
  row: Pick<RuleDraftRow, 'state' | 'contributors' | 'baseDigest'>,
  who: Principal,
  isCurrent: boolean,
): DraftDoing[] {
  const doings: DraftDoing[] = [];
  if (!hasRole(who, 'administrator')) return doings;
  const isOwn = contributorsOf(row).includes(who.id);
  if (EDITABLE.includes(row.state)) {
    doings.push('edit', 'discard', 'impact');
    doings.push(isCurrent ? 'submit' : 'rebase');
  }
  if (row.state === 'submitted') doings.push('impact', ...(isOwn ? (['recall'] as const) : []));
  if (row.state === 'submitted' && !isOwn)
    doings.push('return', ...(isCurrent ? (['approve'] as const) : []));
  // There is nothing to go back to where it was the first of its name.
  if (row.state === 'approved' && row.baseDigest !== NOTHING_YET) doings.push('revert');
  return doings;
}

/** @throws DraftRefused where a draft is not in one of these states. */
export function requireState(row: RuleDraftRow, ...states: readonly RuleDraftRow['state'][]): void {
  if (!states.includes(row.state))
    throw new DraftRefused('wrong-state', `草稿${STATE_WORDS[row.state]}，不能这样办理`);
}

/** @throws DraftRefused where a draft is not open for changes. */
export function requireEditable(row: RuleDraftRow): void {
  requireState(row, ...EDITABLE);
}

/** @throws DraftRefused where somebody is no administrator. */
export function requireAdministrator(who: Principal): void {
  if (!hasRole(who, 'administrator')) throw new DraftRefused('not-yours', '只有管理员可以更改规则');
}

export const STATE_WORDS: Readonly<Record<RuleDraftRow['state'], string>> = {
  editing: '正在编制',
  submitted: '待批准',
  returned: '已退回',
  approved: '已批准',
  discarded: '已作废',
};

/** What a new version of a document is held against: the newest one of a ruleset, else the document that holds. */
export function currentOf(
  book: { documents: readonly RuleDocument[] },
  kind: RuleDocument['kind'],
  id: string,
): RuleDocument | undefined {
  return book.documents
    .filter((document) => document.kind === kind && document.id === id)
    .reduce<RuleDocument | undefined>(
      (last, one) => (last !== undefined && (last.inForceFrom ?? '') > (one.inForceFrom ?? '') ? last : one),
      undefined,
    );
}

/** Digest of the base of a draft that makes a document which did not exist. */
export const NOTHING_YET = '';

/** What a draft of a new document is made from: a document that says nothing. */
export function nothingYet(kind: RuleDocument['kind'], id: string): RuleDocument {
  return {
    ...{ kind, id, version: null, inForceFrom: null, file: null, approved: null },
    ...{ written: {}, digest: NOTHING_YET },
  };
}

/** Whether a draft is still made from what holds: the same document, or still none. */
export function isBaseCurrent(
  book: { documents: readonly RuleDocument[] },
  { kind, documentId, baseDigest }: Pick<RuleDraftRow, 'kind' | 'documentId' | 'baseDigest'>,
): boolean {
  return (currentOf(book, kind, documentId)?.digest ?? NOTHING_YET) === baseDigest;
}

/** Today at the site, `YYYY-MM-DD`. */
export function todayOf(loaded: LoadedRuleBook, now: number): string {
  return dateTextOf(loaded.book.newest.calendar.dayOf(now));
}
