import { createHash } from 'node:crypto';
import type { TableFeed } from '@mingjian/contracts';
import {
  loadFeedRejects,
  loadFeedRows,
  saveFeedRejects,
  saveFeedRows,
  type FeedRejectRow,
  type FeedRowRow,
  type Store,
} from '@mingjian/store';
import { type Acceptance, type Mapping, mapRecord } from '@mingjian/mapping';
import type { FeedSession, FeedStep } from '../run/feed';
import { compareVersions } from './compare-versions';
import { correctRow } from './correct-row';
import { followRejects } from './follow-rejects';
import { JoinedRows } from './joined-rows';
import { orderValue, type TableRow, type TableSource } from './table-source';

/** Whose rows they are, and what they mean. */
export interface RowsOfFeed {
  document: TableFeed;
  mapping: Mapping;
  store: Store;
  source: TableSource;
}

/**
 * What a page of rows means beside what is known of them: what follows for the log, and what is to be remembered. A row
 * counts as changed, too, when a row that it is joined to is another than before. `isForced`: whether or not it is.
 */
export async function decideRows(
  rows: readonly TableRow[],
  { document, mapping, store, source }: RowsOfFeed,
  session: FeedSession,
  isForced: boolean,
): Promise<FeedStep> {
  const { feed, table, key, version, input } = document;
  const keyed = rows.map((row) => ({
    row,
    rowKey: hash(key.map((column) => orderValue(row, column))),
    record: input === undefined ? row : { [input]: row },
  }));
  const rowKeys = [...new Set(keyed.map(({ rowKey }) => rowKey))];
  const known = await loadFeedRows(store, feed, rowKeys);
  const rejected = await loadFeedRejects(store, feed, rowKeys);
  const joined = document.joins === undefined ? null : new JoinedRows(source, mapping, document.joins);
  await joined?.gather(keyed.map(({ record }) => record));
  const changed = new Map<string, FeedRowRow>();
  const kept = new Map<string, FeedRejectRow[]>();
  const ended = new Set<string>();
  const acceptances: Acceptance[] = [];
  for (const { row, rowKey, record } of keyed) {
    const digest = hash(joined === null ? row : [row, joined.of(record)]);
    const before = changed.get(rowKey) ?? known.get(rowKey) ?? null;
    if (before?.digest === digest && !isForced) continue;
    const number = version === undefined ? '' : String(orderValue(row, version)).slice(0, 64);
    // An older version tells nothing about what is: the newest counts, in whatever order they come.
    if (before !== null && compareVersions(number, before.version) < 0) continue;
    const named = key.map((column) => `${column}=${String(row[column])}`).join(',');
    const context = session.context(JSON.stringify(record), `${feed}: ${table}[${named}]`);
    const mapped = mapRecord(record, mapping, context, joined);
    const corrected = correctRow({ feed, rowKey, digest, version: number }, before, mapped, session.now());
    const rowValues = JSON.stringify(orderOf(document).map((column) => orderValue(row, column)));
    const rejects = followRejects(
      { feed, rowKey, rowValues },
      kept.get(rowKey) ?? rejected.get(rowKey) ?? [],
      mapped,
      session.now(),
    );
    changed.set(rowKey, corrected.row);
    kept.set(rowKey, rejects.kept);
    for (const id of rejects.ended) ended.add(id);
    for (const { quarantineId } of rejects.kept) ended.delete(quarantineId);
    acceptances.push(...corrected.acceptances, ...rejects.acceptances);
  }
  const remembered = [...changed.values()];
  const rejects = { kept: [...kept.values()].flat(), ended: [...ended] };
  return {
    acceptances,
    read: rows.length,
    changed: remembered.length,
    also: async (transaction) => {
      await saveFeedRows(transaction, remembered);
      await saveFeedRejects(transaction, feed, rejects);
    },
  };
}

/** Columns that name one row of the table, in the order in which rows of one watermark are read. */
export function orderOf({ key, version }: Pick<TableFeed, 'key' | 'version'>): string[] {
  return version === undefined ? key : [...key, version];
}

function hash(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('hex');
}
