import { BadInputError, problemText } from '@mingjian/contracts';
import type { ProcessSettings } from '@mingjian/log';
import { SystemClock } from '@mingjian/runtime';
import {
  countQuarantined,
  endQuarantine,
  findQuarantined,
  QUARANTINE_STATES,
  QuarantineRow,
  type QuarantineState,
  type Store,
} from '@mingjian/store';
import { releaseQuarantined } from '../../../collector/src';
import type { DataDir } from '../daemon/data-dir';
import { openLogOf, openStoreOf, settingsOf } from '../engines';
import { chosenMapping } from '../files/chosen-mapping';
import { readText } from '../files/read-text';
import type { Io } from './io';
import { EXIT, UsageError } from './io';
import { chosenDir, type DirOption } from './source';

export type QuarantineOptions = DirOption & {
  with?: string;
  mapping?: string;
  state?: string;
  actor?: string;
};

/** Who acts where nobody says so. */
const COMMAND_LINE = 'command-line';

/** `mingjian quarantine`: what could not be used, why, and the way back into the timeline. */
export async function quarantineCommand(
  action: string,
  id: string | undefined,
  options: QuarantineOptions,
  io: Io,
): Promise<number> {
  const dir = chosenDir(options);
  const processSettings = settingsOf('live');
  const store = await openStoreOf(processSettings, dir);
  try {
    if (action === 'list') return await list(store, options, io);
    const record = await find(store, id);
    switch (action) {
      case 'show':
        await io.out(options.json ? `${JSON.stringify(record)}\n` : `${describe(record)}\n${record.raw}\n`);
        return EXIT.done;
      case 'release':
        return await release(store, processSettings, dir, record, options, io);
      case 'discard': {
        const now = io.now();
        const ended = await store.write((transaction) =>
          endQuarantine(transaction, record.id, {
            ...{ state: 'discarded', at: now, by: options.actor ?? COMMAND_LINE },
          }),
        );
        await io.out(
          ended ? `discarded ${record.id.slice(0, 12)}; the record stays on file\n` : 'not held any more\n',
        );
        return ended ? EXIT.done : EXIT.findings;
      }
      default:
        throw new UsageError(`quarantine ${action}: the actions are list, show, release and discard`);
    }
  } finally {
    await store.close();
  }
}

async function list(store: Store, options: QuarantineOptions, io: Io): Promise<number> {
  const state = stateOf(options);
  const rows = await store.reader
    .getRepository(QuarantineRow)
    .find({ where: { state }, order: { receivedAt: 'ASC', id: 'ASC' } });
  for (const row of rows) await io.out(options.json ? `${JSON.stringify(row)}\n` : `${describe(row)}\n`);
  if (!options.json) {
    const counts = await countQuarantined(store);
    const ended = QUARANTINE_STATES.filter((one) => one !== 'held' && counts[one] > 0);
    await io.out([`${counts.held} held`, ...ended.map((one) => `${counts[one]} ${one}`)].join(', ') + '\n');
  }
  return state === 'held' && rows.length > 0 ? EXIT.findings : EXIT.done;
}

function stateOf({ state = 'held' }: QuarantineOptions): QuarantineState {
  const known = QUARANTINE_STATES.find((one) => one === state);
  if (known !== undefined) return known;
  throw new UsageError(`--state ${state}: one of ${QUARANTINE_STATES.join(', ')}`);
}

function describe(row: QuarantineRow): string {
  const { state, releasedAt, endedBy, endedWith } = row;
  const came = endedWith === null || endedWith === '' ? '' : `: ${endedWith}`;
  const at = releasedAt === null ? '' : ` ${new Date(releasedAt).toISOString()}`;
  const end = state === 'held' ? '' : `\n    ${state}${at} by ${endedBy ?? 'nobody known'}${came}`;
  return `${row.id.slice(0, 12)}  ${row.reason}  ${problemText(row)}${end}`;
}

/** The held record whose id begins so. */
async function find(store: Store, id: string | undefined): Promise<QuarantineRow> {
  if (id === undefined)
    throw new UsageError('give the id of the record; mingjian quarantine list shows them');
  const rows = await store.reader.query<{ id: string }[]>(
    'SELECT id FROM quarantine WHERE id LIKE ? LIMIT 2',
    [`${id.replace(/[^0-9a-f]/g, '')}%`],
  );
  const row = rows.length === 1 ? await findQuarantined(store, rows[0]!.id) : null;
  if (row === null)
    throw new UsageError(`${rows.length === 0 ? 'no record' : 'more than one record'} begins with ${id}`);
  return row;
}

async function release(
  store: Store,
  processSettings: ProcessSettings,
  dir: DataDir,
  row: QuarantineRow,
  options: QuarantineOptions,
  io: Io,
): Promise<number> {
  if (row.state !== 'held') throw new UsageError(`record ${row.id.slice(0, 12)} is ${row.state} already`);
  const { settings } = processSettings;
  const clock = new SystemClock();
  const log = await openLogOf(processSettings, dir, { clock });
  try {
    const { id, source, feed, place, reason, field, expected, got, hint, raw, receivedAt } = row;
    const receivedat = new Date(receivedAt).toISOString();
    const released = await releaseQuarantined(
      { id, source, feed, place, reason, field, expected, got, hint, raw, receivedat },
      {
        log,
        clock,
        settings,
        ...(options.with === undefined ? {} : { mendedText: await readText(options.with) }),
        ...(options.mapping === undefined
          ? {}
          : { mapping: await chosenMapping(options.mapping, processSettings, () => dir) }),
      },
    );
    if (!released.ok) throw new BadInputError(released.problems);
    const eventIds = released.events.map((event) => event.id).join(', ');
    await store.write((transaction) =>
      endQuarantine(transaction, id, {
        ...{ state: 'released', at: clock.now(), by: options.actor ?? COMMAND_LINE, eventIds },
      }),
    );
    await io.out(`released ${id.slice(0, 12)}: ${eventIds}\n`);
    return EXIT.done;
  } finally {
    await log.close();
  }
}
