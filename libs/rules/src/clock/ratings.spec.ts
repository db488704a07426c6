import { judgeCase, verdictAt, type ClockVerdict } from '../index';
import type { CaseBuilder } from '../testing/builders';
import { aCase, at, bookOf } from '../testing/builders';

/** What these specs guarantee: each bad rating has clocks of its own, and each answer ends that of one rating. */
const ITEMS = { A: { name: '事项', promise: 'none' } };
const BOOK = bookOf(ITEMS);
const accepted = (): CaseBuilder => aCase('A').accepted('2026-09-14 09:00');
const rated = (
  theCase: CaseBuilder,
  when: string,
  grade?: number,
  realName = true,
  id?: string,
): CaseBuilder => theCase.event('case.rated', when, grade === undefined ? {} : { grade, realName }, id);

function clocksOf({ events }: CaseBuilder, book = BOOK): ClockVerdict[] {
  const { clocks } = verdictAt(judgeCase('C-1', events, book), at('2026-12-30'));
  return clocks.filter(({ kind }) => kind === 'rating-contact' || kind === 'rectification');
}

const openOf = (theCase: CaseBuilder): string[] =>
  clocksOf(theCase)
    .filter(({ phase }) => phase !== 'finished')
    .map(({ clock }) => clock);

describe('a rating', () => {
  it('is bad up to the grade that the ruleset says; one without a grade is neither good nor bad', () => {
    const theCase = rated(rated(rated(accepted(), '2026-09-15', 3), '2026-09-16', 2), '2026-09-17');
    expect(clocksOf(theCase)).toMatchObject([
      { clock: 'rating-contact#1', dueAt: at('2026-09-18') - 1, light: 'red' },
      { clock: 'rectification#1', limit: '15wd', light: 'red' },
    ]);
    const strict = bookOf(ITEMS, { ratings: { badFrom: 3, contact: 'none', rectification: '2wd' } });
    expect(clocksOf(theCase, strict).map(({ clock, limit }) => [clock, limit])).toEqual([
      ['rectification#1', '2wd'],
      ['rectification#2', '2wd'],
    ]);
  });

  it('has no call where it names nobody, and still its number', () => {
    const theCase = rated(rated(accepted(), '2026-09-15', 1, false), '2026-09-16', 1);
    expect(clocksOf(theCase).map(({ clock }) => clock)).toEqual([
      'rectification#1',
      'rating-contact#2',
      'rectification#2',
    ]);
  });

  it('is called back alone where the site has no rectification', () => {
    const book = bookOf(ITEMS, { ratings: { badFrom: 2, contact: '3wd', rectification: 'none' } });
    expect(clocksOf(rated(accepted(), '2026-09-15', 1), book).map(({ clock }) => clock)).toEqual([
      'rating-contact#1',
    ]);
  });

  it('outlives its case, and does not colour it', () => {
    const theCase = rated(accepted().decided('2026-09-14 10:00', 'refused'), '2026-09-16', 1);
    const tracks = judgeCase('C-1', theCase.events, BOOK);
    expect(verdictAt(tracks, at('2026-12-30'))).toMatchObject({
      open: false,
      light: 'green',
      stepLight: 'green',
    });
    expect(verdictAt(tracks, at('2026-09-16')).nextChangeAt).not.toBeNull();
    expect(openOf(theCase)).toEqual(['rating-contact#1', 'rectification#1']);
  });
});

describe('an answer', () => {
  const two = (): CaseBuilder =>
    rated(rated(accepted(), '2026-09-15', 1, true, 'first'), '2026-09-16', 1, true, 'second');

  it('belongs to the rating that it names, if that was there by then', () => {
    const answered = two().event('rating.contacted', '2026-09-16', { rating: 'second' });
    expect(openOf(answered)).toEqual(['rating-contact#1', 'rectification#1', 'rectification#2']);
    const early = two().event('rating.contacted', '2026-09-15 12:00', { rating: 'second' });
    expect(openOf(early)).toHaveLength(4);
    early.event('rating.contacted', '2026-09-17', { rating: 'second' });
    expect(clocksOf(early)).toContainEqual(
      expect.objectContaining({ clock: 'rating-contact#2', finishedAt: at('2026-09-17') }),
    );
    const unknown = two().event('rating.contacted', '2026-09-17', { rating: 'third' });
    expect(openOf(unknown)).toHaveLength(4);
  });

  it('that names none belongs to the earliest that waits for such an answer', () => {
    const answered = two()
      .event('rating.rectified', '2026-09-17', { rating: 'first' })
      .event('rating.rectified', '2026-09-18');
    expect(openOf(answered)).toEqual(['rating-contact#1', 'rating-contact#2']);
  });

  it('by a call does not belong to a rating that names nobody', () => {
    const theCase = rated(rated(accepted(), '2026-09-15', 1, false), '2026-09-16', 1);
    expect(openOf(theCase.event('rating.contacted', '2026-09-17'))).toEqual([
      'rectification#1',
      'rectification#2',
    ]);
  });

  it('by a rectification belongs to one that names nobody, too, and none belongs to a rating to come', () => {
    const theCase = rated(accepted().event('rating.rectified', '2026-09-14 12:00'), '2026-09-15', 1, false);
    expect(openOf(theCase)).toEqual(['rectification#1']);
    theCase.event('rating.rectified', '2026-09-17');
    expect(clocksOf(theCase)).toMatchObject([{ clock: 'rectification#1', finishedAt: at('2026-09-17') }]);
  });

  it('counts once: a second one to the same rating changes nothing, in whatever order they arrive', () => {
    const twice = two()
      .event('rating.contacted', '2026-09-17', { rating: 'first' })
      .event('rating.contacted', '2026-09-18', { rating: 'first' });
    const calm = judgeCase('C-1', twice.events, BOOK);
    expect(calm.clocks.find(({ clock }) => clock === 'rating-contact#1')?.finishedAt).toBe(at('2026-09-17'));
    expect(judgeCase('C-1', [...twice.events].reverse(), BOOK)).toEqual(calm);
  });
});
