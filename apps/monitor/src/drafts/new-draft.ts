import { CalendarDocument, type NewDraft } from '@mingjian/contracts';
import { calendarDifference, parseHolidayNotice, withDifference } from '@mingjian/rules';
import { loadDraft, loadRuleVersions, type RuleDraftRow, type Store } from '@mingjian/store';
import type { LoadedRuleBook } from '../rulebook/load-rule-book';
import type { RuleDocument } from '../rulebook/rule-document';
import { nextVersion, type Written } from './draft-document';
import { DraftRefused } from './draft-refused';
import { currentOf, todayOf } from './draft-rows';

/** What a new draft holds, and what it is held against. */
export interface DraftBeginning {
  base: RuleDocument;
  title: string;
  document: Written;
  revertOf: number | null;
}

/** What a draft begins with. @throws DraftRefused where there is no such version, notice or draft to begin with. */
export async function beginningOf(
  body: NewDraft,
  loaded: LoadedRuleBook,
  store: Store,
  now: number,
): Promise<DraftBeginning> {
  const today = todayOf(loaded, now);
  if ('revertOf' in body) return taking(await approvedDraft(store, body.revertOf), body.title, loaded, today);
  if (body.kind === 'ruleset') return rulesetDraft(body, loaded, store, today);
  return calendarDraft(body, loaded, today);
}

async function approvedDraft(store: Store, id: number): Promise<RuleDraftRow> {
  const row = await loadDraft(store, id);
  if (row === null) throw new DraftRefused('not-found', `没有草稿 ${id}`);
  if (row.state !== 'approved') throw new DraftRefused('wrong-state', '只有已批准的草稿可以撤回');
  return row;
}

/** 撤回: what held before a draft was approved, as a draft of its own. */
function taking(
  row: RuleDraftRow,
  title: string | undefined,
  loaded: LoadedRuleBook,
  today: string,
): DraftBeginning {
  const base = baseOf(loaded, row.kind, row.documentId);
  return {
    base,
    title: title ?? `撤回：${row.title}`.slice(0, 200),
    document: renewed(JSON.parse(row.baseDocument) as Written, base, loaded, today),
    revertOf: row.id,
  };
}

async function rulesetDraft(
  { version, title }: { version?: string | undefined; title?: string | undefined },
  loaded: LoadedRuleBook,
  store: Store,
  today: string,
): Promise<DraftBeginning> {
  const { id } = loaded.book.newest.ruleset;
  const base = baseOf(loaded, 'ruleset', id);
  const from = version === undefined ? base.written : await versionOf(id, version, loaded, store);
  return {
    base,
    title: title ?? (version === undefined ? '调整规则' : `恢复为版本 ${version}`),
    document: renewed(from, base, loaded, today),
    revertOf: null,
  };
}

async function versionOf(
  id: string,
  version: string,
  loaded: LoadedRuleBook,
  store: Store,
): Promise<Written> {
  const held = loaded.documents.find((one) => one.kind === 'ruleset' && one.version === version);
  if (held !== undefined) return held.written;
  const rows = await loadRuleVersions(store);
  const row = rows.find((one) => one.kind === 'ruleset' && one.documentId === id && one.version === version);
  if (row === undefined) throw new DraftRefused('unknown-version', `没有版本 ${version}`);
  return JSON.parse(row.document) as Written;
}

function calendarDraft(
  {
    calendar,
    title,
    notice,
  }: {
    calendar?: string | undefined;
    title?: string | undefined;
    notice?: { text: string; notice: string; knownSince: string } | undefined;
  },
  loaded: LoadedRuleBook,
  today: string,
): DraftBeginning {
  const base = baseOf(loaded, 'calendar', calendar ?? loaded.book.newest.calendar.id);
  if (notice === undefined)
    return {
      base,
      title: title ?? '调整工作日历',
      document: renewed(base.written, base, loaded, today),
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
      ...renewed(base.written, base, loaded, today),
      days: after.days,
      ...(publishedThrough === undefined ? {} : { publishedThrough }),
      ...(version === undefined || version === document.version ? {} : { version }),
    },
    revertOf: null,
  };
}

function baseOf(loaded: LoadedRuleBook, kind: RuleDocument['kind'], id: string): RuleDocument {
  const base = currentOf(loaded, kind, id);
  if (base === undefined)
    throw new DraftRefused('unknown-version', kind === 'ruleset' ? `没有规则集 ${id}` : `没有工作日历 ${id}`);
  return base;
}

/** A document under a version of its own. A ruleset's first day is today until its author names another one. */
function renewed(written: Written, base: RuleDocument, loaded: LoadedRuleBook, today: string): Written {
  const version = freeVersion(base, loaded, today);
  if (base.kind === 'calendar') return { ...written, version };
  const rest = Object.entries(written).filter(([member]) => member !== 'knownSince');
  return { ...Object.fromEntries(rest), version, inForceFrom: today };
}

/** A name for the version that comes after a document. @param today `YYYY-MM-DD` */
export function freeVersion(base: RuleDocument, loaded: LoadedRuleBook, today: string): string {
  const taken = new Set(
    [...loaded.documents, ...loaded.superseded].flatMap(({ kind, id, version }) =>
      kind === base.kind && id === base.id && version !== null ? [version] : [],
    ),
  );
  return nextVersion(base.version, taken, today);
}
