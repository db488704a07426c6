import { loadConfig, Settings, withoutCredentials } from '@mingjian/runtime';
import { FileSourceRegistry } from '../../../collector/src';
import { approvedRegister, senderIn } from '../../../monitor/src/source-register/approved-register';
import { dataDirAt, dataDirOf, type DataDir } from '../daemon/data-dir';
import { readRows } from '../doctor/reader';
import { settingsOf } from '../engines';
import type { Io } from './io';
import { EXIT, UsageError } from './io';

export interface DirOption {
  dataDir?: string;
  json?: boolean;
}

export type SourceOptions = DirOption & { department?: string; keepHours?: string };

const HOUR_MS = 3_600_000;
/** A former key that is good for longer is a forgotten one. */
const MOST_HOURS = 30 * 24;

/** The data directory that a command works on: the one given, else that of the live daemon. */
export function chosenDir(options: DirOption): DataDir {
  return options.dataDir === undefined
    ? dataDirOf(loadConfig(Settings).dataDir, 'live')
    : dataDirAt(options.dataDir);
}

/**
 * `mingjian source`: keys of the file beside the event log. Keys are shown once, when they are made. Where a register of sources is
 * approved in the store it decides who may send; a name that it does not hold is pointed out.
 */
export async function sourceCommand(
  action: string,
  name: string | undefined,
  options: SourceOptions,
  io: Io,
): Promise<number> {
  const dir = chosenDir(options);
  const registry = new FileSourceRegistry(dir.sources);
  const named = (): string => {
    if (name === undefined)
      throw new UsageError(`source ${action} needs the name of the source: urn:dept:420684:housing`);
    return name;
  };
  const printKey = async (key: string): Promise<void> => {
    const text = `source ${named()}\nkey    ${key}\nThe key is shown this once. Send it as: Authorization: Bearer KEY\n`;
    const refused = await refusedBy(dir, io);
    const note = refused(named()) ? `${NOT_REGISTERED}; register it in the console first\n` : '';
    await io.out(
      options.json
        ? `${JSON.stringify({ source: named(), key, isRefused: refused(named()) })}\n`
        : `${text}${note}`,
    );
  };
  switch (action) {
    case 'list': {
      const refused = await refusedBy(dir, io);
      const sources = registry.list().map((one) => ({
        ...{ source: one.name, department: one.department, isRefused: refused(one.name) },
        keys: registry.keysOf(one),
      }));
      await io.out(
        options.json ? `${JSON.stringify({ sources })}\n` : sources.map(listed).join('') || 'no sources\n',
      );
      return EXIT.done;
    }
    case 'add':
      if (options.department === undefined)
        throw new UsageError('source add needs --department: whose cases these are');
      await printKey(registry.addSource(named(), options.department));
      return EXIT.done;
    case 'rotate':
      await printKey(registry.rotateKey(named(), keptMs(options)));
      return EXIT.done;
    case 'revoke':
      registry.revokeFormerKey(named());
      await io.out(
        options.json
          ? `${JSON.stringify({ revoked: named() })}\n`
          : `source ${named()} has one key; the one before is over\n`,
      );
      return EXIT.done;
    case 'remove':
      registry.removeSource(named());
      await io.out(
        options.json ? `${JSON.stringify({ removed: named() })}\n` : `source ${named()} may send no more\n`,
      );
      return EXIT.done;
    default:
      throw new UsageError(`source ${action}: the actions are list, add, rotate, revoke and remove`);
  }
}

const NOT_REGISTERED = 'the approved register of sources does not name it: what it sends is refused';

/**
 * Tells which names the approved register does not hold; none where nothing was approved. Looks only, and makes no store. Where it
 * cannot be read that is said, and a key is shown all the same.
 */
async function refusedBy(dir: DataDir, io: Io): Promise<(name: string) => boolean> {
  try {
    const register = await readRows(settingsOf('live'), dir, 'rule_version', approvedRegister);
    return (name) => register !== null && senderIn(register, name) === undefined;
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    io.err(`whether a register of sources is approved could not be read: ${withoutCredentials(why)}\n`);
    return () => false;
  }
}

interface Listed {
  source: string;
  department: string;
  isRefused: boolean;
  keys: { until: string | null; lastUsedAt: string | null }[];
}

function listed({ source, department, isRefused, keys }: Listed): string {
  const lines = keys.map(({ until, lastUsedAt }) => {
    const which = until === null ? 'key' : `former key, good until ${until}`;
    return `    ${which}, ${lastUsedAt === null ? 'never used' : `last used ${lastUsedAt}`}\n`;
  });
  return `${source}  ${department}\n${isRefused ? `    ${NOT_REGISTERED}\n` : ''}${lines.join('')}`;
}

/** How long the former key stays good: at once over unless asked for, because it may have leaked. */
function keptMs({ keepHours = '0' }: SourceOptions): number {
  const hours = Number(keepHours);
  if (Number.isInteger(hours) && hours >= 0 && hours <= MOST_HOURS) return hours * HOUR_MS;
  throw new UsageError(`--keep-hours ${keepHours}: a whole number of hours, 0 to ${MOST_HOURS}`);
}
