import {
  CalendarDocument,
  problemsOf,
  RulesetDocument,
  shown,
  type DraftKind,
  type Problem,
} from '@mingjian/contracts';
import { dateTextOf, WorkingCalendar } from '@mingjian/rules';
import type { LoadedRuleBook } from '../rulebook/load-rule-book';
import { pathInChinese, valueInChinese } from './document-words';
import type { Written } from './draft-document';
import type { DraftProblem } from './draft-problem';
import { expectedInChinese } from './expected-words';
import { fieldDifference, isMembers } from './field-difference';
import { keyOf, knownFindings, lintOf, lintProblem } from './lint-draft';

const CANNOT_BE_JUDGED = 'cannot-be-judged';
/** Problems that keep a document from being judged by, be it for a test. */
export const UNUSABLE: ReadonlySet<string> = new Set([
  'schema',
  'other-document',
  'unknown-calendar',
  CANNOT_BE_JUDGED,
]);
/** Longest name of a version. */
const LONGEST_VERSION = 64;
/** Most problems kept: more are not read. */
const MOST = 300;

/**
 * What is wrong with a document that is to take the place of another: its form, whether it fits the rest of the rules, and
 * what the lint has against it. What the lint has against the rules in force already is a warning: it is not this draft's
 * doing. Pure.
 */
export function checkDraft(
  kind: DraftKind,
  documentId: string,
  written: Written,
  loaded: LoadedRuleBook,
  now: number,
): DraftProblem[] {
  try {
    const check = kind === 'ruleset' ? checkRuleset : checkCalendar;
    return check(documentId, written, loaded, now).slice(0, MOST);
  } catch (error) {
    // Well formed, and yet the rules cannot count by it: what somebody wrote is kept all the same, and goes no further.
    const got = error instanceof Error ? error.message : String(error);
    const hint = '撤销最近的更改，或导入此前的文件';
    return [
      {
        severity: 'error',
        code: CANNOT_BE_JUDGED,
        path: [],
        field: '整个文件',
        expected: '可以计算的规则',
        got,
        hint,
      },
    ];
  }
}

function checkRuleset(
  documentId: string,
  written: Written,
  loaded: LoadedRuleBook,
  now: number,
): DraftProblem[] {
  const parsed = RulesetDocument.safeParse(written);
  if (!parsed.success) return formProblems(problemsOf(parsed.error, '', written), written);
  const document = parsed.data;
  const problem = problemIn(written);
  if (document.ruleset !== documentId)
    return [problem('other-document', ['ruleset'], `规则集 ${documentId}`, '编码不能在草稿中更改')];
  if (document.version.length > LONGEST_VERSION)
    return [problem('long-version', ['version'], `版本号，不超过 ${LONGEST_VERSION} 个字符`, '缩短版本号')];
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

function checkCalendar(
  documentId: string,
  written: Written,
  loaded: LoadedRuleBook,
  now: number,
): DraftProblem[] {
  const parsed = CalendarDocument.safeParse(written);
  if (!parsed.success) return formProblems(problemsOf(parsed.error, '', written), written);
  const problem = problemIn(written);
  if (parsed.data.calendar !== documentId)
    return [problem('other-document', ['calendar'], `工作日历 ${documentId}`, '编码不能在草稿中更改')];
  if ((parsed.data.version ?? '').length > LONGEST_VERSION)
    return [problem('long-version', ['version'], `版本号，不超过 ${LONGEST_VERSION} 个字符`, '缩短版本号')];
  const calendars = new Map(loaded.calendars).set(documentId, WorkingCalendar.fromDocument(parsed.data));
  const users = loaded.rulesets.filter(({ calendar }) => calendar === documentId);
  const newest = users.reduce<RulesetDocument | null>(
    (last, one) => (last === null || last.inForceFrom < one.inForceFrom ? one : last),
    null,
  );
  if (newest === null) return [];
  const known = knownFindings(newest, loaded, now);
  const found = lintOf(newest, calendars, now)
    .filter((finding) => !known.has(keyOf(finding)))
    .map((finding) => ({ ...lintProblem(finding, false, written), path: [], field: '整个文件' }));
  return [
    ...found,
    ...reachesBack(documentId, written, loaded, dateTextOf(calendars.get(documentId)!.dayOf(now))),
  ];
}

/** Members of a calendar that speak for every case, also for those accepted long ago. */
const SPEAK_FOR_ALL = ['weekly', 'departments', 'timezone'];

/** A calendar has no first day: what changes for days gone by changes what was counted already. */
function reachesBack(
  documentId: string,
  written: Written,
  loaded: LoadedRuleBook,
  today: string,
): DraftProblem[] {
  const current = loaded.documents.find(({ kind, id }) => kind === 'calendar' && id === documentId);
  if (current === undefined) return [];
  return fieldDifference(current.written, written)
    .filter(
      ({ path: [first, day] }) =>
        SPEAK_FOR_ALL.includes(first ?? '') ||
        (first === 'days' && day !== undefined && day.slice(0, 10) < today),
    )
    .map(({ path, after }) => ({
      ...{ severity: 'warning' as const, code: 'reaches-back', path },
      field: pathInChinese(path, written),
      expected: '只改今后的日期：这一更改对已受理的办件也生效',
      got: valueInChinese(after, path) ?? '已删除',
      hint: '只改某一时期办公时间的，在特别日期中写明起止；确需更正的，先测算影响',
    }));
}

/** Problems of form, in Chinese. */
function formProblems(problems: readonly Problem[], written: Written): DraftProblem[] {
  return problems.map(({ field, expected, got, hint }) => {
    const path = field === '' ? [] : pathOf(field, written);
    return {
      ...{ severity: 'error' as const, code: 'schema', path },
      field: pathInChinese(path, written),
      ...expectedInChinese(expected, hint),
      got: got === 'nothing' ? '空' : got,
    };
  });
}

/** A dotted path as its members; a code may hold dots itself. */
function pathOf(field: string, written: Written): string[] {
  const parts = field.split('.');
  const path: string[] = [];
  let value: unknown = written;
  while (parts.length > 0) {
    let key = parts.shift()!;
    while (parts.length > 0 && isMembers(value) && !Object.hasOwn(value, key)) {
      const longer = [key, ...parts].map((_, n) => [key, ...parts.slice(0, n)].join('.'));
      const there = longer.find((name) => Object.hasOwn(value as object, name));
      if (there === undefined) break;
      parts.splice(0, there.split('.').length - key.split('.').length);
      key = there;
    }
    path.push(key);
    value = isMembers(value) || Array.isArray(value) ? (value as Record<string, unknown>)[key] : undefined;
  }
  return path;
}

function problemIn(
  written: Written,
): (code: string, path: string[], expected: string, hint: string) => DraftProblem {
  return (code, path, expected, hint) => ({
    ...{ severity: 'error', code, path, expected, hint },
    field: pathInChinese(path, written),
    got: shown(path.reduce<unknown>((value, key) => (value as Written | undefined)?.[key], written)),
  });
}
