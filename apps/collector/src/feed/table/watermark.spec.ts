import { compareVersions } from './compare-versions';
import { notAfter, shiftTime, watermarkOf } from './watermark';

describe('a watermark', () => {
  it.each([
    ['2026-09-14 10:00:00.250', -600_000, '2026-09-14 09:50:00.250'],
    ['2026-09-14 10:00:00', -600_000, '2026-09-14 09:50:00'],
    ['2026-09-14 00:05:00+08', -600_000, '2026-09-13 23:55:00+08'],
    ['2026-09-14T10:00:00Z', 1000, '2026-09-14T10:00:01Z'],
    ['20260301000000', -1000, '20260228235959'],
    ['2026-03-01', -86_400_000, '2026-02-28'],
    ['2026-09-14 10:00', -60_000, '2026-09-14 09:59'],
    // What is behind the milliseconds is cut: a place that is a little earlier misses nothing.
    ['2026-09-14 10:00:00.123456', 0, '2026-09-14 10:00:00.123000'],
  ])('%s moved by %i ms is %s, in the form in which the database wrote it', (text, ms, moved) => {
    expect(shiftTime(text, ms)).toBe(moved);
  });

  it('that is no time, or no number, is told as what it is', () => {
    expect(() => shiftTime('soon', 1)).toThrow('The watermark "soon" is no time.');
    expect(() => watermarkOf('number').back('soon', 1)).toThrow('The watermark "soon" is no whole number.');
  });

  it('of numbers is compared as numbers, also where they are longer than a double holds', () => {
    const { later, back } = watermarkOf('number');
    expect(later('9', 10)).toBe(10);
    expect(later('9007199254740993', '9007199254740992')).toBe('9007199254740993');
    expect([back(1500, 1000), back('9007199254741993', 1000)]).toEqual([500, '9007199254740993']);
  });

  it('is not moved beyond the clock of the database, whichever way either writes its times', () => {
    expect(notAfter('2999-01-01 00:00:00', '2026-09-14 10:00:00.000')).toBe('2026-09-14 10:00:00');
    expect(notAfter('29990101000000', '2026-09-14 10:00:00.000')).toBe('20260914100000');
    expect(notAfter('20260914095959', '2026-09-14 10:00:00.000')).toBe('20260914095959');
    expect(notAfter(17, null)).toBe(17);
  });
});

describe('a version', () => {
  it('is compared as a number where both are numbers', () => {
    expect(compareVersions('9', '10')).toBeLessThan(0);
    expect(compareVersions('V2', 'V1')).toBeGreaterThan(0);
    expect(compareVersions('007', '7')).toBe(0);
  });
});
