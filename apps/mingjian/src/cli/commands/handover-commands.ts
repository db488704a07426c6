import type { Command } from 'commander';
import type { HandoverOptions } from '../handover';
import type { Io } from '../io';
import { DATA_DIR, JSON_FLAG, type Run } from './options';

/* What the daemon needs to load is loaded only by commands that need it: see program.ts. */
/* eslint-disable @typescript-eslint/no-require-imports */
const packages = () => require('../handover-verify') as typeof import('../handover-verify');
const handover = () => require('../handover') as typeof import('../handover');
/* eslint-enable @typescript-eslint/no-require-imports */

/** One package for the inspection office and one for the unit concerned, which is not told who complained. */
export function addHandoverCommands(group: Command, run: Run, io: Io): void {
  const making = (command: Command): Command =>
    command
      .option('--reason <text>', 'why; it stands in the register')
      .option('--actor <account>', 'who hands over (default: command-line)')
      .option('--out <dir>', 'folder for the packages (default: the working directory)')
      .option(...DATA_DIR)
      .option(...JSON_FLAG);
  const ofPeriod = (command: Command): Command =>
    making(command)
      .requiredOption('--since <time>', 'first instant of the period')
      .requiredOption('--until <time>', 'last one; a date alone is its end');
  making(group.command('case <case>').description('hand over a case')).action(
    run((caseNo: string, options: HandoverOptions) => handover().handoverCase(caseNo, options, io)),
  );
  ofPeriod(
    group.command('department <code>').description('hand over the cases of a department in a period'),
  ).action(run((code: string, options: HandoverOptions) => handover().handoverDepartment(code, options, io)));
  ofPeriod(
    group
      .command('lead')
      .description('departments that reached a threshold, exit code 1 if any; with --reason: hand them over'),
  )
    .option('--red <n>', 'so many red lights')
    .option('--ratings <n>', 'so many bad ratings')
    .option('--returned <n>', 'so many cases given back')
    .option('--complaints <n>', 'so many complaints, without those for inspectors alone')
    .option('--reopened <n>', 'so many reopenings of complaints')
    .action(run((options: HandoverOptions) => handover().handoverLead(options, io)));
  group
    .command('list')
    .description('the register, newest first')
    .option(...DATA_DIR)
    .option(...JSON_FLAG)
    .action(run((options: HandoverOptions) => handover().handoverList(options, io)));
  group
    .command('verify <file>')
    .description('a package, offline; exit code 1 where anything was changed')
    .option('--key <key>', 'public key that you were given: its file, its base64 or its id')
    .option(...JSON_FLAG)
    .action(
      run((file: string, options: { key?: string; json?: boolean }) =>
        packages().handoverVerify(file, options, io),
      ),
    );
  group.addHelpText('after', () => group.commands.map((action) => `\n${action.helpInformation()}`).join(''));
}
