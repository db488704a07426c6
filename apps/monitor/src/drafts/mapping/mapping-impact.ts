import {
  compileMapping,
  mapRecord,
  MappingDocument,
  parseJson,
  type Feed,
  type Mapping,
} from '@mingjian/mapping';
import {
  heldOfSource,
  quarantinedById,
  type FeedMappingRow,
  type HeldRecord,
  type QuarantineRow,
} from '@mingjian/store';
import type { KindOfDraft } from '../kinds/kind-of-draft';
import type { KnownMapping } from './mapping-book';
import { MappingSums, type TriedRecord } from './mapping-sums';
import { outcomeOf, recordProblem, type RecordOutcome } from './record-outcome';

/** Ways in which records come that a mapping reads; what comes by HTTP is an event already. */
const BY_MAPPING: ReadonlySet<string> = new Set<Feed>(['table', 'folder', 'topic', 'file']);
/** How far ahead of the receipt an event may lie: the default of collectors, whose own setting is not known here. */
export const FUTURE_TOLERANCE_MS = 300_000;

/**
 * What a draft of a mapping would make of the records in quarantine that its source sent in the last days, beside what the mapping in use
 * makes of them. A new mapping is held against the quarantine as it is. Rows of other tables are not at hand: a record that needs one waits.
 * Releases nothing and sends nothing.
 */
export function mappingImpact(
  draft: MappingDocument,
  known: KnownMapping | undefined,
): ReturnType<KindOfDraft['impact']> {
  const before = mappingInUse(known);
  const after = compileMapping(draft);
  const source = before?.source ?? draft.source;
  return async (from, { since, until, most }) => {
    const found = await heldOfSource(from, source, since, most + 1);
    const isOurs = whose(known?.feeds ?? []);
    const ids = found.slice(0, most).flatMap((record) => (isOurs(record) ? [record.id] : []));
    const sums = new MappingSums();
    return {
      total: ids.length,
      isCut: found.length > most,
      look: async (first, end) => {
        const slice = ids.slice(first, end);
        const rows = await quarantinedById(from, slice);
        for (const id of slice) {
          const row = rows.get(id);
          // Released or mended since it was counted.
          if (row?.state !== 'held') continue;
          const tried = triedRecord(row, before, after, until);
          if (tried === null) sums.unreadable();
          else sums.add(tried);
        }
      },
      result: () => sums.result,
    };
  };
}

/** The mapping in use, ready to apply; null where there is none, or this software cannot read it. */
export function mappingInUse(known: KnownMapping | undefined): Mapping | null {
  const parsed = known === undefined ? null : MappingDocument.safeParse(known.held.written);
  return parsed?.success === true ? compileMapping(parsed.data) : null;
}

/** A record by both; null where its text is none that a mapping could read: cut, or deeper than a function can walk. */
function triedRecord(
  row: QuarantineRow,
  before: Mapping | null,
  after: Mapping,
  receivedAt: number,
): TriedRecord | null {
  const parsed = parseJson(row.raw, row.place);
  if (!parsed.ok) return null;
  const by = (mapping: Mapping): RecordOutcome =>
    outcomeOf(
      mapRecord(parsed.value, mapping, {
        ...{ source: mapping.source, feed: row.feed as Feed, place: row.place },
        ...{ receivedAt, futureToleranceMs: FUTURE_TOLERANCE_MS, raw: row.raw },
      }),
    );
  try {
    return {
      place: row.place,
      receivedAt: row.receivedAt,
      // Without a mapping in use it is what the quarantine says.
      before: before === null ? { problem: recordProblem(row.reason, row, true) } : by(before),
      after: by(after),
    };
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

/** Whether a record came by a mapping, and, of a table, by one of these feeds: a source may have several tables. */
function whose(feeds: readonly Pick<FeedMappingRow, 'feed'>[]): (record: HeldRecord) => boolean {
  return ({ feed, place }) =>
    BY_MAPPING.has(feed) &&
    (feed !== 'table' || feeds.length === 0 || feeds.some((one) => place.startsWith(`${one.feed}: `)));
}
