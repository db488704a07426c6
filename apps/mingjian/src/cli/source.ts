import { loadConfig, Settings } from '@mingjian/runtime';
import { FileSourceRegistry } from '../../../collector/src';
import { dataDirAt, dataDirOf, type DataDir } from '../daemon/data-dir';
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

/** `mingjian source`: who may send step events. Keys are shown once, when they are made. */
export async function sourceCommand(
  action: string,
  name: string | undefined,
  options: SourceOptions,
  io: Io,
): Promise<number> {
  const registry = new FileSourceRegistry(chosenDir(options).sources);
  const named = (): string => {
    if (name === undefined)
      throw new UsageError(`source ${action} needs the name of the source: urn:dept:420684:housing`);
    return name;
  };
  const printKey = async (key: string): Promise<void> => {
    const text = `source ${named()}\nkey    ${key}\nThe key is shown this once. Send it as: Authorization: Bearer KEY\n`;
    await io.out(options.json ? `${JSON.stringify({ source: named(), key })}\n` : text);
  };
  switch (action) {
    case 'list': {
      const sources = registry.list().map((one) => ({
        ...{ source: one.name, department: one.department },
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

interface Listed {
  source: string;
  department: string;
  keys: { until: string | null; lastUsedAt: string | null }[];
}

function listed({ source, department, keys }: Listed): string {
  const lines = keys.map(({ until, lastUsedAt }) => {
    const which = until === null ? 'key' : `former key, good until ${until}`;
    return `    ${which}, ${lastUsedAt === null ? 'never used' : `last used ${lastUsedAt}`}\n`;
  });
  return `${source}  ${department}\n${lines.join('')}`;
}

/** How long the former key stays good: at once over unless asked for, because it may have leaked. */
function keptMs({ keepHours = '0' }: SourceOptions): number {
  const hours = Number(keepHours);
  if (Number.isInteger(hours) && hours >= 0 && hours <= MOST_HOURS) return hours * HOUR_MS;
  throw new UsageError(`--keep-hours ${keepHours}: a whole number of hours, 0 to ${MOST_HOURS}`);
}
