import { copyFileSync, existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { BadInputError } from '@mingjian/contracts';
import type { ProcessSettings } from '@mingjian/log';
import { appendLedger, MIGRATIONS } from '@mingjian/store';
import { checkFiles, KEYS, pathIn, readManifest, type BackupManifest } from '../backup/backup-manifest';
import { placeOf } from '../backup/kept-files';
import { askServer, schemaOf, serverAddressOf } from '../backup/server-address';
import { loadServer } from '../backup/server-dump';
import { toDisk, unsoundIn } from '../backup/sqlite-snapshot';
import { lockDataDir, type DataDir } from '../daemon/data-dir';
import { openStoreOf, settingsOf } from '../engines';
import { DUMP_FILE } from './backup';
import type { Io } from './io';
import { EXIT } from './io';
import { chosenDir, type DirOption } from './source';

export type RestoreOptions = DirOption & { keys?: string; check?: boolean };

/**
 * `mingjian restore`: puts a backup into an empty data directory, and an empty database where the settings name a server.
 * Nothing that is there is overwritten. All sessions are ended, since one that ended after the backup would live again; the
 * ledger says that the store was restored. With `--check` the backup is only held against its hashes.
 */
export async function restore(folder: string, options: RestoreOptions, io: Io): Promise<number> {
  const from = resolve(folder);
  const keys = resolve(options.keys ?? join(from, KEYS));
  const manifest = readManifest(from);
  await checkFiles(from, keys, manifest);
  for (const { name } of manifest.files.filter((file) => file.name.endsWith('.db'))) {
    const wrong = unsoundIn(join(from, name));
    if (wrong.length > 0)
      refuse(join(from, name), 'a sound database', wrong.join('; '), 'take another backup');
  }
  if (options.check === true) {
    await say(options, io, 'sound', manifest);
    return EXIT.done;
  }
  const processSettings = settingsOf('live');
  const dir = chosenDir(options);
  await checkTarget(manifest, processSettings, dir, from);
  const unlock = lockDataDir(dir);
  try {
    for (const { name } of manifest.files) {
      if (name === DUMP_FILE) continue;
      put(pathIn(from, keys, name), placeOf(name, processSettings.settings, dir));
    }
    if (manifest.store === 'server') await restoreServer(processSettings, from, manifest);
    await afterwards(processSettings, dir, manifest, io.now());
  } finally {
    unlock();
  }
  await say(options, io, 'restored', manifest);
  return EXIT.done;
}

/** Refuses what would overwrite something, and what this version or these settings cannot use. */
async function checkTarget(
  manifest: BackupManifest,
  { settings, kafka }: ProcessSettings,
  dir: DataDir,
  from: string,
): Promise<void> {
  const engines = (store: string, log: string): string => `store ${store}, log ${log}`;
  const here = engines(
    settings.databaseUrl === '' ? 'sqlite' : 'server',
    kafka === null ? 'sqlite' : 'kafka',
  );
  const there = engines(manifest.store, manifest.log);
  if (here !== there)
    refuse(
      from,
      here,
      there,
      'set MINGJIAN_DATABASE_URL and MINGJIAN_KAFKA_BROKERS as they were, or empty them',
    );
  const known = new Set(MIGRATIONS.map(({ name }) => name));
  const unknown = manifest.migrations.filter((name) => !known.has(name));
  if (unknown.length > 0)
    refuse(from, 'tables of this version or an older one', unknown.join(', '), 'install the newer version');
  for (const { name } of manifest.files) {
    const place = placeOf(name, settings, dir);
    if (name !== DUMP_FILE && existsSync(place))
      refuse(place, 'nothing there', 'a file', 'move it away, or name another directory with --data-dir');
  }
  if (manifest.store === 'sqlite') return;
  const address = serverAddressOf(settings);
  const { tables } = await schemaOf(address);
  if (tables > 0)
    refuse(
      `database ${address.database}`,
      'an empty database',
      `${tables} tables`,
      'rename it, or make another and name it in MINGJIAN_DATABASE_URL',
    );
}

async function restoreServer(
  { settings }: ProcessSettings,
  from: string,
  { collation }: BackupManifest,
): Promise<void> {
  const address = serverAddressOf(settings);
  // Names compare as they did; tables of another collation would be refused at the next start.
  if (collation !== '')
    await askServer(address, (ask) =>
      ask(`ALTER DATABASE CHARACTER SET ${collation.split('_')[0]} COLLATE ${collation}`),
    );
  await loadServer(address, join(from, DUMP_FILE));
}

async function afterwards(
  processSettings: ProcessSettings,
  dir: DataDir,
  manifest: BackupManifest,
  now: number,
): Promise<void> {
  const store = await openStoreOf(processSettings, dir);
  try {
    await store.write(async (transaction) => {
      const sessionsEnded = await transaction.execute('DELETE FROM user_session');
      await appendLedger(transaction, [
        {
          chain: 'store',
          kind: 'store.restored',
          at: now,
          actor: 'command-line',
          subject: 'store',
          body: { backupAt: manifest.at, sessionsEnded },
        },
      ]);
    });
  } finally {
    await store.close();
  }
}

/** A file has its name only once it is whole. */
function put(from: string, to: string): void {
  mkdirSync(dirname(to), { recursive: true, mode: 0o750 });
  const part = `${to}.part`;
  rmSync(part, { force: true });
  copyFileSync(from, part);
  toDisk(part);
  renameSync(part, to);
}

async function say(
  options: RestoreOptions,
  io: Io,
  did: 'sound' | 'restored',
  manifest: BackupManifest,
): Promise<void> {
  const { at, files } = manifest;
  await io.out(
    options.json
      ? `${JSON.stringify({ did, at, files: files.length })}\n`
      : `${did.padEnd(10)}${files.length} files of ${at}\n${did === 'sound' ? '' : 'What came later is judged from the log when the daemon starts.\n'}`,
  );
}

function refuse(place: string, expected: string, got: string, hint: string): never {
  throw new BadInputError([{ place, field: '', expected, got, hint }]);
}
