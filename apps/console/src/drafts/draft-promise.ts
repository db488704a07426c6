import { createDraft, readDraft, saveDraft, startImpact } from './drafts-api';
import { placeOfLimit, withValue } from './edit-document';

/** Begins a draft in which an item has another promise, and nothing else changes, and tries it. @returns its id. */
export async function draftPromise(item: string, promise: string): Promise<number> {
  const { id } = (await createDraft({ kind: 'ruleset' })).draft;
  const { version, document } = (await readDraft(id)).draft;
  const place = placeOfLimit(document, ['items', item, 'promise']);
  const { draft } = await saveDraft(id, version, { document: withValue(document, place, promise) });
  // Where it cannot be begun, the page of the draft says so and offers it.
  if (draft.counts.errors === 0 && draft.changes > 0) await startImpact(id).catch(() => undefined);
  return id;
}
