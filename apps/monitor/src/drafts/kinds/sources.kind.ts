import { problemsOf, SourcesDocument, type NewDraft } from '@mingjian/contracts';
import { isApiKey } from '@mingjian/runtime';
import { listContacts } from '@mingjian/store';
import { pathInChinese } from '../document-words';
import type { DraftBook } from '../draft-book';
import { nextVersion, type Written } from '../draft-document';
import type { DraftProblem } from '../draft-problem';
import { DraftRefused } from '../draft-refused';
import { documentOf, nothingYet } from '../draft-rows';
import { freeVersion } from '../draft-version';
import { isMembers } from '../field-difference';
import { formProblems, identityProblems } from '../form-problems';
import { senderProblems } from '../sources/sender-problems';
import { presentSourcesImpact, sourcesImpact } from '../sources/sources-impact';
import type { Beginning, DraftBeginning, KindOfDraft } from './kind-of-draft';

const TITLE = '调整来源登记';
/** A site has one register, which no file names. */
const REGISTER = 'site';

/**
 * 来源登记: who may send by HTTP, and for which department. In force once approved, for every collector that has the store open. Its
 * impact: what the sources that it changes sent in the last days. Whom to ask stands in it: it is for administrators and auditors.
 */
export const SOURCES_DRAFTS: KindOfDraft = {
  name: '来源登记',
  title: TITLE,
  readers: ['administrator', 'auditor'],
  earliest: null,
  renewed: (written, version) => ({ ...written, version }),
  begin,
  check,
  requireStorable,
  approved: documentOf,
  impact: (document, book) => sourcesImpact(SourcesDocument.parse(document), book),
  presentImpact: presentSourcesImpact,
};

/** What is in force; the first draft of a site names everybody who was ever heard of, with the department that they said. */
async function begin(body: NewDraft, { book, store, today }: Beginning): Promise<DraftBeginning> {
  const title = body.title ?? TITLE;
  const base = book.sources?.document;
  if (base !== undefined) {
    const document = { ...base.written, version: freeVersion(base, book, today) };
    return { base, title, document, revertOf: null };
  }
  const senders = (await listContacts(store)).map(({ source, department }) => [
    source,
    department === null ? {} : { department },
  ]);
  return {
    // So that the comparison names each sender by itself.
    base: { ...nothingYet('sources', REGISTER), written: { sources: REGISTER, senders: {} } },
    title,
    document: {
      ...{ sources: REGISTER, version: nextVersion(null, new Set(), today) },
      senders: Object.fromEntries(senders) as Written,
    },
    revertOf: null,
  };
}

function check(documentId: string, written: Written, book: DraftBook, now: number): DraftProblem[] {
  const parsed = SourcesDocument.safeParse(written);
  if (!parsed.success) return formProblems(problemsOf(parsed.error, '', written), written);
  const other = identityProblems('sources', '来源登记', documentId, written);
  return other.length > 0 ? other : senderProblems(parsed.data, written, book, now);
}

/** Keys are issued apart, and shown once: one that was pasted into a note would stand in the history of drafts for ever. */
function requireStorable(written: Written): void {
  const places = placesOfKeys(written).map((path) => pathInChinese(path, written));
  if (places.length > 0)
    throw new DraftRefused(
      'holds-secret',
      `草稿不保存密钥：${places.join('、')} 含有来源的接口密钥。请删除；该密钥已经外泄的，请在“来源与映射”中停用`,
    );
}

function placesOfKeys(value: unknown, path: string[] = []): string[][] {
  if (typeof value === 'string') return isApiKey(value) ? [path] : [];
  if (!isMembers(value) && !Array.isArray(value)) return [];
  return Object.entries(value).flatMap(([key, member]) => [
    ...(isApiKey(key) ? [path] : []),
    ...placesOfKeys(member, [...path, key]),
  ]);
}
