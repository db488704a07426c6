import { problemsOf, RulesetDocument, type NewDraft } from '@mingjian/contracts';
import { asIfAlwaysInForce, RuleBook } from '@mingjian/rules';
import { loadRuleVersions, type Store } from '@mingjian/store';
import type { DraftBook } from '../draft-book';
import type { Written } from '../draft-document';
import type { DraftProblem } from '../draft-problem';
import { DraftRefused } from '../draft-refused';
import { documentOf } from '../draft-rows';
import { baseOf, freeVersion } from '../draft-version';
import { formProblems, identityProblems, problemIn } from '../form-problems';
import { keyOf, knownFindings, lintOf, lintProblem } from '../lint-draft';
import { lightImpact } from '../light-impact';
import { presentLightImpact } from '../present-light-impact';
import type { Beginning, DraftBeginning, KindOfDraft } from './kind-of-draft';

const TITLE = '调整规则';

/**
 * 规则集. It judges cases accepted from its first day on. Its impact: the newest version and the draft, each as if it had always been
 * in force; what earlier versions said does not blur what this draft does.
 */
export const RULESET_DRAFTS: KindOfDraft = {
  name: '规则集',
  title: TITLE,
  tellsValues: true,
  readers: ['inspector', 'administrator', 'auditor'],
  earliest: (today) => today,
  renewed,
  begin,
  check,
  // Known from the day of its approval.
  approved: (row, today) => ({ ...documentOf(row), knownSince: today }),
  impact: (document, { rules: { calendars, book } }) => {
    const alone = (ruleset: RulesetDocument): RuleBook =>
      new RuleBook([asIfAlwaysInForce(ruleset)], calendars);
    return lightImpact({
      before: alone(book.newest.ruleset.document),
      after: alone(RulesetDocument.parse(document)),
    });
  },
  presentImpact: presentLightImpact,
};

/** Its first day is today until its author names another one. */
function renewed(written: Written, version: string, today: string): Written {
  const rest = Object.entries(written).filter(([member]) => member !== 'knownSince');
  return { ...Object.fromEntries(rest), version, inForceFrom: today };
}

async function begin(body: NewDraft, { book, store, today }: Beginning): Promise<DraftBeginning> {
  const { title, version } = body as { title?: string; version?: string };
  const { id } = book.rules.book.newest.ruleset;
  const base = baseOf(book, 'ruleset', id, '规则集');
  const from = version === undefined ? base.written : await versionOf(id, version, book, store);
  return {
    base,
    title: title ?? (version === undefined ? TITLE : `恢复为版本 ${version}`),
    document: renewed(from, freeVersion(base, book, today), today),
    revertOf: null,
  };
}

async function versionOf(id: string, version: string, book: DraftBook, store: Store): Promise<Written> {
  const held = book.documents.find((one) => one.kind === 'ruleset' && one.version === version);
  if (held !== undefined) return held.written;
  const rows = await loadRuleVersions(store, ['ruleset']);
  const row = rows.find((one) => one.documentId === id && one.version === version);
  if (row === undefined) throw new DraftRefused('unknown-version', `没有版本 ${version}`);
  return JSON.parse(row.document) as Written;
}

function check(
  documentId: string,
  written: Written,
  { rules: loaded }: DraftBook,
  now: number,
): DraftProblem[] {
  const parsed = RulesetDocument.safeParse(written);
  if (!parsed.success) return formProblems(problemsOf(parsed.error, '', written), written);
  const document = parsed.data;
  const problem = problemIn(written);
  const other = identityProblems('ruleset', '规则集', documentId, written);
  if (other.length > 0) return other;
  const calendar = loaded.calendars.get(document.calendar);
  if (calendar === undefined)
    return [
      problem(
        'unknown-calendar',
        ['calendar'],
        `已有的工作日历：${[...loaded.calendars.keys()].join('、')}`,
        '改正工作日历的编码',
      ),
    ];
  const taken = loaded.documents.some(
    ({ kind, version }) => kind === 'ruleset' && version === document.version,
  );
  const found = lintOf(document, loaded.calendars, now);
  const known = knownFindings(loaded.book.newest.ruleset.document, loaded, now);
  return [
    ...(taken ? [problem('version-taken', ['version'], '未用过的版本号', '改用另一个版本号')] : []),
    ...found.map((finding) => lintProblem(finding, known.has(keyOf(finding)), written)),
  ];
}
