import type { Command } from 'commander';
import type { BackupOptions } from '../backup';
import type { FeedOptions } from '../feed';
import type { Io } from '../io';
import type { RestoreOptions } from '../restore';
import type { DirOption } from '../source';
import { DATA_DIR, JSON_FLAG, type Run } from './options';

/* What the daemon needs to load is loaded only by commands that need it: see program.ts. */
/* eslint-disable @typescript-eslint/no-require-imports */
const feeding = () => require('../feed') as typeof import('../feed');
const replaying = () => require('../replay') as typeof import('../replay');
const doctor = () => require('../doctor') as typeof import('../doctor');
const backingUp = () => require('../backup') as typeof import('../backup');
const restoring = () => require('../restore') as typeof import('../restore');
/* eslint-enable @typescript-eslint/no-require-imports */

/** What keeps a site running. */
export function addUpkeepCommands(program: Command, run: Run, io: Io): void {
  program
    .command('feed <action> [name]')
    .description(
      'list | show NAME | pause NAME | resume NAME | backfill NAME --from T --until T | run-once NAME: what collectors read by themselves',
    )
    .option('--feeds <path>', 'feed document or folder (default: MINGJIAN_FEEDS)')
    .option('--from <time>', 'with backfill: first instant that is read once more')
    .option('--until <time>', 'with backfill: the instant before which it ends')
    .option(...DATA_DIR)
    .option(...JSON_FLAG)
    .action(
      run((action: string, name: string | undefined, options: FeedOptions) =>
        feeding().feedCommand(action, name, options, io),
      ),
    );
  program
    .command('replay')
    .description('folds the whole log again and compares with the store in use; exit code 1 when they differ')
    .option(...DATA_DIR)
    .option(...JSON_FLAG)
    .action(run((options: DirOption) => replaying().replay(options, io)));
  program
    .command('rebuild')
    .description('makes the store anew from the log; sends nothing, keeps the old one')
    .option(...DATA_DIR)
    .option(...JSON_FLAG)
    .action(run((options: DirOption) => replaying().rebuild(options, io)));
  program
    .command('backup <folder>')
    .description('copies rows, log, sources and keys into a folder, while the daemon runs')
    .option('--keys <folder>', 'where the private keys go (default: keys in its folder)')
    .option(...DATA_DIR)
    .option(...JSON_FLAG)
    .action(run((folder: string, options: BackupOptions) => backingUp().backup(folder, options, io)));
  program
    .command('restore <folder>')
    .description('puts a backup into an empty data directory and an empty database')
    .option('--keys <folder>', 'where the private keys of the backup are (default: keys in its folder)')
    .option('--check', 'only hold the backup against its hashes')
    .option(...DATA_DIR)
    .option(...JSON_FLAG)
    .action(run((folder: string, options: RestoreOptions) => restoring().restore(folder, options, io)));
  program
    .command('doctor')
    .description('is everything that the settings need there, and if not, what to do')
    .option(...DATA_DIR)
    .option(...JSON_FLAG)
    .action(run((options: DirOption) => doctor().doctor(options, io)));
}
