import { BadInputError, parseYamlDocument, problemText, RecipientsDocument } from '@mingjian/contracts';
import { CalendarDocument } from '@mingjian/contracts';
import { WorkingCalendar } from '@mingjian/rules';
import { at, CALENDAR } from '../testing/site';
import { giveUpAt } from './attempt-limits';
import { RecipientBook, type Addressed } from './recipient-book';

const OFFICE = WorkingCalendar.fromDocument(parseYamlDocument(CALENDAR, 'calendar.yaml', CalendarDocument));

function bookOf(people: string, site = ''): RecipientBook {
  const text = `
recipients: test
version: '1'
${site}
channels: { mail: { kind: mail, host: localhost, from: a@example.gov.cn } }
people:
${people}`;
  const document = parseYamlDocument(text, 'recipients.yaml', RecipientsDocument);
  return new RecipientBook(document, new Map([['office', OFFICE]]), OFFICE);
}
function problemsOf(people: string, site = ''): string[] {
  try {
    bookOf(people, site);
  } catch (error) {
    if (error instanceof BadInputError) return error.problems.map(problemText);
    throw error;
  }
  return [];
}
const VIA = 'via: { mail: a@example.gov.cn }';
const yellow: Addressed = { kind: 'light', grade: 'yellow', department: 'housing', post: null, roles: null };
const names = (book: RecipientBook, notice: Partial<Addressed>, time = '2026-09-22T10:00'): string[] =>
  book.tell({ ...yellow, ...notice }, at(time)).map(({ recipient }) => recipient);

describe('who is told', () => {
  const book = bookOf(`
  r1: { name: 甲, roles: [post], departments: [housing], posts: [R-01], ${VIA} }
  r2: { name: 乙, roles: [post], departments: [housing], posts: [R-02], ${VIA} }
  window: { name: 窗口, roles: [post], departments: [housing], ${VIA} }
  head: { name: 丙, roles: [department-head], departments: [housing], ${VIA}, deputy: b, absent: [{ from: 2026-10-01, through: 2026-10-07 }] }
  b: { name: 丁, roles: [post], departments: [market], ${VIA} }
  boss: { name: 戊, roles: [supervisor, inspection-office], ${VIA} }
`);

  it('is the post that has the case in hand, where it is known, else the posts of the department', () => {
    expect(names(book, { post: 'R-02' })).toEqual(['r2', 'head']);
    expect(names(book, { post: 'R-09' })).toEqual(['window', 'head']);
    expect(names(book, {})).toEqual(['window', 'head']);
  });

  it('is of red everybody above as well, each once', () => {
    expect(names(book, { grade: 'red' })).toEqual(['window', 'head', 'boss']);
  });

  it('is whom the rules name, where they do', () => {
    expect(names(book, { grade: 'red', roles: ['supervisor'] })).toEqual(['boss']);
  });

  it('is the deputy from the first to the last day of absence, by the calendar’s days', () => {
    const head = (time: string): string[] => names(book, { roles: ['department-head'] }, time);
    expect(head('2026-09-30T23:59')).toEqual(['head']);
    expect(head('2026-10-01T00:00')).toEqual(['b']);
    expect(head('2026-10-07T23:59')).toEqual(['b']);
    expect(head('2026-10-08T00:00')).toEqual(['head']);
  });

  it('is the deputy of the deputy where both are away, and in a circle the one whom it is for', () => {
    const away = 'absent: [{ from: 2026-10-01, through: 2026-10-07 }]';
    const of = (third: string): RecipientBook =>
      bookOf(`
  a: { name: 甲, roles: [department-head], departments: [housing], ${VIA}, deputy: b, ${away} }
  b: { name: 乙, roles: [post], departments: [market], ${VIA}, deputy: c, ${away} }
  c: { name: 丙, roles: [post], departments: [market], ${VIA}${third} }
`);
    expect(names(of(''), {}, '2026-10-02T10:00')).toEqual(['c']);
    expect(names(of(`, deputy: a, ${away}`), {}, '2026-10-02T10:00')).toEqual(['a']);
  });

  it('is nobody of another department', () => {
    expect(names(book, { department: 'health' })).toEqual([]);
    expect(names(book, { department: null })).toEqual([]);
  });
});

describe('when', () => {
  const book = bookOf(`
  plain: { name: 甲, roles: [post], ${VIA} }
  patient: { name: 乙, roles: [post], ${VIA}, redBreaksQuiet: false }
  daily: { name: 丙, roles: [post], ${VIA}, when: { yellow: { dailyAt: '08:30' } } }
  system: { name: 丁, roles: [post], ${VIA}, quiet: never, acknowledges: false }
`);
  const when = (who: string, grade: 'yellow' | 'red', now: string): number =>
    book.deliverAt(book.document.people[who]!, grade, at(now));

  it.each([
    ['within opening hours at once', 'plain', 'yellow', '2026-09-22T10:00', '2026-09-22T10:00'],
    ['at lunch when work goes on', 'plain', 'yellow', '2026-09-22T12:30', '2026-09-22T13:30'],
    ['at night the next morning', 'plain', 'yellow', '2026-09-22T23:00', '2026-09-23T09:00'],
    ['on Friday evening on Monday', 'plain', 'yellow', '2026-09-25T17:00', '2026-09-28T09:00'],
    ['red at night at once', 'plain', 'red', '2026-09-22T23:00', '2026-09-22T23:00'],
    [
      'red at night the next morning where he wants it so',
      'patient',
      'red',
      '2026-09-22T23:00',
      '2026-09-23T09:00',
    ],
    ['a digest at its time', 'daily', 'yellow', '2026-09-22T10:00', '2026-09-23T08:30'],
    ['a digest on the same day before its time', 'daily', 'yellow', '2026-09-22T08:29', '2026-09-22T08:30'],
    ['a digest of Friday on Monday', 'daily', 'yellow', '2026-09-25T10:00', '2026-09-28T08:30'],
    ['a system always at once', 'system', 'yellow', '2026-09-26T03:00', '2026-09-26T03:00'],
  ] as const)('%s', (_, who, grade, now, expected) => {
    expect(new Date(when(who, grade, now)).toISOString()).toBe(new Date(at(expected)).toISOString());
  });
});

describe('what is late', () => {
  const book = bookOf(`
  plain: { name: 甲, roles: [post], ${VIA} }
  system: { name: 丁, roles: [post], ${VIA}, quiet: never }
`);
  const reached = (who: string, grade: 'yellow' | 'red', planned: string, now: string): string =>
    new Date(book.reachAt(book.document.people[who]!, grade, at(planned), at(now)) + 8 * 3_600_000)
      .toISOString()
      .slice(0, 16);

  it.each([
    ['goes out at once within opening hours', 'plain', 'yellow', '09-22T09:00', '09-22T16:00', '09-22T16:00'],
    [
      'waits over the night for the next opening',
      'plain',
      'yellow',
      '09-22T09:00',
      '09-23T00:10',
      '09-23T09:00',
    ],
    ['waits over lunch', 'plain', 'yellow', '09-22T09:00', '09-22T12:30', '09-22T13:30'],
    ['waits over a weekend', 'plain', 'yellow', '09-25T16:00', '09-26T10:00', '09-28T09:00'],
    [
      'goes out where it is late by minutes only',
      'plain',
      'yellow',
      '09-22T16:59',
      '09-22T17:10',
      '09-22T17:10',
    ],
    ['goes out in the night where it is red', 'plain', 'red', '09-22T09:00', '09-22T23:00', '09-22T23:00'],
    ['goes out to a system at any time', 'system', 'yellow', '09-22T09:00', '09-22T23:00', '09-22T23:00'],
  ] as const)('%s', (_, who, grade, planned, now, expected) => {
    expect(reached(who, grade, `2026-${planned}`, `2026-${now}`)).toBe(`2026-${expected}`);
  });

  it('is given up after 72 hours, or four hours into the first open day', () => {
    const ends = (who: string, created: string): string =>
      new Date(
        giveUpAt({ createdAt: at(created), grade: 'yellow' }, book.document.people[who], book) +
          8 * 3_600_000,
      )
        .toISOString()
        .slice(0, 16);
    expect(ends('plain', '2026-09-21T10:00')).toBe('2026-09-24T10:00');
    // Thursday afternoon and 72 hours: a Sunday.
    expect(ends('plain', '2026-09-24T16:00')).toBe('2026-09-28T13:00');
    expect(ends('system', '2026-09-24T16:00')).toBe('2026-09-27T16:00');
  });
});

describe('a recipients document that does not fit together', () => {
  it('is refused with file, line, field and what was expected', () => {
    expect(problemsOf(`  a: { name: 甲, roles: [post], via: { sms: '13800000000' } }`)).toEqual([
      'recipients.yaml:7: people.a.via.sms: expected one of the channels: mail, got "13800000000"',
    ]);
    expect(problemsOf(`  a: { name: 甲, roles: [post], via: { mail: 'a@x, b@x' } }`)[0]).toContain(
      'one mail address',
    );
    expect(problemsOf(`  a: { name: 甲, roles: [post], ${VIA}, deputy: nobody }`)[0]).toContain(
      'another one of the people',
    );
  });

  it('is refused where a template uses a placeholder that does not exist', () => {
    const templates = "templates:\n  light:\n    default:\n      text: '{{caseNo}} {{applicant}}'";
    expect(problemsOf(`  a: { name: 甲, roles: [post], ${VIA} }`, templates)).toEqual([
      expect.stringMatching(
        /^recipients\.yaml:7: templates\.light\.default\.text: expected placeholders of light: /,
      ),
    ]);
  });
});
