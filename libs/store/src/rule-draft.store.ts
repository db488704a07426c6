import { DRAFT_KINDS, type DraftKind, type DraftState } from '@mingjian/contracts';
import { guardedUpdate } from './hot/guarded-update';
import { insertRows } from './hot/multi-row';
import { TableMap } from './hot/table-map';
import { RuleDraftRow, RuleVersionRow } from './rows';
import type { Queryable, StoreTransaction } from './store';

const DRAFT = new TableMap(RuleDraftRow);
const VERSION = new TableMap(RuleVersionRow);

/** Which drafts of a list; a member left out does not narrow it. */
export interface DraftFilter {
  state?: DraftState | undefined;
  kind?: DraftKind | undefined;
  /** Of these kinds alone. */
  kinds?: readonly DraftKind[] | undefined;
  /** Only drafts with a smaller id: the next page. */
  before?: number | undefined;
  limit: number;
}

/** Writes a new draft. @returns its id. */
export async function insertDraft(
  transaction: StoreTransaction,
  draft: Omit<RuleDraftRow, 'id'>,
): Promise<number> {
  await insertRows(transaction, DRAFT, [draft]);
  // Not the highest of the author's: the same person may begin another at the same moment.
  const [last] = await transaction.query<{ id: number | string }>(
    `SELECT ${transaction.dialect.lastId} AS id`,
  );
  return Number(last!.id);
}

/** @returns false where somebody saved or acted in between; nothing is written then. */
export function saveDraft(
  transaction: StoreTransaction,
  draft: RuleDraftRow,
  version: number,
): Promise<boolean> {
  return guardedUpdate(transaction, DRAFT, draft, version);
}

/** One draft, if there is one. */
export async function loadDraft(from: Queryable, id: number): Promise<RuleDraftRow | null> {
  const [raw] = await from.query<object>('SELECT * FROM rule_draft WHERE id = ?', [id]);
  return raw === undefined ? null : DRAFT.decode(raw);
}

/** A draft as a list has it: documents and history may be long. */
export type ListedDraft = Omit<RuleDraftRow, 'document' | 'baseDocument' | 'history'>;
const NOT_LISTED = ['document', 'base_document', 'history'];
const LISTED = ['id', ...DRAFT.written.filter((column) => !NOT_LISTED.includes(column))].join(', ');

/** Drafts, newest first. */
export async function listDrafts(from: Queryable, filter: DraftFilter): Promise<ListedDraft[]> {
  const conditions: [sql: string, value: string | number | undefined][] = [
    ['state = ?', filter.state],
    ['kind = ?', filter.kind],
    ['id < ?', filter.before],
  ];
  const used = conditions.filter(([, value]) => value !== undefined);
  const { kinds = DRAFT_KINDS } = filter;
  const places = kinds.length === 0 ? 'NULL' : kinds.map(() => '?').join(',');
  const where = [`kind IN (${places})`, ...used.map(([sql]) => sql)].join(' AND ');
  const rows = await from.query<object>(
    `SELECT ${LISTED} FROM rule_draft WHERE ${where} ORDER BY id DESC LIMIT ?`,
    [...kinds, ...used.map(([, value]) => value), filter.limit],
  );
  return rows.map((raw) => DRAFT.decode(raw));
}

/**
 * Writes an approved document: from now on it is part of the rules.
 * @param contributors ids of all who wrote the draft. @throws where one of them approves (四眼原则), or the draft was
 * approved already.
 */
export async function insertRuleVersion(
  transaction: StoreTransaction,
  row: Omit<RuleVersionRow, 'id'>,
  contributors: readonly string[],
): Promise<void> {
  if (row.approvedBy === row.author || contributors.includes(row.approvedBy))
    throw new Error(`draft ${row.draftId}: whoever wrote it does not approve it`);
  await insertRows(transaction, VERSION, [row]);
}

/** Everything that was ever approved, in order of approval; with `kinds` of these alone. */
export async function loadRuleVersions(
  from: Queryable,
  kinds?: readonly DraftKind[],
): Promise<RuleVersionRow[]> {
  const { where, parameters } = ofKinds(kinds);
  const rows = await from.query<object>(`SELECT * FROM rule_version${where} ORDER BY id`, parameters);
  return rows.map((raw) => VERSION.decode(raw));
}

/** Id of what was approved last; 0 where nothing was. Rows are never changed: another id tells of another document in force. */
export async function lastRuleVersionId(from: Queryable, kinds?: readonly DraftKind[]): Promise<number> {
  const { where, parameters } = ofKinds(kinds);
  const [last] = await from.query<{ id: number | string | null }>(
    `SELECT MAX(id) AS id FROM rule_version${where}`,
    parameters,
  );
  return Number(last?.id ?? 0);
}

function ofKinds(kinds: readonly DraftKind[] | undefined): { where: string; parameters: string[] } {
  if (kinds === undefined) return { where: '', parameters: [] };
  return { where: ` WHERE kind IN (${kinds.map(() => '?').join(',')})`, parameters: [...kinds] };
}

/** Copies what was approved to another store, before its cases are judged anew. */
export async function copyRuleVersions(from: Queryable, to: StoreTransaction): Promise<void> {
  const rows = await from.query<object>('SELECT * FROM rule_version ORDER BY id');
  await insertRows(
    to,
    VERSION,
    rows.map((raw) => VERSION.decode(raw)),
  );
}
