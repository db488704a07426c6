import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { linesOf, ROOT, runProduct, Workspace } from './product';

/**
 * What other software computes, asked of `mingjian due --stdin` through the built product, all of it in one run.
 * The vectors are facts about (calendar, question) → answer; only the way a question is put is ours.
 */

interface GlpiCalendar {
  weekly: Record<string, [string, string][]>;
}
interface GlpiVector {
  op: string;
  calendar: string;
  portable?: boolean;
  start: string;
  end: string;
  at: string;
  date: string;
  days: number;
  endOfWorkingDay: boolean;
  expectedEnd: string;
  expectedWorkingMinutes: number;
  expected: boolean;
  weekday: 'mon' | 'tue';
  startTime: string;
  minutes: number;
  expectedTime: string | null;
}
interface CnVectors {
  addWorkingDays: { start: string; days: number; expected: string }[];
  workingDaysInclusive: { start: string; end: string; expected: number }[];
}

/** A question as the product reads it, and what must come out of its answer. */
interface Asked {
  name: string;
  question: Record<string, unknown>;
  /** Of the answer, the part that the vector speaks of. */
  read: (answer: Record<string, unknown>) => unknown;
  expected: unknown;
}

const ZONE = 'Asia/Shanghai';
const OFFSET = '+08:00';
/** A Monday and the Tuesday after it, for vectors that name a weekday only. */
const DATE_OF = { mon: '2019-01-07', tue: '2019-01-08' };

const readVectors = <T>(file: string): T =>
  JSON.parse(readFileSync(join(ROOT, 'test/vectors', file), 'utf8')) as T;
const glpi = readVectors<{ calendars: Record<string, GlpiCalendar>; vectors: GlpiVector[] }>(
  'glpi_calendar.json',
);
const cn = readVectors<CnVectors>('cn_working_days.json');

const wallTime = (answer: Record<string, unknown>): unknown =>
  typeof answer.dueAt === 'string' ? answer.dueAt.slice(0, 19).replace('T', ' ') : answer.dueAt;
const date = (answer: Record<string, unknown>): unknown =>
  typeof answer.dueAt === 'string' ? answer.dueAt.slice(0, 10) : answer.dueAt;
const dayBefore = (day: string): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10);

function askGlpi(vector: GlpiVector, index: number): Asked[] {
  const { op, calendar } = vector;
  const name = `${index}: ${JSON.stringify(vector)}`;
  switch (op) {
    case 'addWorkingDays':
      return vector.endOfWorkingDay ? askClosingTime(vector, name) : [askSameTime(vector, name)];
    case 'workingMinutesBetween': {
      const question = { op: 'elapsed', calendar, from: vector.start, to: vector.end };
      const expected = vector.expectedWorkingMinutes * 60_000;
      return [{ name, question, read: (answer) => answer.workingMs, expected }];
    }
    case 'isWorkingDay': {
      const question = { op: 'open', calendar, at: `${vector.date} 12:00:00` };
      return [{ name, question, read: (answer) => answer.workingDay, expected: vector.expected }];
    }
    case 'isWorkingMoment': {
      const question = { op: 'open', calendar, at: vector.at };
      return [{ name, question, read: (answer) => answer.open, expected: vector.expected }];
    }
    case 'addMinutesWithinOneDay':
      return [askWithinOneDay(vector, name)];
    default:
      throw new Error(`vector ${name}: no such operation is known here`);
  }
}

/** n working days later (or earlier) at the same time of day. */
function askSameTime({ calendar, start, days, expectedEnd }: GlpiVector, name: string): Asked {
  const direction = days < 0 ? 'back' : 'forward';
  const question = { calendar, from: start, limit: `${Math.abs(days)}wd@time`, direction };
  return { name, question, read: wallTime, expected: expectedEnd };
}

/**
 * The vector's answer is the closing time of the last working day. Ours is the end of that day (forwards) or its start
 * (backwards), as the law counts; so two questions are asked: which day is it, and is its last opening minute open
 * while the closing instant itself is not.
 */
function askClosingTime({ calendar, start, days, expectedEnd }: GlpiVector, name: string): Asked[] {
  const closing = Date.parse(`${expectedEnd.replace(' ', 'T')}${OFFSET}`);
  const before = new Date(closing - 60_000).toISOString();
  const direction = days < 0 ? 'back' : 'forward';
  const day = new Date(closing - 60_000 + 8 * 3_600_000).toISOString().slice(0, 10);
  const opened = (answer: Record<string, unknown>): unknown => answer.open;
  return [
    {
      name: `${name}, the day`,
      question: { calendar, from: start, limit: `${Math.abs(days)}wd`, direction },
      read: date,
      expected: day,
    },
    {
      name: `${name}, a minute before closing`,
      question: { op: 'open', calendar, at: before },
      read: opened,
      expected: true,
    },
    // A calendar that never closes on a working day is open at midnight too: nothing to ask there.
    ...(calendar === '5x24'
      ? []
      : [
          {
            name: `${name}, at closing`,
            question: { op: 'open', calendar, at: expectedEnd },
            read: opened,
            expected: false,
          },
        ]),
  ];
}

/** Where the vector says that the minutes do not fit into the day, our answer lies on another day. */
function askWithinOneDay(
  { calendar, weekday, startTime, minutes, expectedTime }: GlpiVector,
  name: string,
): Asked {
  const on = DATE_OF[weekday];
  const direction = minutes < 0 ? 'back' : 'forward';
  const question = { calendar, from: `${on} ${startTime}`, limit: `${Math.abs(minutes)}wm`, direction };
  if (expectedTime !== null) return { name, question, read: wallTime, expected: `${on} ${expectedTime}` };
  return { name, question, read: (answer) => date(answer) === on, expected: false };
}

const questions: Asked[] = [
  ...glpi.vectors.filter(({ portable }) => portable !== false).flatMap(askGlpi),
  ...cn.addWorkingDays.map(({ start, days, expected }) => ({
    name: `cn: ${days} working days after ${start}`,
    question: { calendar: 'cn', from: start, limit: `${days}wd` },
    read: date,
    expected,
  })),
  ...cn.workingDaysInclusive.map(({ start, end, expected }) => ({
    name: `cn: working days from ${start} to ${end}`,
    question: { op: 'elapsed', calendar: 'cn', from: dayBefore(start), to: end },
    read: (answer: Record<string, unknown>) => answer.workingDays,
    expected,
  })),
];

describe('the portable vectors of other software', () => {
  const workspace = new Workspace();
  afterAll(() => workspace.remove());

  it('all pass through due --stdin', async () => {
    const calendars = Object.entries(glpi.calendars).map(([calendar, { weekly }]) =>
      workspace.write(`${calendar}.json`, { calendar, timezone: ZONE, weekly }),
    );
    const { code, out, err } = await runProduct(
      [
        'due',
        '--stdin',
        ...[...calendars, join(ROOT, 'rulesets/calendars/cn.yaml')].flatMap((file) => ['--calendar', file]),
      ],
      { input: questions.map(({ question }, id) => JSON.stringify({ id, ...question })).join('\n') },
    );
    expect({ code, err }).toEqual({ code: 0, err: '' });
    const answers = linesOf<Record<string, unknown>>(out);
    expect(answers.map(({ id }) => id)).toEqual(questions.map((_, id) => id));
    const wrong = questions.flatMap(({ name, read, expected }, id) => {
      const got = read(answers[id]!);
      return got === expected ? [] : [{ name, expected, got, answer: answers[id] }];
    });
    expect(wrong).toEqual([]);
  });

  it('are as many as the files hold, the quirks of one tool left out', () => {
    expect(glpi.vectors.filter(({ portable }) => portable === false)).toHaveLength(2);
    expect(questions.length).toBeGreaterThan(37 + 591 + 75);
  });
});
