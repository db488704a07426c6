import { problemsOf, type NewDraft } from '@mingjian/contracts';
import { compileMapping, MappingDocument, STEP_EVENTS } from '@mingjian/mapping';
import { pathInChinese, valueInChinese } from '../document-words';
import type { DraftBook } from '../draft-book';
import { nextVersion, type Written } from '../draft-document';
import type { DraftProblem } from '../draft-problem';
import { DraftRefused } from '../draft-refused';
import { documentOf, nothingYet } from '../draft-rows';
import { freeVersion } from '../draft-version';
import { isMembers } from '../field-difference';
import { formProblems, identityProblems, problemIn } from '../form-problems';
import { lintChange, lintMapping, MAPPING_LINT, type MappingFinding } from '../mapping/lint-mapping';
import type { KnownMapping } from '../mapping/mapping-book';
import { mappingImpact } from '../mapping/mapping-impact';
import { MAPPING_LINT_WORDS } from '../mapping/mapping-lint-words';
import type { MappingImpactResult } from '../mapping/mapping-sums';
import type { Beginning, DraftBeginning, KindOfDraft } from './kind-of-draft';

const TITLE = '调整映射';
/** Rules of one mapping: each is tried on each record of an impact. */
const MOST_RULES = 500;

/**
 * 映射: how a department's own records become step events; many, by name. In force from its approval for what is read from then on. Its
 * impact: what both would make of the records in quarantine. It names tables and columns of departments: for administrators and auditors.
 */
export const MAPPING_DRAFTS: KindOfDraft = {
  name: '映射',
  title: TITLE,
  tellsValues: true,
  readers: ['administrator', 'auditor'],
  earliest: null,
  renewed: (written, version) => ({ ...written, version }),
  // Inside a promise: what it refuses is refused there.
  begin: async (body, at) => begin(body, at),
  check: (documentId, written, { mappings }) => check(documentId, written, mappings.get(documentId)),
  approved: documentOf,
  impact: (document, { mappings }) => {
    const draft = MappingDocument.parse(document);
    return mappingImpact(draft, mappings.get(draft.mapping));
  },
  presentImpact: (found, _, { present }) => {
    const { examples, ...sums } = found as MappingImpactResult;
    return {
      ...sums,
      examples: examples.map((example) => ({ ...example, receivedAt: present.time(example.receivedAt) })),
    };
  },
};

/** What is in use under a name; under a name that nobody uses a new mapping. */
function begin(body: NewDraft, { book, today }: Beginning): DraftBeginning {
  const { mapping: name, title } = body as Extract<NewDraft, { kind: 'mapping' }>;
  if (name === STEP_EVENTS.name)
    throw new DraftRefused('unknown-version', `${name} 是内置映射，不能更改，请用另一个名称`);
  const base = book.mappings.get(name)?.held;
  if (base !== undefined) {
    const document = { ...base.written, version: freeVersion(base, book, today) };
    return { base, title: title ?? TITLE, document, revertOf: null };
  }
  return {
    base: { ...nothingYet('mapping', name), written: { mapping: name } },
    title: title ?? `新建映射 ${name}`,
    document: blankMapping(name, nextVersion(null, new Set(), today), book),
    revertOf: null,
  };
}

/** The form of a mapping, with one rule as an example. Its source is left empty: nobody submits it as it is. */
function blankMapping(name: string, version: string, { rules }: Pick<DraftBook, 'rules'>): Written {
  return {
    ...{ mapping: name, version, format: 'csv', source: '' },
    ...{ zone: rules.book.newest.calendar.zone.name, times: ['iso'] },
    events: [
      {
        type: 'case.accepted',
        ...{ id: '{办件编号}/accepted', subject: '{办件编号}', time: '{受理时间}' },
        data: { item: '{事项编码}' },
      },
    ],
  };
}

function check(documentId: string, written: Written, known: KnownMapping | undefined): DraftProblem[] {
  const parsed = MappingDocument.safeParse(written);
  if (!parsed.success) return formProblems(problemsOf(parsed.error, '', written), written);
  const other = identityProblems('mapping', '映射', documentId, written);
  if (other.length > 0) return other;
  if (parsed.data.events.length > MOST_RULES)
    return [problemIn(written)('schema', ['events'], `不超过 ${MOST_RULES} 条规则`, '分为几个映射')];
  // What compiling finds is told as a fault of the document by whoever asked.
  compileMapping(parsed.data);
  const before = known === undefined ? null : MappingDocument.safeParse(known.held.written);
  const inUse = before?.success === true ? before.data : null;
  const same = new Set(inUse === null ? [] : lintMapping(inUse).map((one) => keyOf(one, inUse)));
  return [
    ...lintMapping(parsed.data).map((one) => problemOf(one, same.has(keyOf(one, parsed.data)), written)),
    ...(inUse === null ? [] : lintChange(inUse, parsed.data)).map((one) => problemOf(one, false, written)),
    ...(known === undefined || known.feeds.length === 0
      ? [problemOf({ code: 'no-feed', path: [] }, false, written)]
      : []),
  ];
}

/** What makes two findings the same: not the number of a rule, which moves when another is put before it. */
function keyOf({ code, path, column }: MappingFinding, { events }: MappingDocument): string {
  const rule = path[0] === 'events' && path.length > 1 ? events[Number(path[1])] : null;
  return JSON.stringify([code, rule, rule === null ? path : path.slice(2), column]);
}

/** A finding of the lint, for people. What the mapping in use has as well is nothing that keeps a draft back. */
function problemOf({ code, path, column }: MappingFinding, isKnown: boolean, written: Written): DraftProblem {
  const [expected, hint] = MAPPING_LINT_WORDS[code];
  const severity = MAPPING_LINT[code];
  const value = path.reduce<unknown>(
    (at, key) => (isMembers(at) || Array.isArray(at) ? (at as Record<string, unknown>)[key] : undefined),
    written,
  );
  return {
    severity: isKnown && severity === 'error' ? 'warning' : severity,
    ...{ code, path, expected },
    field: pathInChinese(path, written),
    got: column ?? (path.length === 0 ? '没有' : (valueInChinese(value, path) ?? '未填写')),
    hint: isKnown ? `${hint}（现行版本已有此问题）` : hint,
  };
}
