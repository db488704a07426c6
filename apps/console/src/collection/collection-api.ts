import { api, read } from '../api/client';
import type { MappingRow, SourceRegister, Trial, TrialFormat } from './answers';

/* Every question about senders, their keys and mappings. Each throws ApiError with what the daemon says. */

export const readRegister = (): Promise<SourceRegister> => read(api.GET('/v1/sources/register'));

export const listMappings = (): Promise<{ mappings: MappingRow[] }> => read(api.GET('/v1/mappings'));

/** A new key, shown this once; the former ones stay good for so many hours. */
export const issueKey = (body: {
  source: string;
  keepFormerHours: number;
  reason: string;
}): Promise<{ source: string; key: string }> => read(api.POST('/v1/sources/keys', { body }));

/** Ends a key at once. */
export const endKey = (id: number, reason: string): Promise<unknown> =>
  read(api.POST('/v1/sources/keys/{id}/end', { params: { path: { id: id as never } }, body: { reason } }));

/** Records through the mapping in use and through the draft. Nothing of them is kept. */
export const tryDraft = (id: number, body: { text: string; format: TrialFormat }): Promise<Trial> =>
  read(api.POST('/v1/drafts/{id}/trial', { params: { path: { id: id as never } }, body }));
