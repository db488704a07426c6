import type { Command } from 'commander';
import type { Io } from '../io';
import type { LedgerOptions, LedgerVerifyOptions } from '../ledger';
import { DATA_DIR, JSON_FLAG, type Run } from './options';

/* What the daemon needs to load is loaded only by commands that need it: see program.ts. */
/* eslint-disable @typescript-eslint/no-require-imports */
const ledger = () => require('../ledger') as typeof import('../ledger');
/* eslint-enable @typescript-eslint/no-require-imports */

/** What is written for ever, signed each day, and verified with nothing but the export. */
export function addLedgerCommands(group: Command, run: Run, io: Io): void {
  group
    .command('root')
    .description(
      'hold what is stored against its hashes and sign a root over it; exit code 1 where it is broken',
    )
    .option(...DATA_DIR)
    .option(...JSON_FLAG)
    .action(run((options: LedgerOptions) => ledger().ledgerRoot(options, io)));
  group
    .command('export')
    .description('a part of the ledger between two roots, NDJSON packed with gzip')
    .option('--from <time>', 'from the last root before this time (default: the beginning)')
    .option(
      '--to <time>',
      'up to the last root at this time (default: now; what is unsigned is signed first)',
    )
    .requiredOption('--out <file>', 'file to write, .ndjson.gz')
    .option(...DATA_DIR)
    .option(...JSON_FLAG)
    .action(run((options: LedgerOptions) => ledger().ledgerExport(options, io)));
  group
    .command('verify <file>')
    .description('an export, offline; names the first bad row; exit code 1 where anything was changed')
    .option('--key <key>', 'public key that you were given: its file, its base64 or its id')
    .option('--head <hash>', 'hash of the last root that you were given')
    .option(...JSON_FLAG)
    .action(run((file: string, options: LedgerVerifyOptions) => ledger().ledgerVerify(file, options, io)));
  group
    .command('rotate')
    .description('a new key, for which the old one vouches')
    .option('--actor <account>', 'who does it (default: command-line)')
    .option(...DATA_DIR)
    .option(...JSON_FLAG)
    .action(run((options: LedgerOptions) => ledger().ledgerRotate(options, io)));
  // One help for all: who asks what `ledger` does wants to see how.
  group.addHelpText('after', () => group.commands.map((action) => `\n${action.helpInformation()}`).join(''));
}
