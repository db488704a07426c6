import type { Command } from 'commander';
import { examine, measure, type ExamineOptions, type MeasureOptions } from '../forensics';
import type { Io } from '../io';
import { JSON_FLAG, type Run } from './options';

/** Both print what was found and exit with 1 where a person should look. */
export function addForensicsCommands(forensics: Command, run: Run, io: Io): void {
  forensics
    .command('examine')
    .description(
      'late, back-dated, impossible and improbable times of recorded events; exit code 1 on findings',
    )
    .requiredOption('--events <files...>', 'step events: NDJSON, a JSON array, or one object; .gz too')
    .option(
      '--mapping <file>',
      'how to read files that are no step events; when they were received is not known then',
    )
    .requiredOption('--ruleset <files...>', 'versions of a ruleset')
    .requiredOption('--calendar <files...>', 'calendars that it names')
    .requiredOption('--since <time>', 'first instant; its whole month is examined')
    .requiredOption('--until <time>', 'last one; a date alone is its end')
    .option(...JSON_FLAG)
    .action(run((options: ExamineOptions) => examine(options, io)));
  forensics
    .command('measure')
    .description('how much of each kind of injected misconduct is found, and how much in an honest city')
    .option('--city <name>', 'fangchenggang or handan', 'fangchenggang')
    .option('--seed <seed>', 'the same seed, the same city', 'mingjian')
    .option('--from <date>', 'first day of submission', '2026-03-01')
    .option('--days <n>', 'days of submission', '92')
    .option('--ruleset <files...>', 'versions of a ruleset', ['rulesets/demo-city/demo-city.yaml'])
    .option('--calendar <files...>', 'calendars that it names', ['rulesets/calendars/cn.yaml'])
    .option(...JSON_FLAG)
    .action(run((options: MeasureOptions) => measure(options, io)));
  forensics.addHelpText('after', () =>
    forensics.commands.map((action) => `\n${action.helpInformation()}`).join(''),
  );
}
