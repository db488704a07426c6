import { BadInputError, COMPLAINT_STATES, ComplaintActBody, ComplaintContent } from '@mingjian/contracts';
import { readTable } from '@mingjian/mapping';
import { listComplaints } from '@mingjian/store';
import { ActRefused } from '../../../monitor/src/acts/act-refused';
import { viewOf } from '../../../monitor/src/complaints/complaint-rights';
import type { ComplaintSeen } from '../../../monitor/src/complaints/complaint-desk';
import {
  presentComplaint,
  presentComplaintRow,
  presentLead,
} from '../../../monitor/src/complaints/present-complaint';
import { COMPLAINT_STATE_NAMES } from '../../../monitor/src/complaints/complaint-words';
import { ReportRefused, takeReport } from '../../../monitor/src/complaints/take-report';
import { hasRole } from '../../../monitor/src/identity/principal';
import { fileOf, idOf, personOf, withDesk, type ActOptions, type CliDesk, type CliPerson } from './act-desk';
import { headingOf, reportOfRow } from './complaint-table';
import { inColumns } from './in-columns';
import type { Io } from './io';
import { EXIT, UsageError } from './io';
import { mattersInWords, matterInWords, say } from './say-matter';

const MOST = 500;

export type ComplaintOptions = ActOptions & {
  /** With import: the name of the system that the file comes from. */
  source?: string;
  policy?: string;
  encoding?: string;
};

/** `mingjian complaint`: complaints (投诉), as the API has them. What is shown is what the account may see. */
export function complaintCommand(
  action: string,
  id: string | undefined,
  options: ComplaintOptions,
  io: Io,
): Promise<number> {
  return withDesk(options, io, async (desk) => {
    const { complaints } = desk.desks;
    const person = await personOf(desk);
    const { who, scope } = person;
    switch (action) {
      case 'list':
        return list(desk, person);
      case 'leads':
        return leads(desk, person);
      case 'show':
        return show(desk, person, await complaints.read(idOf(id), who, scope));
      case 'register':
        return show(
          desk,
          person,
          await complaints.register(await fileOf(desk, ComplaintContent), who, scope, options.key),
        );
      case 'act': {
        const body = await fileOf(desk, ComplaintActBody);
        return show(desk, person, await complaints.act(idOf(id), body, who, scope, options.key));
      }
      case 'import':
        return importTable(desk, person, options);
      default:
        throw new UsageError(
          `complaint ${action}: the actions are list, show, leads, register, act and import`,
        );
    }
  });
}

async function list(desk: CliDesk, { who, scope }: CliPerson): Promise<number> {
  const { store, present, rules, options } = desk;
  const state = COMPLAINT_STATES.find((one) => one === options.state);
  if (options.state !== undefined && state === undefined)
    throw new UsageError(`--state: one of ${COMPLAINT_STATES.join(', ')}`);
  const view = viewOf(who);
  const rows = await listComplaints(store, { state, limit: MOST }, view, scope);
  const { policies } = rules.book.newest.ruleset.document.complaints;
  return say(
    desk,
    {
      complaints: rows.map((row) =>
        presentComplaintRow(row, policies[row.policy]?.name ?? row.policy, view, present),
      ),
    },
    mattersInWords(desk, rows, ({ no, title }) => `${no} ${title}`, 'no complaints'),
  );
}

async function leads({ desks, present, io, options }: CliDesk, { who, scope }: CliPerson): Promise<number> {
  if (!hasRole(who, 'inspector')) throw new UsageError('leads are for inspectors');
  const found = await desks.complaints.leads(who, scope);
  if (options.json)
    await io.out(`${JSON.stringify({ leads: found.map((lead) => presentLead(lead, present)) })}\n`);
  else if (found.length === 0) await io.out('no lead candidates\n');
  else
    await io.out(
      inColumns(
        found.map(({ why, department, kind, count, complaints }) => [
          why,
          department,
          kind,
          String(count),
          complaints.join(' '),
        ]),
      ),
    );
  return EXIT.done;
}

function show(desk: CliDesk, { who }: CliPerson, seen: ComplaintSeen): Promise<number> {
  const { row, facts } = seen;
  const heading = `${row.no}  ${COMPLAINT_STATE_NAMES[facts.state]}  ${row.title}`;
  return say(
    desk,
    { complaint: presentComplaint(seen, viewOf(who), desk.present) },
    matterInWords(desk, heading, seen),
  );
}

/** Takes a hotline's export row by row: good rows are taken, each bad one is told with its place; nothing is taken twice. */
async function importTable(
  { desks, rules, io, options }: CliDesk,
  { who }: CliPerson,
  { source, policy = 'hotline-12345', encoding = 'utf-8' }: ComplaintOptions,
): Promise<number> {
  if (!hasRole(who, 'inspector')) throw new UsageError('complaints are imported by an inspector');
  const { file } = options;
  if (file === undefined || source === undefined || !/^[\w.:-]{1,40}$/.test(source))
    throw new UsageError('give --file FILE.csv or FILE.xlsx, and --source NAME: letters, digits, . : - _');
  const { document } = rules.book.newest.ruleset;
  const site = {
    zone: rules.book.newest.calendar.zone,
    departments: document.departments,
    policies: document.complaints.policies,
    policy,
  };
  let [taken, known, refused] = [0, 0, 0];
  const tell = (line: string): void => {
    refused++;
    io.err(`${line}\n`);
  };
  for await (const record of readTable(file, encoding)) {
    const place = `${file}${record.suffix}`;
    if (!record.ok) {
      const { field, expected, got, hint } = record.problem;
      tell(`${place}: ${field} expected ${expected}, got ${got}; ${hint}`);
      continue;
    }
    try {
      const { report, complainant } = reportOfRow(record.value as Record<string, string>, place, site);
      const { added } = await takeReport(
        desks.complaints,
        { source, by: who.name },
        report,
        io.now(),
        complainant,
      );
      if (added > 0) taken++;
      else known++;
    } catch (error) {
      if (error instanceof BadInputError) tell(error.message);
      else if (error instanceof ReportRefused)
        tell(`${place}: ${headingOf(error.field)} ${error.got}: ${error.message}`);
      else if (error instanceof ActRefused) tell(`${place}: ${error.message}`);
      else throw error;
    }
  }
  await io.out(
    options.json
      ? `${JSON.stringify({ taken, known, refused })}\n`
      : `${taken} rows with something new, ${known} known already, ${refused} refused\n`,
  );
  return refused > 0 ? EXIT.badData : EXIT.done;
}
