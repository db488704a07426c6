import type { SourcesDocument } from '@mingjian/contracts';
import { pathInChinese } from '../document-words';
import type { DraftBook } from '../draft-book';
import type { Written } from '../draft-document';
import type { DraftProblem } from '../draft-problem';
import { problemIn } from '../form-problems';

/** Who sent something within these days is expected to go on. */
const EXPECTED_FOR_DAYS = 30;
const DAY_MS = 86_400_000;

/** What does not fit the rest of the site: departments that nobody knows, sources and departments that were left out. */
export function senderProblems(
  { senders }: SourcesDocument,
  written: Written,
  book: DraftBook,
  now: number,
): DraftProblem[] {
  const problem = problemIn(written);
  const { departments, withItems } = departmentsOf(book);
  const named = new Set(Object.values(senders).map(({ department }) => department));
  const warning = (
    code: string,
    field: string,
    got: string,
    hint: string,
    expected: string,
  ): DraftProblem => ({
    ...{ severity: 'warning', code, path: ['senders'], field, expected, got, hint },
  });
  const field = pathInChinese(['senders'], written);
  return [
    ...Object.entries(senders)
      .filter(([, { department }]) => !departments.has(department))
      .map(([source]) =>
        problem(
          'unknown-department',
          ['senders', source, 'department'],
          '规则集部门表中的部门',
          '改正部门编码，或先在规则集中增加该部门',
        ),
      ),
    ...leftOut(senders, book, now).map(({ source, feeds }) =>
      feeds.length > 0
        ? warning(
            'feed-unregistered',
            field,
            `没有 ${source}（接入 ${feeds.join('、')}）`,
            '由本站主动读取，不受登记限制；登记后可在此查看归属部门和联系方式',
            '由本站读取的来源均已登记',
          )
        : warning(
            'source-left-out',
            field,
            `没有 ${source}`,
            '批准后将拒收该来源推送的数据；仍在使用的，请补充登记',
            `最近 ${EXPECTED_FOR_DAYS} 日报送过数据的来源均已登记`,
          ),
    ),
    ...[...withItems]
      .filter(([department]) => !named.has(department))
      .map(([department, name]) =>
        warning(
          'department-without-source',
          field,
          `没有${name}（${department}）的来源`,
          '由上级系统统一报送，或由本站读取的，可以保留',
          '有事项的部门至少有一个来源',
        ),
      ),
  ];
}

/** Sources that feeds read, and those that sent something lately, as far as the register does not name them. */
function leftOut(
  senders: SourcesDocument['senders'],
  { contacts, told }: DraftBook,
  now: number,
): { source: string; feeds: string[] }[] {
  const sources = new Map<string, string[]>(
    contacts
      .filter(({ lastReceivedAt }) => now - lastReceivedAt <= EXPECTED_FOR_DAYS * DAY_MS)
      .map(({ source }) => [source, []]),
  );
  for (const { source, feed } of told) sources.set(source, [...(sources.get(source) ?? []), feed]);
  return [...sources]
    .filter(([source]) => !Object.hasOwn(senders, source))
    .map(([source, feeds]) => ({ source, feeds }))
    .sort((a, b) => (a.source < b.source ? -1 : 1));
}

/** Departments of the newest ruleset: all, and those that have items, by their names. */
function departmentsOf({ rules }: DraftBook): {
  departments: ReadonlySet<string>;
  withItems: ReadonlyMap<string, string>;
} {
  const { departments, items } = rules.book.newest.ruleset.document;
  const known = new Map(Object.entries(departments));
  const using = new Set(
    Object.values(items).flatMap(({ department, enabled }) =>
      department === undefined || enabled === false ? [] : [department],
    ),
  );
  return {
    departments: new Set([...known.keys(), ...using]),
    withItems: new Map([...using].map((code) => [code, known.get(code)?.name ?? code])),
  };
}
