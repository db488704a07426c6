import { RulesetDocument } from '@mingjian/contracts';
import { aCase, at, calendarOf, rulesetOf, weekdays } from '../testing/builders';
import { RuleBook } from './rule-book';
import { asKnownAt, bookAsKnownAt } from './as-known-at';
import { thenAndNow } from './known-then-and-now';

const CLOSED_FOR_FLOOD = {
  date: '2026-09-17',
  through: '2026-09-18',
  off: true,
  scope: { department: 'housing' },
  basis: '防汛应急响应',
  knownSince: '2026-09-21',
};
const calendar = calendarOf({
  calendar: 'office',
  timezone: 'Asia/Shanghai',
  weekly: weekdays([['09:00', '17:00']]),
  days: [
    { date: '2026-10-01', off: true, name: '国庆节', knownSince: '2025-11-04' },
    { date: '2027-01-01', off: true, name: '元旦', knownSince: '2026-11-03' },
    { date: '2026-09-16', off: true, name: '停电', knownSince: '2026-09-20' },
    CLOSED_FOR_FLOOD,
  ],
  publishedFrom: '2026-01-01',
  publishedThrough: '2027-12-31',
});
const version = (number: string, more: object): RulesetDocument =>
  RulesetDocument.parse({
    ...rulesetOf({ permit: { name: '许可', promise: '3wd' } }),
    version: number,
    ...more,
  });
const calendars = new Map([[calendar.id, calendar]]);
const book = new RuleBook([version('1', {})], calendars);

describe('what was known at an instant', () => {
  it('is the same book where nothing has become known since', () => {
    expect(bookAsKnownAt(book, at('2026-12-01'))).toBe(book);
  });

  it('has the calendar entries known on that local day, from its first instant', () => {
    const known = (when: string): string[] =>
      bookAsKnownAt(book, at(when)).newest.calendar.document.days.map(({ date }) => date);
    expect(known('2026-09-19 23:59:59.999')).toEqual(['2026-10-01']);
    expect(known('2026-09-20')).toEqual(['2026-10-01', '2026-09-16']);
    expect(known('2026-09-21')).toEqual(['2026-10-01', '2026-09-16', '2026-09-17']);
  });

  it('ends the published part before the first year that was not arranged yet', () => {
    const through = (when: string): string | undefined =>
      bookAsKnownAt(book, at(when)).newest.calendar.document.publishedThrough;
    expect(through('2026-11-03')).toBe('2027-12-31');
    expect(through('2026-11-02 23:59')).toBe('2026-12-31');
    expect(through('2025-11-03')).toBe('2025-12-31');
  });

  it('has the events received by then, and those without a receipt from when they happened', () => {
    const events = aCase('permit').accepted('2026-09-14 10:00').decided('2026-09-15 10:00').events;
    events[1]!.receivedAt = at('2026-09-18 09:00');
    const known = (when: string): string[] => asKnownAt(book, events, at(when)).events.map(({ id }) => id);
    expect(known('2026-09-14 09:59')).toEqual([]);
    expect(known('2026-09-18 08:59')).toEqual(['C-1-1']);
    expect(known('2026-09-18 09:00')).toEqual(['C-1-1', 'C-1-2']);
  });

  it('has the versions of the ruleset known then; none is in force before any is known', () => {
    const versions = new RuleBook(
      [
        version('1', { knownSince: '2026-01-10' }),
        version('2', { inForceFrom: '2026-09-01', knownSince: '2026-09-20' }),
      ],
      calendars,
    );
    const inForce = (when: string): string | null =>
      bookAsKnownAt(versions, at(when)).selectAt(at('2026-09-14'))?.ruleset.version ?? null;
    expect(inForce('2026-09-20')).toBe('2');
    expect(inForce('2026-09-19')).toBe('1');
    expect(inForce('2026-01-09')).toBeNull();
  });
});

describe('a case as it was known beside what is known now', () => {
  const shown = (result: ReturnType<typeof thenAndNow>) =>
    result.clocks
      .filter(({ isChanged }) => isChanged)
      .map(({ clock, then, now, because }) => ({
        clock,
        lights: `${then?.light ?? 'none'} → ${now?.light ?? 'none'}`,
        because: because.map((cause) =>
          cause.kind === 'event'
            ? cause.event.id
            : cause.kind === 'ruleset'
              ? `${cause.then} → ${cause.now}`
              : cause.entry.date,
        ),
      }));

  it('names the late event that changes a clock, and no other', () => {
    const events = aCase('permit')
      .accepted('2026-09-08 10:00')
      .suspended('2026-09-09 10:00')
      .resumed('2026-09-11 10:00')
      .stepStarted('review', '2026-09-09 09:00').events;
    for (const event of events.slice(1)) event.receivedAt = at('2026-09-14 09:00');
    const result = thenAndNow('C-1', events, book, at('2026-09-12 09:00'));
    expect(shown(result)).toEqual([
      { clock: 'promise', lights: 'red → green', because: ['C-1-2', 'C-1-3'] },
      // Its limit also reaches over the day off that became known on 20 September.
      { clock: 'statutory', lights: 'green → green', because: ['C-1-2', 'C-1-3', '2026-09-16'] },
      { clock: 'suspension#1', lights: 'none → grey', because: ['C-1-2'] },
    ]);
  });

  it('names the calendar entry that became known later', () => {
    const events = aCase('permit').accepted('2026-09-14 10:00').events;
    const result = thenAndNow('C-1', events, book, at('2026-09-18 09:00'), at('2026-09-18 09:00'));
    expect(shown(result)).toEqual([
      { clock: 'promise', lights: 'red → yellow', because: ['2026-09-16'] },
      { clock: 'statutory', lights: 'green → green', because: ['2026-09-16'] },
    ]);
  });

  it('names the version of the ruleset', () => {
    const versions = new RuleBook(
      [
        version('1', {}),
        version('2', {
          inForceFrom: '2026-09-01',
          knownSince: '2026-09-17',
          items: { permit: { name: '许可', class: 'promised', promise: { limit: '10wd' } } },
        }),
      ],
      new Map([['office', calendarOf({ ...calendar.document, days: [] })]]),
    );
    const events = aCase('permit').accepted('2026-09-08 10:00').events;
    expect(shown(thenAndNow('C-1', events, versions, at('2026-09-14 09:00')))).toEqual([
      { clock: 'promise', lights: 'red → green', because: ['1 → 1,2'] },
    ]);
  });

  it('names several together where none has an effect by itself', () => {
    const events = aCase('permit')
      .accepted('2026-09-08 10:00')
      .decided('2026-09-10 10:00')
      .decided('2026-09-11 10:00').events;
    for (const event of events.slice(1)) event.receivedAt = at('2026-09-14 09:00');
    const [promise] = shown(thenAndNow('C-1', events, book, at('2026-09-14 08:00')));
    expect(promise).toEqual({ clock: 'promise', lights: 'red → green', because: ['C-1-2', 'C-1-3'] });
  });

  it('is unchanged where nothing has become known, and nothing at all where no event was known', () => {
    const events = aCase('permit').accepted('2026-09-08 10:00').events;
    const early = thenAndNow('C-1', events, book, at('2026-09-08 12:00'), at('2026-09-08 09:00'));
    expect(early.then).toBeNull();
    expect(shown(early).map(({ because }) => because)).toEqual([['C-1-1'], ['C-1-1', '2026-09-16']]);
    expect(shown(thenAndNow('C-1', events, book, at('2026-09-08 12:00'), at('2026-12-01')))).toEqual([]);
  });
});
