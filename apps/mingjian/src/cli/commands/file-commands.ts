import { Option, type Command } from 'commander';
import { backtestCommand, type BacktestOptions } from '../backtest';
import { due, type DueOptions } from '../due';
import { explain, type ExplainOptions } from '../explain';
import type { Io } from '../io';
import { judge, type JudgeOptions } from '../judge';
import { lint, type LintOptions } from '../lint';
import { simulate, type SimulateOptions } from '../simulate';
import { suspensions, type SuspensionsOptions } from '../suspensions';
import { testScenarios, type TestOptions } from '../test-scenarios';
import { whatIfCommand, type WhatIfOptions } from '../what-if';
import { addCalendarCommands } from './calendar-commands';
import { addForensicsCommands } from './forensics-commands';
import { collect, JSON_FLAG, type Run } from './options';

/** Commands that are functions of their files: no data directory, no daemon. */
export function addFileCommands(program: Command, run: Run, io: Io): void {
  program
    .command('due')
    .description('due instant of a limit, or working time between two instants')
    .requiredOption('--calendar <files...>', 'calendar documents, YAML or JSON')
    .option('--from <time>', 'start; without offset in the calendar’s zone')
    .option('--limit <limit>', '20wd, 7wd@time, 160wh, 90wm, 90ws, 60d, 60d!, 56d!@time, 48h')
    .option('--to <time>', 'instead of --limit: working time elapsed until then')
    .addOption(
      new Option('--direction <direction>', 'forward, or back from a due instant').default('forward'),
    )
    .option('--pause <A/B>', 'a suspension, B empty while it is open; repeatable', collect, [])
    .option('--stdin', 'NDJSON questions in, NDJSON answers out')
    .option('--range', 'with --stdin: also between which instants a provisional answer may come to lie')
    .option('--explain', 'list the days')
    .option(...JSON_FLAG)
    .action(run((options: DueOptions) => due(options, io)));

  const judged = (command: Command): Command =>
    command
      .requiredOption('--events <files...>', 'step events: NDJSON, a JSON array, or one object; .gz too')
      .requiredOption('--ruleset <files...>', 'versions of a ruleset')
      .requiredOption('--calendar <files...>', 'calendars that it names')
      .requiredOption('--at <time>', 'instant of the verdict')
      .option('--known-at <time>', 'with what was known then (default: with what is known now)')
      .option(...JSON_FLAG);
  judged(program.command('judge').description('lights of all cases at an instant')).action(
    run((options: JudgeOptions) => judge(options, io)),
  );
  judged(program.command('explain <case>').description('why a case has its light, day by day'))
    .option('--html', 'a page to print')
    .option('--both', 'what was known at that instant beside what is known now, and why it differs')
    .action(run((caseNo: string, options: ExplainOptions) => explain(caseNo, options, io)));
  program
    .command('lint <rulesets...>')
    .description('contradictions and gaps of a ruleset; exit code 1 on errors and warnings')
    .requiredOption('--calendar <files...>', 'calendars that it names')
    .option(
      '--events <files...>',
      'recorded step events: also which rules no case had, and the other way round',
    )
    .option('--strict', 'exit code 1 on notices too')
    .option(...JSON_FLAG)
    .action(run((files: string[], options: LintOptions) => lint(files, options, io)));
  program
    .command('test <paths...>')
    .description('rule tests: scenario files, or folders of them; exit code 1 when one does not hold')
    .option(...JSON_FLAG)
    .action(run((paths: string[], options: TestOptions) => testScenarios(paths, options, io)));
  program
    .command('backtest')
    .description('which cases of the past would have had other lights under other rules')
    .requiredOption('--from <files...>', 'ruleset as it is; several files are versions of one')
    .requiredOption('--to <files...>', 'ruleset as it could be')
    .requiredOption('--calendar <files...>', 'calendars that they name')
    .option('--to-calendar <files...>', 'other calendars for --to')
    .requiredOption('--events <files...>', 'step events: NDJSON, a JSON array, or one object; .gz too')
    .requiredOption('--since <time>', 'first instant whose lights are compared')
    .requiredOption('--until <time>', 'last one; a date alone is its end')
    .option('--promise-for <item>', 'also: the shortest promise of this item in working days …')
    .option('--rate <share>', '… that keeps late cases at or under this share, such as 5%')
    .option(...JSON_FLAG)
    .action(run((options: BacktestOptions) => backtestCommand(options, io)));
  const ofPast = (command: Command): Command =>
    command
      .requiredOption('--events <files...>', 'step events: NDJSON, a JSON array, or one object; .gz too')
      .requiredOption('--ruleset <files...>', 'versions of a ruleset')
      .requiredOption('--calendar <files...>', 'calendars that it names')
      .requiredOption('--since <time>', 'first instant of the time in question')
      .requiredOption('--until <time>', 'last one; a date alone is its end')
      .option(...JSON_FLAG);
  ofPast(
    program
      .command('what-if <item>')
      .description('what another promise of an item would have done, and which step must shrink to keep it')
      .requiredOption('--promise <limit>', 'the other promise: 3wd, 8wh'),
  ).action(run((item: string, options: WhatIfOptions) => whatIfCommand(item, options, io)));
  ofPast(
    program
      .command('suspensions')
      .description('how much each department suspends and extends the cases it decides, the worst first'),
  ).action(run((options: SuspensionsOptions) => suspensions(options, io)));
  addCalendarCommands(program.command('calendar').description('changes of a working calendar'), run, io);
  addForensicsCommands(program.command('forensics').description('signs that times were made up'), run, io);
  program
    .command('simulate')
    .description('step events of a simulated city as NDJSON, in order of arrival')
    .option('--city <name>', 'fangchenggang or handan', 'fangchenggang')
    .option('--seed <seed>', 'the same seed, the same city', 'mingjian')
    .option(
      '--kind <kind>',
      'cases, counts (of convenience items by the day) or complaints (of its hotline)',
      'cases',
    )
    .option('--from <date>', 'first day of submission', '2026-03-02')
    .option('--days <n>', 'days of submission', '1')
    .option('--rate <n>', 'print at most this many events a second; 0 without pause', '0')
    .option(
      '--misconduct [kinds]',
      'what goes wrong: usual, none, all, or kinds with commas; without a value print instead what was injected',
    )
    .option('--truth <file>', 'also write what was injected to this file, as NDJSON')
    .action(run((options: SimulateOptions) => simulate(options, io)));
}
