import { api, read } from '../api/client';
import type { Diff, Draft, DraftRow, DraftState, Impact, RuleVersion } from './answers';
import type { JsonObject } from './edit-document';

/* Every question about drafts of rules. Each throws ApiError with what the daemon says. */

const one = (id: number) => ({ path: { id: id as never } });

export const listDrafts = (state?: DraftState): Promise<{ drafts: DraftRow[] }> =>
  read(api.GET('/v1/drafts', { params: { query: { limit: 200, ...(state ? { state } : {}) } } }));

export const createDraft = (body: unknown): Promise<{ draft: DraftRow }> =>
  read(api.POST('/v1/drafts', { body: body as never }));

export const readDraft = (id: number): Promise<{ draft: Draft }> =>
  read(api.GET('/v1/drafts/{id}', { params: one(id) }));

/** Saves over the version that was seen. @throws ApiError 412 `edited-since` where somebody saved in between. */
export const saveDraft = (
  id: number,
  version: number,
  content: { document: JsonObject } | { yaml: string },
): Promise<{ draft: Draft }> =>
  read(
    api.PUT('/v1/drafts/{id}', {
      params: { ...one(id), header: { 'If-Match': `"${version}"` } },
      body: content as never,
    }),
  );

export const actOnDraft = (
  id: number,
  act: { type: string; version: number; reason?: string; inForceFrom?: string; note?: string },
): Promise<{ draft: Draft }> =>
  read(api.POST('/v1/drafts/{id}/acts', { params: one(id), body: act as never }));

export const importIntoDraft = (
  id: number,
  file: { version: number; format: 'yaml' | 'xlsx'; content: string },
): Promise<{ draft: Draft; imported: { added: number; changed: number; untouched: number } }> =>
  read(api.POST('/v1/drafts/{id}/import', { params: one(id), body: file }));

export const diffOfDraft = (id: number): Promise<Diff> =>
  read(api.GET('/v1/drafts/{id}/diff', { params: one(id) }));

export const startImpact = (id: number): Promise<{ impact: Impact }> =>
  read(api.POST('/v1/drafts/{id}/impact', { params: one(id), body: {} as never }));

export const readImpact = (id: number): Promise<{ impact: Impact | null }> =>
  read(api.GET('/v1/drafts/{id}/impact', { params: one(id) }));

export const cancelImpact = (id: number): Promise<{ impact: Impact }> =>
  read(api.DELETE('/v1/drafts/{id}/impact', { params: one(id) }));

export const listVersions = (): Promise<{ versions: RuleVersion[] }> => read(api.GET('/v1/rule-versions'));
