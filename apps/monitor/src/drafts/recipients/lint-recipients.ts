import {
  NOTICE_GRADES,
  type NoticeGrade,
  type Recipient,
  type RecipientEntry,
  type RecipientsDocument,
} from '@mingjian/contracts';
import { dateTextOf, recipientsOf, type RuleBook, type WorkingCalendar } from '@mingjian/rules';
import { RecipientBook } from '../../notify/recipient-book';

/** What can be wrong with recipients that fit their schema. */
export const RECIPIENT_CODES = [
  'department-untold',
  'department-without-own',
  'grade-untold',
  'role-without-holder',
  'ladder-ends',
  'ladder-left-out',
  'deputy-circle',
  'deputy-away',
  'absence-reversed',
  'without-channel',
  'department-unknown',
  'post-unknown',
  'channel-unused',
] as const;
export type RecipientCode = (typeof RECIPIENT_CODES)[number];

/** One finding: what, where in the document, and of whom. */
export interface RecipientFinding {
  code: RecipientCode;
  severity: 'error' | 'warning' | 'notice';
  path: string[];
  /** What it is about, for people: names of departments, roles. */
  about: string;
}

const OWN: readonly Recipient[] = ['post', 'department-head'];

/**
 * What nobody would notice before it is too late: departments and grades that nobody is told of, ladders that end nowhere, deputies
 * who are away themselves. Pure. @param now the day from which absences count, epoch milliseconds.
 */
export function lintRecipients(
  document: RecipientsDocument,
  rules: RuleBook,
  calendars: ReadonlyMap<string, WorkingCalendar>,
  now: number,
): RecipientFinding[] {
  const { ruleset, calendar } = rules.newest;
  const book = new RecipientBook(document, calendars, calendar);
  const holders = new Map<Recipient, string[]>();
  for (const [id, { roles, via }] of Object.entries(document.people))
    for (const role of roles)
      if (Object.keys(via).length > 0) holders.set(role, [...(holders.get(role) ?? []), id]);
  const rolesOf = (grade: 'yellow' | 'red'): readonly Recipient[] => recipientsOf(ruleset, null, grade);
  return [
    ...departmentFindings(book, ruleset.document.departments, rolesOf('red'), now),
    ...gradeFindings(book, holders, rolesOf, Object.keys(ruleset.document.departments), now),
    ...ladderFindings(document, holders, rolesOf),
    ...peopleFindings(document, dateTextOf(calendar.dayOf(now))),
    ...codeFindings(document, ruleset.document),
  ];
}

function departmentFindings(
  book: RecipientBook,
  departments: Readonly<Record<string, { name: string }>>,
  roles: readonly Recipient[],
  now: number,
): RecipientFinding[] {
  return Object.entries(departments).flatMap(([department, { name }]): RecipientFinding[] => {
    const notice = { kind: 'light' as const, grade: 'red' as const, department, post: null };
    const isTold = (among: readonly Recipient[]): boolean =>
      book.tell({ ...notice, roles: among }, now).some(({ entry }) => hasChannel(entry));
    const about = `${name}（${department}）`;
    if (!isTold(roles)) return [{ code: 'department-untold', severity: 'error', path: ['people'], about }];
    if (isTold(OWN)) return [];
    return [{ code: 'department-without-own', severity: 'warning', path: ['people'], about }];
  });
}

/** Grades of a kind that nobody in any department is told of, and single roles without a holder. */
function gradeFindings(
  book: RecipientBook,
  holders: ReadonlyMap<Recipient, readonly string[]>,
  rolesOf: (grade: 'yellow' | 'red') => readonly Recipient[],
  departments: readonly string[],
  now: number,
): RecipientFinding[] {
  const { told } = book.document;
  const findings: RecipientFinding[] = [];
  const missing = new Map<Recipient, string[]>();
  const note = (role: Recipient, path: string[]): void => {
    if (!holders.has(role) && !missing.has(role)) missing.set(role, path);
  };
  for (const [kind, byGrade] of Object.entries(told))
    for (const [grade, roles] of Object.entries(byGrade)) {
      const path = ['told', kind, grade];
      if (roles.length > 0 && !roles.some((role) => holders.has(role)))
        findings.push({ code: 'grade-untold', severity: 'error', path, about: grade });
      else for (const role of roles) note(role, path);
    }
  for (const grade of NOTICE_GRADES) {
    const roles = grade === 'info' ? null : rolesOf(grade);
    const isTold = [...departments, null].some(
      (department) => book.tell({ ...noticeOf(grade), department, roles }, now).length > 0,
    );
    if (!isTold) findings.push({ code: 'grade-untold', severity: 'error', path: ['people'], about: grade });
    for (const role of roles ?? []) note(role, ['people']);
  }
  for (const [role, path] of missing)
    findings.push({ code: 'role-without-holder', severity: 'warning', path, about: role });
  return findings;
}

function noticeOf(grade: NoticeGrade): { kind: 'light' | 'order'; grade: NoticeGrade; post: null } {
  return { kind: grade === 'info' ? 'order' : 'light', grade, post: null };
}

/** Who must acknowledge and does not is passed up the ladder: there must be somebody. */
function ladderFindings(
  { acknowledge, ladder }: RecipientsDocument,
  holders: ReadonlyMap<Recipient, readonly string[]>,
  rolesOf: (grade: 'yellow' | 'red') => readonly Recipient[],
): RecipientFinding[] {
  const findings: RecipientFinding[] = [];
  for (const grade of ['yellow', 'red'] as const) {
    if (acknowledge[grade] === undefined) continue;
    for (const role of rolesOf(grade)) {
      if (!holders.has(role)) continue;
      const place = ladder.indexOf(role);
      const about = role;
      if (place === -1)
        findings.push({ code: 'ladder-left-out', severity: 'warning', path: ['ladder'], about });
      // At the top there is nobody above, by design; below it there must be.
      else if (place < ladder.length - 1 && !ladder.slice(place + 1).some((above) => holders.has(above)))
        findings.push({ code: 'ladder-ends', severity: 'error', path: ['ladder', String(place)], about });
    }
  }
  // The same role of yellow and of red is told once.
  return findings.filter(
    ({ code, about }, index) =>
      findings.findIndex((other) => other.code === code && other.about === about) === index,
  );
}

function peopleFindings({ people }: RecipientsDocument, today: string): RecipientFinding[] {
  const findings: RecipientFinding[] = [];
  for (const [id, entry] of Object.entries(people)) {
    const say = (code: RecipientCode, severity: RecipientFinding['severity'], ...rest: string[]): void =>
      void findings.push({ code, severity, path: ['people', id, ...rest], about: entry.name });
    if (!hasChannel(entry)) say('without-channel', 'warning', 'via');
    if (isInCircle(people, id)) say('deputy-circle', 'error', 'deputy');
    entry.absent.forEach(({ from, through }, index) => {
      if (through < from) say('absence-reversed', 'error', 'absent', String(index));
      const deputy = entry.deputy === undefined ? undefined : people[entry.deputy];
      if (through < today || deputy === undefined || deputy.deputy !== undefined) return;
      if (deputy.absent.some((other) => other.from <= through && from <= other.through))
        say('deputy-away', 'warning', 'deputy');
    });
  }
  return findings;
}

/** Whether somebody's deputies lead back to him. */
function isInCircle(people: RecipientsDocument['people'], id: string): boolean {
  const seen = new Set<string>();
  for (let at = people[id]?.deputy; at !== undefined && !seen.has(at); at = people[at]?.deputy) {
    if (at === id) return true;
    seen.add(at);
  }
  return false;
}

/** Codes of departments and posts that no rule knows, channels that nobody is reached by. */
function codeFindings(
  { people, channels }: RecipientsDocument,
  { departments, items }: RuleBook['newest']['ruleset']['document'],
): RecipientFinding[] {
  const posts = new Set(
    Object.values(items).flatMap(({ steps = {} }) => Object.values(steps).map(({ post }) => post)),
  );
  const used = new Set(Object.values(people).flatMap(({ via }) => Object.keys(via)));
  const findings: RecipientFinding[] = [];
  for (const [id, entry] of Object.entries(people)) {
    const unknown = (entry.departments ?? []).filter((code) => departments[code] === undefined);
    const path = (member: string): string[] => ['people', id, member];
    if (unknown.length > 0)
      findings.push({
        ...{ code: 'department-unknown', severity: 'warning', path: path('departments') },
        about: unknown.join('、'),
      });
    const noPost = (entry.posts ?? []).filter((code) => !posts.has(code));
    if (noPost.length > 0)
      findings.push({
        ...{ code: 'post-unknown', severity: 'notice', path: path('posts') },
        about: noPost.join('、'),
      });
  }
  for (const id of Object.keys(channels))
    if (!used.has(id))
      findings.push({ code: 'channel-unused', severity: 'notice', path: ['channels', id], about: id });
  return findings;
}

function hasChannel({ via }: RecipientEntry): boolean {
  return Object.keys(via).length > 0;
}
