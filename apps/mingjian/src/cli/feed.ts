import { BadInputError } from '@mingjian/contracts';
import { BadInstantError, parseInstant, Zone } from '@mingjian/rules';
import { createLogger, loadConfig, Settings, SystemClock } from '@mingjian/runtime';
import {
  countWaitingFeedRejects,
  declareFeed,
  listFeedFiles,
  listFeedStates,
  loadFeedMappings,
  loadFeedState,
  pauseFeed,
  requestOfFeed,
  type FeedMappingRow,
  type FeedStateRow,
  type Store,
} from '@mingjian/store';
import { join } from 'node:path';
import { FeedRunner, loadFeeds, Publisher, SourceClocks, type LoadedFeed } from '../../../collector/src';
import { openLogOf, openStoreOf, settingsOf } from '../engines';
import { inColumns } from './in-columns';
import { EXIT, UsageError, type Io } from './io';
import { chosenDir, type DirOption } from './source';

export type FeedOptions = DirOption & { feeds?: string; from?: string; until?: string };

const ACTIONS = 'list, show, pause, resume, backfill and run-once';
/** Files that `show` tells of. */
const MOST_FILES = 10;

/**
 * `mingjian feed`: what the collectors read by themselves, how far they are, and what an operator may ask of them. What is
 * asked is written into the store that all collectors share; whoever runs the feed does it.
 */
export async function feedCommand(
  action: string,
  name: string | undefined,
  options: FeedOptions,
  io: Io,
): Promise<number> {
  const feeds = loadFeeds(options.feeds ?? loadConfig(Settings).feeds);
  const store = await openStoreOf(settingsOf('live'), chosenDir(options));
  try {
    if (action === 'list') return await list(feeds, store, options, io);
    const feed = named(feeds, action, name);
    await store.write((transaction) => declareFeed(transaction, feed.document.feed, feed.document.kind));
    switch (action) {
      case 'show':
        return await show(feed, store, options, io);
      case 'pause':
      case 'resume':
        await store.write((transaction) => pauseFeed(transaction, feed.document.feed, action === 'pause'));
        return await tell(feed, store, options, io);
      case 'backfill':
        return await backfill(feed, store, options, io);
      case 'run-once':
        return await runOnce(feed, store, options, io);
      default:
        throw new UsageError(`feed ${action}: the actions are ${ACTIONS}`);
    }
  } finally {
    await store.close();
  }
}

function named(feeds: readonly LoadedFeed[], action: string, name: string | undefined): LoadedFeed {
  const names = feeds.map(({ document }) => document.feed).join(', ') || 'none; see MINGJIAN_FEEDS';
  if (name === undefined) throw new UsageError(`feed ${action} needs the name of a feed: ${names}`);
  const feed = feeds.find(({ document }) => document.feed === name);
  if (feed === undefined) throw new UsageError(`there is no feed ${name}; there are: ${names}`);
  if (feed.document.kind === 'http')
    throw new UsageError(`feed ${name} is sent to us by HTTP: there is nothing to ${action}`);
  return feed;
}

async function list(
  feeds: readonly LoadedFeed[],
  store: Store,
  options: FeedOptions,
  io: Io,
): Promise<number> {
  const states = new Map((await listFeedStates(store)).map((state) => [state.feed, state]));
  const told = new Map((await loadFeedMappings(store)).map((row) => [row.feed, row]));
  const rows = feeds.map(({ document, source }) => ({
    ...{ feed: document.feed, kind: document.kind, enabled: document.enabled },
    source: source ?? told.get(document.feed)?.source ?? null,
    ...summaryOf(states.get(document.feed) ?? null, document.enabled, io.now()),
  }));
  if (options.json) await io.out(`${JSON.stringify({ feeds: rows })}\n`);
  else if (rows.length === 0) await io.out('no feeds; MINGJIAN_FEEDS names their documents\n');
  else
    await io.out(
      inColumns([
        ['feed', 'kind', 'state', 'records', 'events', 'rejects', 'last run', 'error'],
        ...rows.map((row) => [
          ...[row.feed, row.kind, row.state, String(row.records), String(row.events), String(row.rejects)],
          ...[row.lastRunAt ?? '-', row.lastError],
        ]),
      ]),
    );
  return rows.some(({ state }) => state === 'failing') ? EXIT.findings : EXIT.done;
}

function summaryOf(state: FeedStateRow | null, isEnabled: boolean, now: number) {
  const of = (at: number | null | undefined): string | null =>
    at === null || at === undefined ? null : new Date(at).toISOString();
  return {
    state: stateOf(state, isEnabled, now),
    records: state?.records ?? 0,
    events: state?.events ?? 0,
    rejects: state?.rejects ?? 0,
    owner: state === null || state.leaseUntil <= now ? '' : state.owner,
    lastRunAt: of(state?.lastRunAt),
    lastProgressAt: of(state?.lastProgressAt),
    failures: state?.failures ?? 0,
    lastError: state?.lastError ?? '',
    retryAt: of(state?.retryAt),
    request: state === null || state.request === '' ? null : (JSON.parse(state.request) as object),
  };
}

function stateOf(state: FeedStateRow | null, isEnabled: boolean, now: number): string {
  if (!isEnabled) return 'disabled';
  if (state === null) return 'never run';
  if (state.paused) return 'paused';
  if (state.failures > 0) return 'failing';
  return state.owner === '' || state.leaseUntil <= now ? 'not run' : 'running';
}

async function show(feed: LoadedFeed, store: Store, options: FeedOptions, io: Io): Promise<number> {
  const { document, file, source } = feed;
  const state = await loadFeedState(store, document.feed);
  const position = state === null || state.position === '' ? null : (JSON.parse(state.position) as object);
  const files = document.kind === 'folder' ? await listFeedFiles(store, document.feed, MOST_FILES) : [];
  const mapping = (await loadFeedMappings(store)).find((row) => row.feed === document.feed);
  const isJoined = document.kind === 'table' && document.joins !== undefined;
  const told = {
    ...{
      feed: document.feed,
      kind: document.kind,
      document: file,
      source: source ?? mapping?.source ?? null,
    },
    mapping: mapping === undefined ? null : mappingOf(mapping),
    ...summaryOf(state, document.enabled, io.now()),
    // Rows whose row of another table has not come.
    waitingRows: isJoined ? await countWaitingFeedRejects(store, document.feed) : null,
    position,
    files: files.map(({ name, state: end, records, events, rejects }) => ({
      ...{ name, state: end, records, events, rejects },
    })),
  };
  if (options.json) await io.out(`${JSON.stringify(told)}\n`);
  else
    await io.out(
      Object.entries(told)
        .filter(
          ([, value]) => value !== null && value !== '' && !(Array.isArray(value) && value.length === 0),
        )
        .map(
          ([name, value]) =>
            `${name.padEnd(16)}${typeof value === 'string' ? value : JSON.stringify(value)}\n`,
        )
        .join(''),
    );
  return told.state === 'failing' ? EXIT.findings : EXIT.done;
}

/** With what it is read, as the collector told that ran it last. */
function mappingOf({ mapping, origin, draftId, toldAt }: FeedMappingRow): object {
  const draft = draftId === null ? {} : { draft: draftId };
  return { mapping, origin, ...draft, toldAt: new Date(toldAt).toISOString() };
}

async function tell(
  feed: LoadedFeed,
  store: Store,
  options: FeedOptions,
  io: Io,
  note = '',
): Promise<number> {
  const { document } = feed;
  const state = await loadFeedState(store, document.feed);
  const told = { feed: document.feed, ...summaryOf(state, document.enabled, io.now()) };
  await io.out(options.json ? `${JSON.stringify(told)}\n` : `feed ${told.feed}: ${told.state}${note}\n`);
  return EXIT.done;
}

async function backfill(feed: LoadedFeed, store: Store, options: FeedOptions, io: Io): Promise<number> {
  const { from, until } = options;
  if (from === undefined || until === undefined)
    throw new UsageError('feed backfill needs --from and --until: the period to be read once more');
  const period = periodOf(feed, from, until);
  await store.write((transaction) => requestOfFeed(transaction, feed.document.feed, JSON.stringify(period)));
  return tell(feed, store, options, io, `; its next run reads ${period.from} until ${period.until} again`);
}

/** In the terms of the feed: of a table as its watermark is written, otherwise instants. */
function periodOf(
  { document }: LoadedFeed,
  from: string,
  until: string,
): { from: string | number; until: string | number } {
  if (document.kind === 'table' && document.watermark.kind === 'number') {
    const numbers = [Number(from), Number(until)] as const;
    if (!numbers.every(Number.isSafeInteger))
      throw new UsageError('--from and --until are whole numbers, as the watermark of this feed is');
    return { from: numbers[0], until: numbers[1] };
  }
  const zone = Zone.of(document.kind === 'table' ? document.watermark.zone : 'Asia/Shanghai');
  const instants = [instantOf('--from', from, zone), instantOf('--until', until, zone)] as const;
  if (instants[1] <= instants[0]) throw new UsageError('--until is not after --from');
  const [first, last] = instants.map((at) =>
    document.kind === 'table'
      ? new Date(at + zone.offsetAt(at)).toISOString().slice(0, 23).replace('T', ' ')
      : new Date(at).toISOString(),
  );
  return { from: first ?? '', until: last ?? '' };
}

function instantOf(option: string, text: string, zone: Zone): number {
  try {
    return parseInstant(text, zone);
  } catch (error) {
    if (error instanceof BadInstantError) throw new UsageError(`${option}: ${error.message}`);
    throw error;
  }
}

/** One run here and now; where a daemon runs the feed it stays with that. */
async function runOnce(feed: LoadedFeed, store: Store, options: FeedOptions, io: Io): Promise<number> {
  const dir = chosenDir(options);
  const processSettings = settingsOf('live');
  const { settings } = processSettings;
  const clock = new SystemClock();
  const logger = createLogger({ level: 'warn' });
  const log = await openLogOf(processSettings, dir, { clock, logger });
  try {
    const publisher = new Publisher(log, settings.intakeBatch, null);
    const joinFile = join(dir.dir, 'joins.db');
    const runner = new FeedRunner({
      ...{ feeds: [feed], store, publisher, clock, logger, settings, joinFile, metrics: null },
      clocks: new SourceClocks(log, logger),
    });
    const run = await runner.runOnce(feed.document.feed);
    await runner.stop();
    if (run.outcome === 'failed' && run.error instanceof BadInputError) throw run.error;
    const state = await loadFeedState(store, feed.document.feed);
    const told = {
      ...{ feed: feed.document.feed, outcome: run.outcome },
      ...(run.outcome === 'done' ? { changed: run.changed, waiting: run.waiting } : {}),
      ...(run.outcome === 'standby' ? { reason: 'another process runs the feed' } : {}),
      ...(run.outcome === 'failed' ? { error: state?.lastError ?? '' } : {}),
    };
    const text = Object.entries(told)
      .map(([name, value]) => `${name} ${value}`)
      .join(', ');
    await io.out(options.json ? `${JSON.stringify(told)}\n` : `${text}\n`);
    return run.outcome === 'done' ? EXIT.done : EXIT.findings;
  } finally {
    await log.close();
  }
}
