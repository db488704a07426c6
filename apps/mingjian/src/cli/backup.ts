import {
  chmodSync,
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { join, resolve } from 'node:path';
import { BadInputError } from '@mingjian/contracts';
import type { ProcessSettings } from '@mingjian/log';
import {
  describeFile,
  KEYS,
  writeManifest,
  type BackedUpFile,
  type BackupManifest,
} from '../backup/backup-manifest';
import { keptFilesOf } from '../backup/kept-files';
import { schemaOf, serverAddressOf } from '../backup/server-address';
import { dumpServer } from '../backup/server-dump';
import { migrationsOf, snapshotSqlite, toDisk } from '../backup/sqlite-snapshot';
import type { DataDir } from '../daemon/data-dir';
import { settingsOf } from '../engines';
import type { Io } from './io';
import { EXIT } from './io';
import { chosenDir, type DirOption } from './source';

/** Where the private keys go: by default a folder in that of the backup. */
export type BackupOptions = DirOption & { keys?: string };

/** Names of the databases in a backup. */
export const STORE_FILE = 'store.db';
export const DUMP_FILE = 'store.sql.gz';
export const JOINS_FILE = 'joins.db';
export const LOG_FILE = 'log.db';

/**
 * `mingjian backup`: copies the rows, the embedded log, the sources and the keys into a folder, while the daemon runs.
 * The folder has its name only once it is whole. Kafka keeps its own copies: it is not copied.
 */
export async function backup(folder: string, options: BackupOptions, io: Io): Promise<number> {
  const target = resolve(folder);
  const keys = options.keys === undefined ? join(target, KEYS) : resolve(options.keys);
  for (const given of new Set([target, keys])) checkIsFree(given);
  const processSettings = settingsOf('live');
  const dir = chosenDir(options);
  const part = `${target}.part`;
  rmSync(part, { recursive: true, force: true });
  mkdirSync(join(part, KEYS), { recursive: true, mode: 0o700 });
  try {
    const manifest = await fill(part, processSettings, dir, io.now());
    writeManifest(part, manifest);
    if (options.keys !== undefined) {
      mkdirSync(keys, { recursive: true, mode: 0o700 });
      cpSync(join(part, KEYS), keys, { recursive: true, force: false, errorOnExist: true });
      rmSync(join(part, KEYS), { recursive: true });
    }
    if (existsSync(target)) rmSync(target, { recursive: true });
    renameSync(part, target);
    await io.out(
      options.json ? `${JSON.stringify({ folder: target, ...manifest })}\n` : told(target, keys, manifest),
    );
    return EXIT.done;
  } finally {
    rmSync(part, { recursive: true, force: true });
  }
}

function checkIsFree(folder: string): void {
  if (!existsSync(folder) || readdirSync(folder).length === 0) return;
  throw new BadInputError([
    {
      place: folder,
      field: '',
      expected: 'a folder that is not there yet, or is empty',
      got: 'files',
      hint: 'give each backup a folder of its own, named after its day',
    },
  ]);
}

/**
 * The rows first, the log last: then the log knows everything that the rows do, and what came in between is judged from
 * the log after a restore. The other way round the rows would know places of the log that it has yet to give.
 */
async function fill(
  part: string,
  { settings, kafka }: ProcessSettings,
  dir: DataDir,
  now: number,
): Promise<BackupManifest> {
  const names: string[] = [];
  const isServer = settings.databaseUrl !== '';
  let collation = '';
  let migrations: string[];
  if (isServer) {
    const address = serverAddressOf(settings);
    ({ collation, migrations } = await schemaOf(address));
    await dumpServer(address, join(part, DUMP_FILE));
    names.push(DUMP_FILE);
  } else {
    snapshot(dir.store, STORE_FILE);
    migrations = migrationsOf(join(part, STORE_FILE));
  }
  // Before the log: rows to join that the log already has are only read again.
  if (existsSync(join(dir.dir, JOINS_FILE))) snapshot(join(dir.dir, JOINS_FILE), JOINS_FILE);
  if (kafka === null) snapshot(dir.log, LOG_FILE);
  for (const { path, name } of keptFilesOf(settings, dir)) {
    copyFileSync(path, join(part, name));
    chmodSync(join(part, name), 0o600);
    toDisk(join(part, name));
    names.push(name);
  }
  const files: BackedUpFile[] = [];
  for (const name of names) files.push(await describeFile(part, name));
  return {
    format: 1,
    at: new Date(now).toISOString(),
    store: isServer ? 'server' : 'sqlite',
    log: kafka === null ? 'sqlite' : 'kafka',
    collation,
    migrations,
    files,
  };

  function snapshot(file: string, name: string): void {
    if (!existsSync(file))
      throw new BadInputError([
        {
          place: file,
          field: '',
          expected: 'a database of the daemon',
          got: 'no such file',
          hint: 'name the directory with --data-dir or MINGJIAN_DATA_DIR',
        },
      ]);
    const to = join(part, name);
    snapshotSqlite(file, to);
    chmodSync(to, 0o600);
    names.push(name);
  }
}

function told(target: string, keysIn: string, { files, log }: BackupManifest): string {
  const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
  const keys = files.filter(({ name }) => name.startsWith(`${KEYS}/`)).length;
  return [
    `backup    ${target}`,
    `files     ${files.length}, ${(bytes / 1024 ** 2).toFixed(1)} MiB`,
    ...(log === 'kafka' ? ['log       in Kafka, not copied'] : []),
    ...(keys > 0 ? [`keys      ${keysIn}: ${keys} files; keep them apart from the rest`] : []),
    '',
  ].join('\n');
}
