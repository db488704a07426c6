import { CalendarDocument, problemsOf, type NewDraft, type RulesetDocument } from '@mingjian/contracts';
import {
  calendarDifference,
  canonicalJson,
  dateTextOf,
  parseHolidayNotice,
  RuleBook,
  withDifference,
  WorkingCalendar,
} from '@mingjian/rules';
import type { RuleDraftRow } from '@mingjian/store';
import type { LoadedRuleBook } from '../../rulebook/load-rule-book';
import { pathInChinese, valueInChinese } from '../document-words';
import type { DraftBook } from '../draft-book';
import type { Written } from '../draft-document';
import type { DraftProblem } from '../draft-problem';
import { DraftRefused } from '../draft-refused';
import { documentOf } from '../draft-rows';
import { baseOf, freeVersion } from '../draft-version';
import { fieldDifference, isMembers } from '../field-difference';
import { formProblems, identityProblems } from '../form-problems';
import { keyOf, knownFindings, lintOf, lintProblem } from '../lint-draft';
import { lightImpact } from '../light-impact';
import { presentLightImpact } from '../present-light-impact';
import type { Beginning, DraftBeginning, KindOfDraft } from './kind-of-draft';

const TITLE = '调整工作日历';

/** 工作日历. It speaks for all cases from its approval on. Its impact: the rules as they are, with the one and the other. */
export const CALENDAR_DRAFTS: KindOfDraft = {
  name: '工作日历',
  title: TITLE,
  tellsValues: true,
  readers: ['inspector', 'administrator', 'auditor'],
  earliest: null,
  renewed,
  // Inside a promise: what it refuses is refused there.
  begin: async (body, at) => begin(body, at),
  check,
  approved,
  impact: (document, { rules: { calendars, book, rulesets } }) => {
    const calendar = WorkingCalendar.fromDocument(CalendarDocument.parse(document));
    const others = new Map(calendars).set(calendar.id, calendar);
    return lightImpact({ before: book, after: new RuleBook(rulesets, others) });
  },
  presentImpact: presentLightImpact,
};

function renewed(written: Written, version: string): Written {
  return { ...written, version };
}

/** A day that was put into it and does not say since when is known from the day of approval. */
function approved(row: RuleDraftRow, today: string): Written {
  const document = documentOf(row);
  if (!Array.isArray(document.days)) return document;
  const before = (JSON.parse(row.baseDocument) as { days?: unknown[] }).days ?? [];
  const known = new Set(before.map(canonicalJson));
  const days = (document.days as unknown[]).map((day) =>
    isMembers(day) && day.knownSince === undefined && !known.has(canonicalJson(day))
      ? { ...day, knownSince: today }
      : day,
  );
  return { ...document, days };
}

/** What is in force, or that with the days of a pasted notice. */
function begin(body: NewDraft, { book, today }: Omit<Beginning, 'store'>): DraftBeginning {
  const { calendar, title, notice } = body as Extract<NewDraft, { kind: 'calendar' }>;
  const base = baseOf(book, 'calendar', calendar ?? book.rules.book.newest.calendar.id, '工作日历');
  const plain = renewed(base.written, freeVersion(base, book, today));
  if (notice === undefined)
    return {
      base,
      title: title ?? TITLE,
      document: plain,
      revertOf: null,
    };
  const parsed = parseHolidayNotice(notice.text, { file: '通知' });
  if (parsed.problems.length > 0 || parsed.year === null)
    throw new DraftRefused('unreadable-notice', '放假通知有看不懂的地方，未写入日历', {
      problems: parsed.problems,
    });
  const document = CalendarDocument.parse(base.written);
  const after = withDifference(document, calendarDifference(document, parsed, notice));
  const { version, publishedThrough } = after;
  return {
    base,
    title: title ?? `${parsed.year} 年放假安排`,
    document: {
      ...plain,
      days: after.days,
      ...(publishedThrough === undefined ? {} : { publishedThrough }),
      ...(version === undefined || version === document.version ? {} : { version }),
    },
    revertOf: null,
  };
}

function check(
  documentId: string,
  written: Written,
  { rules: loaded }: DraftBook,
  now: number,
): DraftProblem[] {
  const parsed = CalendarDocument.safeParse(written);
  if (!parsed.success) return formProblems(problemsOf(parsed.error, '', written), written);
  const other = identityProblems('calendar', '工作日历', documentId, written);
  if (other.length > 0) return other;
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
