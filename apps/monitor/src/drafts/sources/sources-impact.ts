import type { SourcesDocument } from '@mingjian/contracts';
import { dateTextOf } from '@mingjian/rules';
import { arrivedSince, type SourceContactRow } from '@mingjian/store';
import type { DraftBook } from '../draft-book';
import type { KindOfDraft } from '../kinds/kind-of-draft';

/** What becomes of a source: it may send no more, may send from now on, or counts for another department. */
export type SourceChange = 'refused' | 'admitted' | 'moved';

/** A source that a draft changes, and what it sent in the period. */
export interface ChangedSource {
  source: string;
  change: SourceChange;
  /** Department that it counts for before and after; null: none known, or it may not send. */
  before: string | null;
  after: string | null;
  /** Step events that arrived, and on how many dates. */
  records: number;
  dates: number;
  /** Epoch milliseconds; null where it was never heard of. */
  lastReceivedAt: number | null;
}

/** 来源影响: every source that a draft changes, those that sent most first. */
export interface SourcesImpactResult {
  sources: ChangedSource[];
}

/** What a source may do: null: it may not send. */
type Standing = { department: string | null } | null;

/** What the sources that a draft changes sent in a period: by the counts of each date, which heartbeats reconcile. */
export function sourcesImpact(
  draft: SourcesDocument,
  { rules, sources, contacts }: Pick<DraftBook, 'rules' | 'sources' | 'contacts'>,
): ReturnType<KindOfDraft['impact']> {
  const changed = changedSources(sources?.parsed ?? null, draft, contacts);
  const lastReceived = new Map(contacts.map(({ source, lastReceivedAt }) => [source, lastReceivedAt]));
  return async (from, { since, most }) => {
    const chosen = changed.slice(0, most);
    const firstDate = dateTextOf(rules.book.newest.calendar.dayOf(since));
    const found: ChangedSource[] = [];
    return {
      total: chosen.length,
      isCut: changed.length > chosen.length,
      look: async (first, end) => {
        const slice = chosen.slice(first, end);
        const names = slice.map(({ source }) => source);
        const sums = await arrivedSince(from, names, firstDate);
        for (const one of slice) {
          const { events, dates } = sums.get(one.source) ?? { events: 0, dates: 0 };
          found.push({
            ...one,
            records: events,
            dates,
            lastReceivedAt: lastReceived.get(one.source) ?? null,
          });
        }
      },
      result: (): SourcesImpactResult => ({
        sources: found.sort((a, b) => b.records - a.records || (a.source < b.source ? -1 : 1)),
      }),
    };
  };
}

function changedSources(
  before: SourcesDocument | null,
  after: SourcesDocument,
  contacts: readonly SourceContactRow[],
): Pick<ChangedSource, 'source' | 'change' | 'before' | 'after'>[] {
  const byContact = new Map(contacts.map(({ source, department }) => [source, { department }]));
  const standingIn = ({ senders }: SourcesDocument, source: string): Standing =>
    Object.hasOwn(senders, source) ? { department: senders[source]!.department } : null;
  // Without a register everybody who was heard of may send, for the department that they said.
  const standingBefore = (source: string): Standing =>
    before === null ? (byContact.get(source) ?? null) : standingIn(before, source);
  const names = new Set([
    ...Object.keys(before?.senders ?? {}),
    ...Object.keys(after.senders),
    ...(before === null ? byContact.keys() : []),
  ]);
  return [...names].flatMap((source) => {
    const [old, now] = [standingBefore(source), standingIn(after, source)];
    const change = changeOf(old, now);
    return change === null
      ? []
      : [{ source, change, before: old?.department ?? null, after: now?.department ?? null }];
  });
}

function changeOf(before: Standing, after: Standing): SourceChange | null {
  if (before === null) return after === null ? null : 'admitted';
  if (after === null) return 'refused';
  return before.department === after.department ? null : 'moved';
}

/** The same with names of departments and times, and how many there are of each. */
export const presentSourcesImpact: KindOfDraft['presentImpact'] = (found, _, { present }) => {
  const { sources } = found as SourcesImpactResult;
  const named = (code: string | null): object | null =>
    code === null ? null : { code, name: present.departmentName(code) };
  const count = (change: SourceChange): number => sources.filter((one) => one.change === change).length;
  return {
    refused: count('refused'),
    admitted: count('admitted'),
    moved: count('moved'),
    sources: sources.map(({ source, change, before, after, records, dates, lastReceivedAt }) => ({
      ...{ source, change, before: named(before), after: named(after), records, dates },
      lastReceivedAt: present.timeOrNull(lastReceivedAt),
    })),
  };
};
