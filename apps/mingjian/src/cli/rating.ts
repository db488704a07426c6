import { RatingAppealActBody, RatingAppealContent } from '@mingjian/contracts';
import {
  listRatingAppeals,
  listRatings,
  ratingAppealsOfCases,
  ratingStatistics,
  type CaseRatingRow,
  type RatingFilter,
} from '@mingjian/store';
import {
  presentRating,
  presentRatingAppeal,
  presentRatingAppealRow,
  presentRatingSums,
} from '../../../monitor/src/ratings/present-rating';
import type { RatingAppealSeen } from '../../../monitor/src/ratings/rating-appeal-desk';
import { RATING_APPEAL_STATE_NAMES, RATING_GRADE_NAMES } from '../../../monitor/src/ratings/rating-words';
import { monthsBetween } from '../../../monitor/src/reports/report-months';
import { fileOf, idOf, personOf, withDesk, type ActOptions, type CliDesk, type CliPerson } from './act-desk';
import { inColumns } from './in-columns';
import type { Io } from './io';
import { EXIT, UsageError } from './io';
import { mattersInWords, matterInWords, say } from './say-matter';

const MOST = 500;

export type RatingOptions = ActOptions & {
  department?: string;
  item?: string;
  grade?: string;
  month?: string;
  waiting?: string;
  overdue?: boolean;
};

/** `mingjian rating`: ratings (好差评) and appeals against them, as the API has them. What is shown is what the account may see. */
export function ratingCommand(
  action: string,
  id: string | undefined,
  options: RatingOptions,
  io: Io,
): Promise<number> {
  return withDesk(options, io, async (desk) => {
    const { ratingAppeals } = desk.desks;
    const person = await personOf(desk);
    const { who, scope } = person;
    switch (action) {
      case 'list':
        return list(desk, person, options);
      case 'statistics':
        return statistics(desk, person);
      case 'appeals':
        return appeals(desk, person, options);
      case 'show':
        return show(desk, await ratingAppeals.read(idOf(id), scope));
      case 'appeal': {
        const content = await fileOf(desk, RatingAppealContent);
        return show(desk, await ratingAppeals.file(content, who, scope, options.key));
      }
      case 'act': {
        const body = await fileOf(desk, RatingAppealActBody);
        return show(desk, await ratingAppeals.act(idOf(id), body, who, scope, options.key));
      }
      default:
        throw new UsageError(
          `rating ${action}: the actions are list, statistics, appeals, show, appeal and act`,
        );
    }
  });
}

async function list(
  desk: CliDesk,
  { scope }: CliPerson,
  { department, item, grade, month, waiting, overdue }: RatingOptions,
): Promise<number> {
  const { store, present, io, options } = desk;
  if (waiting !== undefined && waiting !== 'contact' && waiting !== 'rectification')
    throw new UsageError('--waiting: contact or rectification');
  if (grade !== undefined && !/^[1-5]$/.test(grade)) throw new UsageError('--grade: 1 to 5, 1 the worst');
  const now = io.now();
  const filter: RatingFilter = {
    ...{ department, item, month: monthOf('--month', month), overdue, now, limit: MOST },
    grade: grade === undefined ? undefined : Number(grade),
    waiting,
  };
  const rows = await listRatings(store, filter, scope);
  if (options.json) {
    const appealed = await ratingAppealsOfCases(store, [...new Set(rows.map(({ caseNo }) => caseNo))]);
    const of = ({ caseNo, source, eventId }: CaseRatingRow) =>
      appealed.filter((one) => one.caseNo === caseNo && one.source === source && one.eventId === eventId);
    const ratings = rows.map((row) => presentRating(row, of(row), now, present));
    await io.out(`${JSON.stringify({ ratings })}\n`);
  } else if (rows.length === 0) await io.out('no ratings\n');
  else
    await io.out(
      inColumns(
        rows.map((row) => [
          present.time(row.ratedAt),
          `${row.grade} ${RATING_GRADE_NAMES[row.grade] ?? ''}`,
          row.realName === 1 ? 'named' : '-',
          row.department ?? '-',
          row.caseNo,
          `call ${answered(row.contactDueAt, row.contactedAt, now)}`,
          `correction ${answered(row.rectifyDueAt, row.rectifiedAt, now)}`,
        ]),
      ),
    );
  return EXIT.done;
}

function answered(dueAt: number | null, doneAt: number | null, now: number): string {
  if (doneAt !== null && doneAt <= now) return dueAt !== null && doneAt > dueAt ? 'late' : 'done';
  if (dueAt === null) return '-';
  return dueAt < now ? 'overdue' : 'waits';
}

async function statistics(desk: CliDesk, { scope }: CliPerson): Promise<number> {
  const { store, present, io, options } = desk;
  const [since, until] = [monthOf('--since', options.since), monthOf('--until', options.until)];
  if (since === undefined || until === undefined)
    throw new UsageError('rating statistics needs --since YYYY-MM and --until YYYY-MM');
  const groups = await ratingStatistics(store, monthsBetween(since, until), io.now(), scope);
  if (options.json) {
    const departments = groups.map(({ department, sums }) => ({
      ...{ department, departmentName: present.departmentName(department) },
      ...presentRatingSums(sums),
    }));
    await io.out(`${JSON.stringify({ since, until, departments })}\n`);
  } else
    await io.out(
      inColumns([
        ['department', 'ratings', 'bad', 'upheld', 'named', 'called', 'in time', 'corrected', 'in time'],
        ...groups.map(({ department, sums }) => [
          department ?? '-',
          ...[sums.ratings, sums.bad, sums.upheld, sums.named].map(String),
          ...[sums.contacted, sums.contactedInTime, sums.rectified, sums.rectifiedInTime].map(String),
        ]),
      ]),
    );
  return EXIT.done;
}

async function appeals(desk: CliDesk, { scope }: CliPerson, { department }: RatingOptions): Promise<number> {
  const { store, present } = desk;
  const rows = await listRatingAppeals(store, { department, limit: MOST }, scope);
  return say(
    desk,
    { appeals: rows.map((row) => presentRatingAppealRow(row, present)) },
    mattersInWords(desk, rows, ({ no, caseNo }) => `${no} ${caseNo}`, 'no appeals against ratings'),
  );
}

function show(desk: CliDesk, seen: RatingAppealSeen): Promise<number> {
  const { row, facts } = seen;
  const grade = RATING_GRADE_NAMES[row.grade] ?? row.grade;
  const heading = `${row.no}  ${RATING_APPEAL_STATE_NAMES[facts.state]}  ${row.caseNo}  ${grade}`;
  return say(desk, { appeal: presentRatingAppeal(seen, desk.present) }, matterInWords(desk, heading, seen));
}

function monthOf(option: string, text: string | undefined): string | undefined {
  if (text !== undefined && !/^\d{4}-(0[1-9]|1[0-2])$/.test(text))
    throw new UsageError(`${option}: a month, written YYYY-MM`);
  return text;
}
