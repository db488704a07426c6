import { judgeCase, verdictAt } from '../index';
import { aCase, at, bookOf } from '../testing/builders';

/** What becomes true by the passing of time is not true before. */
describe('a verdict at an instant', () => {
  const BOOK = bookOf({ A: { name: '事项', promise: '7wd' }, B: { name: '未定承诺时限' } });
  const silent = judgeCase('C-1', aCase('A').submitted('2026-09-14 10:00').events, BOOK);
  const lastInstant = at('2026-09-21') - 1;

  it('does not know a deemed acceptance, and has no finding of it, up to the last instant of the limit', () => {
    for (const when of [at('2026-09-14 10:00'), lastInstant])
      expect(verdictAt(silent, when)).toMatchObject({ acceptedAt: null, outcome: null, findings: [] });
    expect(verdictAt(silent, lastInstant + 1)).toMatchObject({
      acceptedAt: at('2026-09-14 10:00'),
      findings: [{ code: 'ACC-1', at: lastInstant + 1 }],
    });
  });

  it('looks again when a finding is to come', () => {
    expect(verdictAt(silent, lastInstant).nextChangeAt).toBe(lastInstant + 1);
  });

  it('has no finding of a clock that only silence will begin', () => {
    const tracks = judgeCase('C-1', aCase('B').submitted('2026-09-14 10:00').events, BOOK);
    const codesAt = (when: number): string[] => verdictAt(tracks, when).findings.map(({ code }) => code);
    expect(codesAt(lastInstant)).toEqual([]);
    expect(codesAt(lastInstant + 1)).toEqual(['ACC-1', 'DQ-4']);
  });

  it('knows an outcome from the instant of the decision', () => {
    const decided = judgeCase(
      'C-1',
      aCase('A').accepted('2026-09-14 10:00').decided('2026-09-16 10:00').events,
      BOOK,
    );
    expect(verdictAt(decided, at('2026-09-16 10:00') - 1)).toMatchObject({
      acceptedAt: at('2026-09-14 10:00'),
      outcome: null,
      open: true,
    });
    expect(verdictAt(decided, at('2026-09-16 10:00'))).toMatchObject({ outcome: 'granted' });
  });
});
