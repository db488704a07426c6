import { randomUUID } from 'node:crypto';
import { mkdtempSync, renameSync, rmSync, existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { canonicalVerdict, judgeCase, verdictAt, type RuleBook } from '@mingjian/rules';
import { createLogger, openRegistry, SystemClock } from '@mingjian/runtime';
import {
  allTimelines,
  appendLedger,
  carryOver,
  copyRuleVersions,
  copyUpheldLights,
  DERIVED_TABLES,
  earliestNextChangeAt,
  openStore,
  storedDigest,
  verdictDigest,
  type Store,
} from '@mingjian/store';
import { shardsOf, type EventLog } from '@mingjian/log';
import { restoreCardLights } from '../../../monitor/src/appeals/restore-card-lights';
import { Monitor } from '../../../monitor/src/monitor';
import { monitorSettingsOf } from '../../../monitor/src/monitor-settings';
import { lockDataDir, type DataDir } from '../daemon/data-dir';
import { isEmbedded, openLogOf, openStoreOf, settingsOf } from '../engines';
import type { Io } from './io';
import { EXIT, UsageError } from './io';
import { chosenDir, type DirOption } from './source';

/** The consumer group of a replay: it has a place of its own in the log. */
const GROUP_PREFIX = 'mingjian-replay';
/** Differing cases named; the rest is counted. */
const MOST_NAMED = 20;

interface Digests {
  cases: number;
  /** Over what the rules say of the stored timelines, now. */
  verdicts: string;
  /** Over the rows as they were written. */
  rows: string;
}

/**
 * `mingjian replay`: folds the whole log again into a store of its own, and compares it with the one in use. Changes
 * nothing and sends nothing. Exit code 1 where they differ: then one of them is wrong.
 */
export async function replay(options: DirOption, io: Io): Promise<number> {
  const processSettings = settingsOf('live');
  const dir = chosenDir(options);
  const folder = mkdtempSync(join(tmpdir(), 'mingjian-replay-'));
  const log = await openLogOf(processSettings, dir);
  try {
    const live = await openStoreOf(processSettings, dir);
    const fresh = await openStore({ file: join(folder, 'store.db') });
    try {
      await copyDecisions(live, fresh);
      const { book, at } = await fold(log, fresh, processSettings.settings);
      const [before, after] = [await digestsOf(live, book, at), await digestsOf(fresh, book, at)];
      const differing = await differingCases(live, fresh, book, at);
      // Rows say what was true when they were last judged: those of a daemon that has not run since cannot be compared.
      const isJudged = ((await earliestNextChangeAt(live, shardsOf(log))) ?? Infinity) > at;
      const isSame = before.verdicts === after.verdicts && (!isJudged || before.rows === after.rows);
      if (options.json)
        await io.out(
          `${JSON.stringify({ at: new Date(at).toISOString(), inUse: before, replayed: after, differing, isSame })}\n`,
        );
      else {
        await io.out(`in use    ${line(before)}\nreplayed  ${line(after)}\n`);
        for (const caseNo of differing.slice(0, MOST_NAMED)) await io.out(`differs   ${caseNo}\n`);
        if (!isJudged) await io.out('rows not compared: the store in use has not been judged up to now\n');
        await io.out(isSame ? 'equal\n' : `different in ${differing.length} cases\n`);
      }
      return isSame ? EXIT.done : EXIT.findings;
    } finally {
      await live.close();
      await fresh.close();
    }
  } finally {
    await log.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * `mingjian rebuild`: makes the store anew from the log. The old one stays beside it. Sends nothing: what the old store had
 * not yet sent is not sent either. The ledger, and all else that people did, is carried over; the ledger says that the
 * store was rebuilt, and what the digests were before and after.
 */
export async function rebuild(options: DirOption, io: Io): Promise<number> {
  const processSettings = settingsOf('live');
  if (!isEmbedded(processSettings))
    throw new UsageError(
      'rebuild makes the embedded store anew. With a database server: stop all monitors, empty these tables and no ' +
        `others, delete what begins with intake-position/ in the table setting, start one: ${DERIVED_TABLES.join(', ')}`,
    );
  const dir = chosenDir(options);
  const unlock = lockDataDir(dir);
  try {
    const kept = `${dir.store}.before-${new Date(io.now()).toISOString().replaceAll(':', '')}`;
    const log = await openLogOf(processSettings, dir);
    const fresh = `${dir.store}.next`;
    for (const end of ENDINGS) rmSync(fresh + end, { force: true });
    const hasOld = existsSync(dir.store);
    const store = await openStore({ file: fresh });
    let digests: Digests;
    try {
      if (hasOld) await copyDecisionsOfFile(dir.store, store);
      const { book, at } = await fold(log, store, processSettings.settings);
      await store.write((transaction) => transaction.execute('DELETE FROM outbox'));
      digests = await digestsOf(store, book, at);
      const before = hasOld ? await digestsOfFile(dir.store, book, at) : null;
      if (hasOld) carryOver(dir.store, fresh);
      // The log knows nothing of lights that people gave.
      await restoreCardLights(store, book);
      await store.write((transaction) =>
        appendLedger(transaction, [
          {
            chain: 'store',
            kind: 'store.rebuilt',
            at: io.now(),
            actor: 'command-line',
            subject: 'store',
            body: { before, after: digests },
          },
        ]),
      );
    } finally {
      await store.close();
      await log.close();
    }
    moveStore(dir.store, kept);
    moveStore(fresh, dir.store);
    await io.out(
      options.json
        ? `${JSON.stringify({ ...digests, kept })}\n`
        : `rebuilt   ${line(digests)}\nthe old store is ${kept}\n`,
    );
    return EXIT.done;
  } finally {
    unlock();
  }
}

/** A database of SQLite in WAL mode is up to three files. */
const ENDINGS = ['', '-wal', '-shm'];

function moveStore(from: DataDir['store'], to: string): void {
  for (const end of ENDINGS) if (existsSync(from + end)) renameSync(from + end, to + end);
}

/** Brings the whole log into an empty store, and time up to now. */
async function fold(
  log: EventLog,
  store: Store,
  settings: Parameters<typeof monitorSettingsOf>[0],
): Promise<{ book: RuleBook; at: number }> {
  const clock = new SystemClock();
  const monitor = new Monitor({
    store,
    log: readOnly(log),
    clock,
    wall: clock,
    registry: openRegistry(),
    logger: createLogger({ level: 'warn' }),
    // Nobody is told of what a fold finds: it was told when it happened.
    settings: { ...monitorSettingsOf(settings, null, null), rulesPollMs: 0, recipients: '' },
  });
  await monitor.load();
  await monitor.rejudge.runOnce();
  await monitor.intake.drain();
  await monitor.quarantine.drain();
  await monitor.heartbeats.drain();
  const at = clock.now();
  await monitor.sweep.runOnce(at);
  const { book } = monitor.rules.current;
  await monitor.stop();
  return { book, at };
}

/** The log read from its beginning by a group of its own, with nothing written to it. */
function readOnly(log: EventLog): EventLog {
  const group = `${GROUP_PREFIX}-${randomUUID()}`;
  return {
    partitions: log.partitions,
    isShared: false,
    partitionOf: (key) => log.partitionOf(key),
    append: () => Promise.resolve(),
    subscribe: (options) => log.subscribe({ ...options, group: `${group}-${options.group}` }),
    lag: (_, topic) => log.lag(group, topic),
    rewind: () => Promise.resolve(false),
    close: () => Promise.resolve(),
  };
}

async function digestsOf(store: Store, book: RuleBook, at: number): Promise<Digests> {
  const [row] = await store.query<{ cases: number }>('SELECT COUNT(*) AS cases FROM case_file');
  return {
    cases: Number(row?.cases ?? 0),
    verdicts: await verdictDigest(store, book, at),
    rows: await storedDigest(store),
  };
}

/** What cases are judged by and is not in the log, before that is folded: approved rules, and what appeals took away. */
function copyDecisions(from: Store, into: Store): Promise<void> {
  return into.write(async (transaction) => {
    await copyRuleVersions(from, transaction);
    await copyUpheldLights(from, transaction);
  });
}

async function copyDecisionsOfFile(file: string, into: Store): Promise<void> {
  const old = await openStore({ file });
  try {
    await copyDecisions(old, into);
  } finally {
    await old.close();
  }
}

async function digestsOfFile(file: string, book: RuleBook, at: number): Promise<Digests> {
  const store = await openStore({ file });
  try {
    return await digestsOf(store, book, at);
  } finally {
    await store.close();
  }
}

/** Cases of which the two stores say different things; both list them in one order. */
async function differingCases(a: Store, b: Store, book: RuleBook, at: number): Promise<string[]> {
  const lines = new Map<string, string>();
  const lineOf = (caseNo: string, events: Parameters<typeof judgeCase>[1]): string => {
    const tracks = judgeCase(caseNo, events, book);
    return canonicalVerdict(verdictAt(tracks, at), tracks);
  };
  for await (const [caseNo, events] of allTimelines(a)) lines.set(caseNo, lineOf(caseNo, events));
  const differing: string[] = [];
  for await (const [caseNo, events] of allTimelines(b)) {
    if (lines.get(caseNo) !== lineOf(caseNo, events)) differing.push(caseNo);
    lines.delete(caseNo);
  }
  return [...differing, ...lines.keys()];
}

function line({ cases, verdicts, rows }: Digests): string {
  return `${cases} cases, verdicts ${verdicts.slice(0, 16)}, rows ${rows.slice(0, 16)}`;
}
