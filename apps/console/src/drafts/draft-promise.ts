import { createDraft, readDraft, saveDraft } from './drafts-api';
import { placeOfLimit, withValue } from './edit-document';

/** Begins a draft in which an item has another promise, and nothing else changes. @returns its id. */
export async function draftPromise(item: string, promise: string, title: string): Promise<number> {
  const { draft } = await createDraft({ kind: 'ruleset', title });
  const { version, document } = (await readDraft(draft.id)).draft;
  const place = placeOfLimit(document, ['items', item, 'promise']);
  await saveDraft(draft.id, version, { document: withValue(document, place, promise) });
  return draft.id;
}
