import type { Sender, SourcesDocument } from '@mingjian/contracts';
import { loadRuleVersions, type Queryable } from '@mingjian/store';
import { approvedSiteDocuments, SOURCES, type SiteDocument } from '../rulebook/site-documents';

/** The register of sources that was approved last; null where none ever was. */
export async function approvedRegister(from: Queryable): Promise<SiteDocument<SourcesDocument> | null> {
  const registers = approvedSiteDocuments(SOURCES, await loadRuleVersions(from, ['sources']));
  return registers[registers.length - 1] ?? null;
}

/** The entry of a source in a register, if it has one. */
export function senderIn(register: SiteDocument<SourcesDocument> | null, source: string): Sender | undefined {
  const senders = register?.parsed.senders ?? {};
  return Object.hasOwn(senders, source) ? senders[source] : undefined;
}
