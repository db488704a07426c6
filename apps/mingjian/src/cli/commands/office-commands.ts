import type { Command } from 'commander';
import type { ActOptions } from '../act-desk';
import type { ComplaintOptions } from '../complaint';
import type { DraftOptions } from '../draft-desk';
import type { Io } from '../io';
import type { RatingOptions } from '../rating';
import type { ReportOptions } from '../report';
import type { UserOptions } from '../user';
import { collect, DATA_DIR, JSON_FLAG, type Run } from './options';

/* What the daemon needs to load is loaded only by commands that need it: see program.ts. */
/* eslint-disable @typescript-eslint/no-require-imports */
const user = () => require('../user') as typeof import('../user');
const draft = () => require('../draft') as typeof import('../draft');
const order = () => require('../order') as typeof import('../order');
const appeal = () => require('../appeal') as typeof import('../appeal');
const complaint = () => require('../complaint') as typeof import('../complaint');
const rating = () => require('../rating') as typeof import('../rating');
const reporting = () => require('../report') as typeof import('../report');
/* eslint-enable @typescript-eslint/no-require-imports */

/** What people of the office do, who they are, and what comes of it. */
export function addOfficeCommands(program: Command, run: Run, io: Io): void {
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
    .option(
      '--kind <kind>',
      'with begin and export: ruleset (default), calendar, recipients, scheme, sources or mapping',
    )
    .option(
      '--document <name>',
      'with begin and export: which mapping; a name that nobody uses begins a new one',
    )
    .option('--from-version <version>', 'with begin: an older version to go back to; with export: which')
    .option('--revert <id>', 'with begin: an approved draft that is taken back')
    .option('--reason <text>', 'with submit: why the rules are to change')
    .option(
      '--in-force-from <date>',
      'with submit: first day of the new ruleset, or of the month of the new scheme',
    )
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
    .option('--known-at <time>', 'with what was known then (default: with what is known now)')
    .option('--format <format>', 'text, json, csv, html, xlsx or docx (default: text)')
    .option('-o, --out <file>', 'write to this file')
    .option(...DATA_DIR)
    .option(...JSON_FLAG)
    .action(run((what: string, options: ReportOptions) => reporting().reportCommand(what, options, io)));
}
