import type { WrittenMapping } from '@mingjian/mapping';
import { insertRuleVersion, writtenDigest, type Store } from '@mingjian/store';
import { parse } from 'yaml';

/**
 * Approves a mapping as a second administrator does, and nothing else: what drafts write beside it is the monitor's.
 * @param base what the draft was made from; null: nothing
 */
export async function approveMapping(
  store: Store,
  text: string | WrittenMapping,
  { base, draft, at }: { base: string | null; draft: number; at: number },
): Promise<void> {
  const written = typeof text === 'string' ? (parse(text) as WrittenMapping) : text;
  await store.write((transaction) =>
    insertRuleVersion(
      transaction,
      {
        ...{ kind: 'mapping', documentId: String(written.mapping), inForceFrom: null },
        version: typeof written.version === 'string' ? written.version : null,
        baseDigest: base === null ? '' : writtenDigest(parse(base)),
        digest: writtenDigest(written),
        document: JSON.stringify(written),
        ...{ draftId: draft, reason: 'the department writes its codes otherwise', author: 'administrator 1' },
        ...{ approvedBy: 'administrator 2', approvedByName: '乙', approvedAt: at },
      },
      ['administrator 1'],
    ),
  );
}
