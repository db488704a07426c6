import type { TableFeed } from '@mingjian/contracts';
import type { Store } from '@mingjian/store';
import type { Mapping } from '@mingjian/mapping';
import type { FeedReader, FeedRun, FeedSession } from '../run/feed';
import { decideRows, orderOf, type RowsOfFeed } from './decide-rows';
import type { PlaceInTable } from './page-query';
import { openTableSource } from './open-table-source';
import { RetriedRows } from './retried-rows';
import { orderValue, plainValue, type TableRow, type TableSource } from './table-source';
import { inFormOf, notAfter, watermarkOf, type Value } from './watermark';

/** What is remembered of a table between two runs. */
interface TablePosition {
  /** The latest watermark ever read. */
  high: Value;
  /** Where a reading that was cut off goes on; null: the last one came to its end. */
  cursor: PlaceInTable | null;
  /** When a wider window was last read, epoch milliseconds. */
  rescannedAt: number;
  isRescan: boolean;
}

/** What an operator asked to be read once more. */
interface Backfill {
  from: string | number;
  until: string | number;
  cursor?: PlaceInTable;
}

/** Without a width of its own: how much of what was read is read again. */
const OVERLAP = { time: '10m', number: 1000 } as const;

/**
 * Reads a table again and again from a watermark.
 *
 * Steps of a run: (1) what an operator asked to be read once more; (2) from the latest watermark, less the overlap, page
 * by page to the end; (3) the rows that wait for a row of another table, wherever they stand. Of each page, in one
 * transaction: what its rows are now, what follows for the log, and the place.
 *
 * Guarantees: a row is not missed that was committed, or stamped by a clock that was behind, by less than the overlap;
 * rows of one watermark are told apart by their key; an unchanged row publishes nothing, however often it is read;
 * memory is bounded by one page. Not guaranteed: that a row is seen which is older than the overlap when it appears; a
 * `rescan` of the feed document is for those. A deleted row is not noticed.
 */
export class TableReader implements FeedReader {
  private readonly retried = new RetriedRows();

  constructor(
    readonly document: TableFeed,
    private readonly mapping: Mapping,
    private readonly store: Store,
    private readonly open: (feed: TableFeed, at: number) => Promise<TableSource> = openTableSource,
  ) {}

  async run(session: FeedSession): Promise<FeedRun> {
    const source = await this.open(this.document, session.now());
    try {
      if (session.state.request !== '') await this.backfill(source, session);
      if (!session.isEnding) await this.poll(source, session);
      return { waiting: await this.retried.runOnce(this.rowsOf(source), session) };
    } finally {
      await source.close();
    }
  }

  private async poll(source: TableSource, session: FeedSession): Promise<void> {
    const { kind } = this.document.watermark;
    const { later } = watermarkOf(kind);
    const askedAt = session.now();
    const clock = await source.now();
    if (clock.at !== null) await session.tellClock('table', clock.at, askedAt);
    const now = kind === 'time' ? clock.text : null;
    let position = this.begin(readPosition(session.state.position), now, session.now());
    let written = session.state.position;
    const window = { from: position.cursor, until: null, isForced: false };
    await this.scan(source, session, window, (cursor) => {
      position = { ...position, cursor, high: later(position.high, cursor.watermark) };
      return { position: (written = JSON.stringify(position)) };
    });
    if (session.isEnding) return;
    const { rescannedAt } = position.isRescan ? { rescannedAt: session.now() } : position;
    position = { ...position, cursor: null, isRescan: false, rescannedAt };
    const text = JSON.stringify(position);
    if (text !== written) await session.decide({ acceptances: [], read: 0, changed: 0, position: text });
  }

  /** Where this run begins: where the last one was cut off, or back from the latest watermark. */
  private begin(position: TablePosition, now: string | null, at: number): TablePosition {
    if (position.cursor !== null) return position;
    const { watermark, overlap, rescan } = this.document;
    const { start = null, kind } = watermark;
    if (position.high === null)
      return {
        ...position,
        cursor: start === null ? null : { watermark: start, key: null },
        rescannedAt: at,
      };
    const isRescan = rescan !== undefined && at - position.rescannedAt >= rescan.every;
    const width = isRescan ? rescan.window : (overlap ?? OVERLAP[kind]);
    const back = watermarkOf(kind).back(notAfter(position.high, now), width);
    return { ...position, isRescan, cursor: { watermark: back, key: null } };
  }

  /** Reads a window once more, through the mapping as it is now, whether or not its rows have changed. */
  private async backfill(source: TableSource, session: FeedSession): Promise<void> {
    const asked = JSON.parse(session.state.request) as Backfill;
    const { high } = readPosition(session.state.position);
    const written = (bound: string | number): Value =>
      typeof bound === 'string' && typeof high === 'string' ? inFormOf(bound, high) : bound;
    const from = asked.cursor ?? { watermark: written(asked.from), key: null };
    await this.scan(source, session, { from, until: written(asked.until), isForced: true }, (cursor) => ({
      request: JSON.stringify({ ...asked, cursor }),
    }));
    if (!session.isEnding) await session.decide({ acceptances: [], read: 0, changed: 0, request: '' });
  }

  private async scan(
    source: TableSource,
    session: FeedSession,
    window: { from: PlaceInTable | null; until: Value; isForced: boolean },
    noted: (cursor: PlaceInTable) => { position?: string; request?: string },
  ): Promise<void> {
    const { table, watermark, batch } = this.document;
    const order = orderOf(this.document);
    let { from } = window;
    while (!session.isEnding) {
      const query = {
        table,
        watermark: watermark.columns,
        key: order,
        from,
        until: window.until,
        limit: batch,
      };
      const rows = await source.page(query);
      const last = rows.at(-1);
      if (last === undefined) return;
      const step = await decideRows(rows, this.rowsOf(source), session, window.isForced);
      from = { watermark: this.watermarkIn(last), key: order.map((column) => orderValue(last, column)) };
      await session.decide({ ...step, ...noted(from) });
      if (rows.length < batch) return;
    }
  }

  private rowsOf(source: TableSource): RowsOfFeed {
    const { document, mapping, store } = this;
    return { document, mapping, store, source };
  }

  private watermarkIn(row: TableRow): Value {
    for (const column of this.document.watermark.columns) {
      const value = plainValue(row, column);
      if (value !== null) return value;
    }
    return null;
  }
}

function readPosition(text: string): TablePosition {
  if (text === '') return { high: null, cursor: null, rescannedAt: 0, isRescan: false };
  return JSON.parse(text) as TablePosition;
}
