import type { Command } from 'commander';
import { importNotice, type ImportNoticeOptions } from '../calendar';
import { closePlace, type CloseOptions } from '../calendar-close';
import type { Io } from '../io';
import { collect, JSON_FLAG, type Run } from './options';

/** Previews of what a notice or a closure changes; only --write writes. */
export function addCalendarCommands(calendar: Command, run: Run, io: Io): void {
  calendar
    .command('import <notice>')
    .description('what the pasted text of a holiday notice changes in a calendar; exit code 1 on findings')
    .requiredOption('--calendar <file>', 'the calendar as it is')
    .requiredOption('--notice <address>', 'where the notice is published: the evidence of each entry')
    .requiredOption('--known-since <date>', 'the day of the notice')
    .option('--year <year>', 'the year arranged, where the text does not say it')
    .option('--write <file>', 'write the calendar with the notice in it; without, only a preview')
    .option(...JSON_FLAG)
    .action(run((file: string, options: ImportNoticeOptions) => importNotice(file, options, io)));
  calendar
    .command('close')
    .description('close a department, a hall or a district for some days, and what that does to open cases')
    .requiredOption('--calendar <file>', 'the calendar as it is')
    .requiredOption('--from <date>', 'first day')
    .option('--through <date>', 'last day (default: the first)')
    .requiredOption(
      '--scope <place>',
      'department=CODE, hall=CODE or district=CODE; several: all of them',
      collect,
    )
    .requiredOption('--basis <text>', 'on what legal ground: who ordered it, by which notice')
    .requiredOption('--name <text>', 'the cause, for the explanation: 台风停办')
    .option('--known-since <date>', 'the day from which it was known (default: today)')
    .option('--events <files...>', 'recorded step events, to see which cases it touches …')
    .option('--ruleset <files...>', '… and the ruleset that judges them')
    .option('--at <time>', 'instant at which cases count as open (default: now)')
    .option('--write', 'write it into the calendar; without, only a preview')
    .option(...JSON_FLAG)
    .action(run((options: CloseOptions) => closePlace(options, io)));
  // One help for both: who asks what `calendar` does wants to see how.
  calendar.addHelpText('after', () =>
    calendar.commands.map((action) => `\n${action.helpInformation()}`).join(''),
  );
}
