import fc from 'fast-check';
import type { WorkingCalendar } from './index';
import {
  canonicalVerdict,
  dueAt,
  dueBefore,
  elapsed,
  explainCase,
  judgeCase,
  lightChangesUntil,
  mergePauses,
  parseLimit,
  verdictAt,
} from './index';
import { anyCalendar, anyInstant, anyLimit, anyTimeline } from './testing/arbitraries';
import { at, bookOf, OFFICE_2026 } from './testing/builders';

const HOUR = 3_600_000;
const anyPauses = fc
  .array(fc.tuple(fc.integer({ min: -200, max: 900 }), fc.integer({ min: -5, max: 300 })), { maxLength: 4 })
  .map(
    (parts) => (from: number) =>
      parts.map(([a, b]) => ({ from: from + a * HOUR, to: from + (a + b) * HOUR })),
  );

describe('arithmetic', () => {
  it('composes: a limit in hours in two parts is the limit', () => {
    fc.assert(
      fc.property(
        anyCalendar,
        anyInstant,
        fc.integer({ min: 1, max: 300 }),
        fc.integer({ min: 1, max: 300 }),
        (calendar, from, a, b) => {
          const first = dueAt(calendar, parseLimit(`${a}wh`), from).dueAt!;
          expect(dueAt(calendar, parseLimit(`${b}wh`), first).dueAt).toBe(
            dueAt(calendar, parseLimit(`${a + b}wh`), from).dueAt,
          );
        },
      ),
    );
  });

  it('uses up exactly the limit, whatever is suspended', () => {
    fc.assert(
      fc.property(
        anyCalendar,
        anyInstant,
        fc.integer({ min: 1, max: 400 }),
        anyPauses,
        (calendar, from, hours, pauses) => {
          const held = effective(calendar, `${hours}wh`, from, pauses(from));
          const due = dueAt(calendar, parseLimit(`${hours}wh`), from, pauses(from)).dueAt!;
          expect(elapsed(calendar, from, due, held).workingMs).toBe(hours * HOUR);
        },
      ),
    );
  });

  it('counts exactly the days of the limit, whatever is suspended', () => {
    fc.assert(
      fc.property(
        anyCalendar,
        anyInstant,
        fc.integer({ min: 1, max: 60 }),
        anyPauses,
        (calendar, from, days, pauses) => {
          const held = effective(calendar, `${days}wd`, from, pauses(from));
          const due = dueAt(calendar, parseLimit(`${days}wd`), from, pauses(from)).dueAt!;
          expect(elapsed(calendar, from, due, held).workingDays).toBe(days);
        },
      ),
    );
  });

  it('goes back where it came from, in days', () => {
    fc.assert(
      fc.property(anyCalendar, anyInstant, fc.integer({ min: 1, max: 60 }), (calendar, from, days) => {
        const limit = parseLimit(`${days}wd`);
        const due = dueAt(calendar, limit, from).dueAt!;
        const begin = dueBefore(calendar, limit, due).dueAt!;
        // The working day on or before the start.
        expect(calendar.dayOf(begin)).toBe(calendar.workingDayBefore(calendar.dayOf(from), 0));
      }),
    );
  });

  it('never gives an earlier due instant for a later start, a longer limit or one more suspension', () => {
    fc.assert(
      fc.property(
        anyCalendar,
        anyInstant,
        anyLimit,
        anyPauses,
        fc.integer({ min: 0, max: 500 }),
        (calendar, from, text, pauses, later) => {
          const limit = parseLimit(text);
          const due = dueAt(calendar, limit, from).dueAt!;
          expect(
            dueAt(calendar, { ...limit, amount: limit.amount + later }, from).dueAt,
          ).toBeGreaterThanOrEqual(due);
          expect(dueAt(calendar, limit, from, pauses(from)).dueAt).toBeGreaterThanOrEqual(due);
          // To the hour, Friday 20:00 and Saturday 10:00 both belong to Monday: only whole limits keep the order.
          if (!limit.atTime)
            expect(dueAt(calendar, limit, from + later * HOUR).dueAt).toBeGreaterThanOrEqual(due);
        },
      ),
    );
  });

  it('never gives an earlier due instant for one more holiday', () => {
    fc.assert(
      fc.property(
        anyInstant,
        fc.integer({ min: 0, max: 40 }),
        fc.integer({ min: 0, max: 60 }),
        (from, days, offset) => {
          const limit = parseLimit(`${days}wd`);
          const date = new Date(from + offset * 24 * HOUR).toISOString().slice(0, 10);
          const document = OFFICE_2026.document;
          const more = {
            ...document,
            days: [...document.days.filter((day) => day.date !== date), { date, off: true as const }],
          };
          const Calendar = OFFICE_2026.constructor as typeof WorkingCalendar;
          expect(dueAt(Calendar.fromDocument(more), limit, from).dueAt).toBeGreaterThanOrEqual(
            dueAt(OFFICE_2026, limit, from).dueAt!,
          );
        },
      ),
    );
  });
});

/** The merged pauses up to the first that begins too late to count: what the answer must have taken out. */
function effective(
  calendar: WorkingCalendar,
  text: string,
  from: number,
  pauses: { from: number; to: number }[],
) {
  const merged = mergePauses(pauses);
  const held = [];
  for (const pause of merged) {
    if (pause.from > dueAt(calendar, parseLimit(text), from, held).dueAt!) break;
    held.push(pause);
  }
  return held;
}

describe('judging', () => {
  const book = bookOf({
    A: { name: '事项', promise: '7wd', steps: { review: { limit: '2wd' }, approve: { limit: '4wh' } } },
  });
  const anyAt = fc.integer({ min: at('2026-09-01'), max: at('2026-12-01') });

  it('does not depend on the order of arrival or on repetition', () => {
    fc.assert(
      fc.property(
        anyTimeline.chain((events) =>
          fc.tuple(
            fc.constant(events),
            fc.shuffledSubarray([...events, ...events], { minLength: events.length * 2 }),
          ),
        ),
        anyAt,
        ([events, arrived], when) => {
          const calm = judgeCase('C-1', events, book);
          const tracks = judgeCase('C-1', arrived, book);
          expect(canonicalVerdict(verdictAt(tracks, when), tracks)).toBe(
            canonicalVerdict(verdictAt(calm, when), calm),
          );
        },
      ),
      { numRuns: 500 },
    );
  });

  it('names the next change: no light differs before it', () => {
    fc.assert(
      fc.property(anyTimeline, anyAt, fc.double({ min: 0, max: 1, noNaN: true }), (events, when, share) => {
        const tracks = judgeCase('C-1', events, book);
        const verdict = verdictAt(tracks, when);
        const next = verdict.nextChangeAt ?? when + 1000 * 24 * HOUR;
        const before = verdictAt(tracks, Math.floor(when + (next - 1 - when) * share));
        expect({ ...before, nextChangeAt: null }).toEqual({ ...verdict, nextChangeAt: null });
        expect(lightChangesUntil(tracks, next - 1)).toEqual(lightChangesUntil(tracks, when));
      }),
      { numRuns: 500 },
    );
  });

  it('says of an instant what it said then: later events do not reach back', () => {
    fc.assert(
      fc.property(anyTimeline, anyAt, (events, when) => {
        const reported = events.filter((event) => event.type !== 'event.retracted');
        const known = reported.filter((event, index) => index === 0 || event.occurredAt <= when);
        if (reported[0] === undefined || reported[0].occurredAt > when || reported[0] !== events[0]) return;
        const lights = (list: typeof events) => {
          const { clocks } = verdictAt(judgeCase('C-1', list, book), when);
          return clocks.map(({ clock, light, phase, dueAt: due }) => [clock, light, phase, due]);
        };
        // A record that ends before it starts is grey as soon as both are known: that is knowledge, not time.
        if (judgeCase('C-1', reported, book).clocks.some((clock) => clock.unknownBecause === 'contradiction'))
          return;
        expect(lights(reported)).toEqual(lights(known));
      }),
      { numRuns: 500 },
    );
  });

  it('defect 23: explains each clock by days that add up to its limit, so that every date can be accounted for', () => {
    fc.assert(
      fc.property(anyTimeline, anyAt, (events, when) => {
        for (const { ledger, limit, extendedDays, dueAt: due } of explainCase('C-1', events, book, when)
          .clocks) {
          if (ledger === null || due === null) continue;
          const allowed = parseLimit(limit!);
          const expected = allowed.amount + (ledger.unit === 'days' ? extendedDays : 0);
          expect(ledger.countedUntilDue).toBe(expected);
          const shown = ledger.lines.reduce((sum, line) => sum + line.amount, 0);
          if (ledger.omittedDays === 0) expect(shown).toBe(ledger.countedUntilDue + ledger.countedOver);
        }
      }),
      { numRuns: 500 },
    );
  });
});
