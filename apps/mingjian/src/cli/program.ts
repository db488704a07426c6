import { Command, CommanderError, Option } from 'commander';
import { BadInputError, problemText } from '@mingjian/contracts';
import { ConfigError } from '@mingjian/runtime';
import type { DaemonOptions } from '../daemon/run-daemon';
import { backtestCommand, type BacktestOptions } from './backtest';
import type { BackupOptions } from './backup';
import { examine, measure, type ExamineOptions, type MeasureOptions } from './forensics';
import { importNotice, type ImportNoticeOptions } from './calendar';
import { closePlace, type CloseOptions } from './calendar-close';
import { due, type DueOptions } from './due';
import { explain, type ExplainOptions } from './explain';
import type { FeedOptions } from './feed';
import type { ImportCommandOptions } from './import';
import type { Io } from './io';
import { EXIT, UsageError } from './io';
import { judge, type JudgeOptions } from './judge';
import { lint, type LintOptions } from './lint';
import type { HandoverOptions } from './handover';
import type { LedgerOptions, LedgerVerifyOptions } from './ledger';
import type { NotifyOptions } from './notify';
import type { QuarantineOptions } from './quarantine';
import type { ReportOptions } from './report';
import type { RestoreOptions } from './restore';
import { simulate, type SimulateOptions } from './simulate';
import type { DirOption, SourceOptions } from './source';
import { suspensions, type SuspensionsOptions } from './suspensions';
import type { ActOptions } from './act-desk';
import type { DraftOptions } from './draft-desk';
import type { ComplaintOptions } from './complaint';
import type { RatingOptions } from './rating';
import type { UserOptions } from './user';
import { testScenarios, type TestOptions } from './test-scenarios';
import { whatIfCommand, type WhatIfOptions } from './what-if';

/* The daemon, its database and its framework take half a second to load: only commands that need them pay for it. */
/* eslint-disable @typescript-eslint/no-require-imports */
const daemon = () => require('../daemon/run-daemon') as typeof import('../daemon/run-daemon');
const importing = () => require('./import') as typeof import('./import');
const feeding = () => require('./feed') as typeof import('./feed');
const notify = () => require('./notify') as typeof import('./notify');
const quarantine = () => require('./quarantine') as typeof import('./quarantine');
const packages = () => require('./handover-verify') as typeof import('./handover-verify');
const handover = () => require('./handover') as typeof import('./handover');
const ledger = () => require('./ledger') as typeof import('./ledger');
const source = () => require('./source') as typeof import('./source');
const replaying = () => require('./replay') as typeof import('./replay');
const user = () => require('./user') as typeof import('./user');
const draft = () => require('./draft') as typeof import('./draft');
const order = () => require('./order') as typeof import('./order');
const appeal = () => require('./appeal') as typeof import('./appeal');
const complaint = () => require('./complaint') as typeof import('./complaint');
const rating = () => require('./rating') as typeof import('./rating');
const reporting = () => require('./report') as typeof import('./report');
const doctor = () => require('./doctor') as typeof import('./doctor');
const backingUp = () => require('./backup') as typeof import('./backup');
const restoring = () => require('./restore') as typeof import('./restore');
/* eslint-enable @typescript-eslint/no-require-imports */

const collect = (value: string, earlier: string[] = []): string[] => [...earlier, value];
const JSON_FLAG = ['--json', 'print JSON for programs'] as const;
const DATA_DIR = [
  '--data-dir <dir>',
  'where the daemon keeps its data (default: live below MINGJIAN_DATA_DIR)',
] as const;

/**
 * The command line. Each command is useful to a person and is how results are compared with other software: what it
 * prints is a contract.
 * @returns the exit code: 0 done, 1 findings, 64 bad usage, 65 bad data, 70 our fault, 78 bad settings.
 */
export async function runCli(args: readonly string[], io: Io): Promise<number> {
  let code: number = EXIT.done;
  const run = <A extends unknown[]>(action: (...args: A) => Promise<number>) => {
    return async (...given: A): Promise<void> => {
      code = await action(...given);
    };
  };
  const program = buildProgram(run, io);
  try {
    await program.parseAsync(args, { from: 'user' });
    return code;
  } catch (error) {
    return failure(error, io);
  }
}

function failure(error: unknown, io: Io): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.done : EXIT.usage;
  if (error instanceof UsageError) {
    io.err(`mingjian: ${error.message}\n`);
    return EXIT.usage;
  }
  if (error instanceof ConfigError) {
    io.err(`mingjian: ${error.message}\n`);
    return EXIT.config;
  }
  if (error instanceof BadInputError) {
    for (const problem of error.problems) io.err(`${problemText(problem)}\n`);
    return EXIT.badData;
  }
  io.err(
    `mingjian: a fault of ours: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
  );
  return EXIT.software;
}

type Run = <A extends unknown[]>(action: (...args: A) => Promise<number>) => (...given: A) => Promise<void>;

function buildProgram(run: Run, io: Io): Command {
  const program = new Command('mingjian')
    .description(
      '明鉴 Mingjian: lights over the time limits of administrative procedures, with their reasons',
    )
    .exitOverride()
    .configureOutput({ writeOut: (text) => void io.out(text), writeErr: (text) => io.err(text) });
  addPureCommands(program, run, io);
  addDaemonCommands(program, run, io);
  // Sub-commands do not inherit these two.
  for (const command of program.commands.flatMap((direct) => [direct, ...direct.commands]))
    command
      .exitOverride()
      .configureOutput({ writeOut: (text) => void io.out(text), writeErr: (text) => io.err(text) });
  return program;
}

/** Commands that are functions of their files: no data directory, no daemon. */
function addPureCommands(program: Command, run: Run, io: Io): void {
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

/** Previews of what a notice or a closure changes; only --write writes. */
function addCalendarCommands(calendar: Command, run: Run, io: Io): void {
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

/** Both print what was found and exit with 1 where a person should look. */
function addForensicsCommands(forensics: Command, run: Run, io: Io): void {
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

/** Commands that work on a data directory. */
function addDaemonCommands(program: Command, run: Run, io: Io): void {
  program
    .command('start')
    .description('the daemon: collector and monitor in one process')
    .option('--no-demo', 'without the simulated city')
    .option('--real-time', 'simulated city on the real clock')
    .option('--input <file>', 'feed this file (implies --no-demo)')
    .option('--mapping <file>', 'how to read it; step-events for NDJSON step events')
    .action(run((options: DaemonOptions) => daemon().runDaemon(options, io)));
  program
    .command('import <files...>')
    .description('a delivery through the collector; what does not fit goes to quarantine with its line')
    .requiredOption('--mapping <file>', 'mapping document, or step-events')
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
    .option('--mapping <file>', 'for a record in a department’s own form')
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
  const acted = (command: Command): Command =>
    command
      .option('--by <account>', 'the account that acts')
      .option('--file <file>', 'what is issued or done, YAML or JSON: docs/orders-and-appeals.md')
      .option('--key <key>', 'submitted again with it, the act is done once')
      .option('--state <state>', 'only those in this state')
      .option(...DATA_DIR)
      .option(...JSON_FLAG);
  acted(
    program
      .command('order <action> [id]')
      .description('list | show ID | print ID | receipt ID | issue --file F --by A | act ID --file F --by A'),
  ).action(
    run((action: string, id: string | undefined, options: ActOptions) =>
      order().orderCommand(action, id, options, io),
    ),
  );
  acted(
    program
      .command('draft <action> [id]')
      .description(
        'list | show ID | diff ID | begin --by A | save ID --file F --by A | submit ID --reason T --in-force-from D --by A | ' +
          'recall | approve ID --by B | return ID --note T --by B | discard | rebase | versions | export',
      ),
  )
    .option('--kind <kind>', 'with begin and export: ruleset (default) or calendar')
    .option('--from-version <version>', 'with begin: an older version to go back to; with export: which')
    .option('--revert <id>', 'with begin: an approved draft that is taken back')
    .option('--reason <text>', 'with submit: why the rules are to change')
    .option('--in-force-from <date>', 'with submit: first day of the new ruleset')
    .option('--note <text>', 'with approve and return: what is to be said about it')
    .action(
      run((action: string, id: string | undefined, options: DraftOptions) =>
        draft().draftCommand(action, id, options, io),
      ),
    );
  acted(
    program
      .command('appeal <action> [id]')
      .description(
        'list | show ID | file --file F --by A | act ID --file F --by A | statistics --since T --until T',
      ),
  )
    .option('--since <time>', 'with statistics: lights that became true from then on')
    .option('--until <time>', '… and before then')
    .action(
      run((action: string, id: string | undefined, options: ActOptions) =>
        appeal().appealCommand(action, id, options, io),
      ),
    );
  acted(
    program
      .command('card <action> [id]')
      .description(
        'list | show ID | issue --file F --by A | withdraw ID --file F --by A | waiting | decide ID --file F --by A',
      ),
  ).action(
    run((action: string, id: string | undefined, options: ActOptions) =>
      appeal().cardCommand(action, id, options, io),
    ),
  );
  acted(
    program
      .command('complaint <action> [id]')
      .description(
        'list | show ID | leads | register --file F | act ID --file F | import --file F.csv --source NAME; all --by A',
      ),
  )
    .option('--source <name>', 'with import: the system that the file comes from')
    .option('--policy <key>', 'with import: the policy of rows that name none (default: hotline-12345)')
    .option('--encoding <name>', 'with import: of a CSV file, such as gb18030 (default: utf-8)')
    .action(
      run((action: string, id: string | undefined, options: ComplaintOptions) =>
        complaint().complaintCommand(action, id, options, io),
      ),
    );
  acted(
    program
      .command('rating <action> [id]')
      .description(
        'list | statistics --since M --until M | appeals | show ID | appeal --file F | act ID --file F; all --by A',
      ),
  )
    .option('--department <code>', 'with list, appeals: of this department')
    .option('--item <code>', 'with list: of this item')
    .option('--grade <n>', 'with list: 1 the worst, 5 the best')
    .option('--month <month>', 'with list: rated in this month, YYYY-MM')
    .option(
      '--waiting <answer>',
      'with list: bad ones without a call (contact) or not put right (rectification)',
    )
    .option('--overdue', 'with list --waiting: only those whose limit has run out')
    .option('--since <month>', 'with statistics: first month')
    .option('--until <month>', 'with statistics: last month')
    .action(
      run((action: string, id: string | undefined, options: RatingOptions) =>
        rating().ratingCommand(action, id, options, io),
      ),
    );
  program
    .command('user <action> [name]')
    .description(
      'list | add NAME --role R… | reset NAME | disable NAME | enable NAME | unlock NAME | role NAME --role R… | rotate-keys: who may sign in',
    )
    .option(
      '--role <role>',
      'inspector, department-head, post, administrator, auditor or operator; repeatable',
      collect,
    )
    .option('--department <code>', 'department of a department head or post')
    .option('--district <code>', 'district that a supervisor is limited to')
    .option('--display-name <name>', 'what people call them')
    .option('--drop-second-factor', 'with reset: also forget the second factor')
    .option(...DATA_DIR)
    .option(...JSON_FLAG)
    .action(
      run((action: string, name: string | undefined, options: UserOptions) =>
        user().userCommand(action, name, options, io),
      ),
    );
  program
    .command('report <what>')
    .description('statistics | scores | bulletin: the figures of months, in Chinese, as the API has them')
    .option('--month <month>', 'the month, YYYY-MM')
    .option(
      '--since [month]',
      'with statistics: the first month; with bulletin, no value: what changed since it was published',
    )
    .option('--until <month>', 'with statistics: the last month')
    .option(
      '--by <dimension>',
      'with statistics: month, department, district, hall, item, class, post or officer (default: department)',
    )
    .option('--level <level>', 'with --by district: roll up to city, county, town or village')
    .option('--department <code>', 'only this department')
    .option('--district <code>', 'with statistics: only this district and those below it')
    .option('--item <code>', 'with statistics: only this item')
    .option('--id <id>', 'with bulletin: the archived one to compare with')
    .option('--format <format>', 'text, json, csv, html, xlsx or docx (default: text)')
    .option('-o, --out <file>', 'write to this file')
    .option(...DATA_DIR)
    .option(...JSON_FLAG)
    .action(run((what: string, options: ReportOptions) => reporting().reportCommand(what, options, io)));
  addHandoverCommands(program.command('handover').description('packages for the inspection office'), run, io);
  addLedgerCommands(program.command('ledger').description('the ledger that outsiders can verify'), run, io);
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

/** What is written for ever, signed each day, and verified with nothing but the export. */
function addLedgerCommands(group: Command, run: Run, io: Io): void {
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

/** One package for the inspection office and one for the unit concerned, which is not told who complained. */
function addHandoverCommands(group: Command, run: Run, io: Io): void {
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
