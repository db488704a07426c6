import type { NewDraft } from '@mingjian/contracts';
import { loadDraft, type RuleDraftRow, type Store } from '@mingjian/store';
import { shortened } from './change-title';
import type { Written } from './draft-document';
import { DraftRefused } from './draft-refused';
import { NOTHING_YET } from './draft-rows';
import { baseOf, freeVersion } from './draft-version';
import { KINDS } from './kinds';
import type { Beginning, DraftBeginning } from './kinds/kind-of-draft';

/** What a draft begins with. @throws DraftRefused where there is no such version, notice or draft to begin with. */
export async function beginningOf(body: NewDraft, at: Beginning): Promise<DraftBeginning> {
  if ('revertOf' in body) return taking(await approvedDraft(at.store, body.revertOf), body.title, at);
  const kind = KINDS[body.kind];
  if (kind.begin !== undefined) return kind.begin(body, at);
  const base = at.book.documents.find((document) => document.kind === body.kind);
  if (base === undefined) throw new DraftRefused('unknown-version', `本站没有可以更改的${kind.name}`);
  const version = freeVersion(base, at.book, at.today);
  return {
    base,
    title: body.title ?? kind.title,
    document: kind.renewed(base.written, version, at.today),
    revertOf: null,
  };
}

async function approvedDraft(store: Store, id: number): Promise<RuleDraftRow> {
  const row = await loadDraft(store, id);
  if (row === null) throw new DraftRefused('not-found', `没有草稿 ${id}`);
  if (row.state !== 'approved') throw new DraftRefused('wrong-state', '只有已批准的草稿可以撤回');
  return row;
}

/** 撤回: what held before a draft was approved, as a draft of its own. */
function taking(row: RuleDraftRow, title: string | undefined, { book, today }: Beginning): DraftBeginning {
  const kind = KINDS[row.kind];
  if (row.baseDigest === NOTHING_YET)
    throw new DraftRefused('unknown-version', `此前没有${kind.name} ${row.documentId}，没有可以恢复的内容`);
  const base = baseOf(book, row.kind, row.documentId, kind.name);
  const before = JSON.parse(row.baseDocument) as Written;
  return {
    base,
    title: title ?? shortened(`撤回：${row.title}`),
    document: kind.renewed(before, freeVersion(base, book, today), today),
    revertOf: row.id,
  };
}
