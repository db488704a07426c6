import type { Command } from 'commander';
import type { DaemonOptions } from '../../daemon/run-daemon';
import type { ImportCommandOptions } from '../import';
import type { Io } from '../io';
import type { NotifyOptions } from '../notify';
import type { QuarantineOptions } from '../quarantine';
import type { SourceOptions } from '../source';
import { DATA_DIR, JSON_FLAG, type Run } from './options';

/* What the daemon needs to load is loaded only by commands that need it: see program.ts. */
/* eslint-disable @typescript-eslint/no-require-imports */
const daemon = () => require('../../daemon/run-daemon') as typeof import('../../daemon/run-daemon');
const importing = () => require('../import') as typeof import('../import');
const notify = () => require('../notify') as typeof import('../notify');
const quarantine = () => require('../quarantine') as typeof import('../quarantine');
const source = () => require('../source') as typeof import('../source');
/* eslint-enable @typescript-eslint/no-require-imports */

/** The daemon, what comes into it, and whom it tells. */
export function addIntakeCommands(program: Command, run: Run, io: Io): void {
  program
    .command('start')
    .description('the daemon: collector and monitor in one process')
    .option('--no-demo', 'without the simulated city')
    .option('--real-time', 'simulated city on the real clock')
    .option('--input <file>', 'feed this file (implies --no-demo)')
    .option('--mapping <file>', 'how to read it; approved:NAME, or step-events for NDJSON step events')
    .action(run((options: DaemonOptions) => daemon().runDaemon(options, io)));
  program
    .command('import <files...>')
    .description('a delivery through the collector; what does not fit goes to quarantine with its line')
    .requiredOption('--mapping <file>', 'mapping document, approved:NAME, or step-events')
    .option('--dry-run', 'show each record beside the events that it would mean; write nothing')
    .option('--limit <n>', 'with --dry-run: only the first records')
    .option(...DATA_DIR)
    .option('--judge', 'then judge what was imported and print the verdicts in sum')
    .option('--ruleset <path>', 'with --judge: ruleset file or folder')
    .option('--calendar <path>', 'with --judge: calendar file or folder')
    .option('--at <time>', 'with --judge: instant of the verdicts (default: now)')
    .option(...JSON_FLAG)
    .action(
      run((files: string[], options: ImportCommandOptions) => importing().importCommand(files, options, io)),
    );
  program
    .command('quarantine <action> [id]')
    .description('list [--state S] | show ID | release ID [--mapping FILE] [--with FILE] | discard ID')
    .option('--state <state>', 'with list: held (default), released, resolved or discarded')
    .option('--actor <account>', 'who releases or discards (default: command-line)')
    .option('--with <file>', 'the mended record')
    .option('--mapping <file>', 'for a record in a department’s own form; or approved:NAME')
    .option(...DATA_DIR)
    .option(...JSON_FLAG)
    .action(
      run((action: string, id: string | undefined, options: QuarantineOptions) =>
        quarantine().quarantineCommand(action, id, options, io),
      ),
    );
  program
    .command('notify <action> [file]')
    .description(
      'preview FILE | held | release | dead | retry | unacknowledged: who is told of lights, and what waits for a person',
    )
    .option('--ruleset <path>', 'with preview: ruleset file or folder')
    .option('--calendar <path>', 'with preview: calendar file or folder')
    .option(
      '--kind <kind>',
      'with preview: light, finding, order, appeal, complaint, source, bulletin, system',
    )
    .option('--grade <grade>', 'with preview: info, yellow, red')
    .option('--department <code>', 'with preview: department that answers for it')
    .option('--item <code>', 'with preview: item of the case')
    .option('--at <time>', 'with preview: when it happens (default: now)')
    .option('--reason <reason>', 'with release: storm, history, rule, calendar, rebuild')
    .option('--as <way>', 'with release: digest (one message each), each, discard')
    .option('--because <text>', 'with release: why; it goes on record')
    .option('--channel <name>', 'with retry: this channel only')
    .option('--actor <account>', 'who does it (default: command-line)')
    .option(...DATA_DIR)
    .option(...JSON_FLAG)
    .action(
      run((action: string, file: string | undefined, options: NotifyOptions) =>
        notify().notifyCommand(action, file, options, io),
      ),
    );
  program
    .command('source <action> [name]')
    .description(
      'list | add NAME --department D | rotate NAME | revoke NAME (its former key) | remove NAME: who may send step events',
    )
    .option('--department <code>', 'department of the source')
    .option(
      '--keep-hours <n>',
      'with rotate: so long the former key stays good beside the new one (default: it ends at once)',
    )
    .option(...DATA_DIR)
    .option(...JSON_FLAG)
    .action(
      run((action: string, name: string | undefined, options: SourceOptions) =>
        source().sourceCommand(action, name, options, io),
      ),
    );
}
