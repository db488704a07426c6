import type { CalendarDocument } from '@mingjian/contracts';
import { CalendarDocument as CalendarSchema } from '@mingjian/contracts';
import { calendarAsKnownOn } from './as-known-on';

const documentOf = (days: unknown[], publishedThrough?: string): CalendarDocument =>
  CalendarSchema.parse({ calendar: 'x', timezone: 'UTC', weekly: {}, days, publishedThrough });
const off = (date: string, knownSince?: string, more: object = {}): object => ({
  date,
  off: true,
  knownSince,
  ...more,
});

describe('a calendar as it was known on a day', () => {
  const document = documentOf(
    [
      off('2025-10-01'),
      off('2026-01-01', '2025-11-04'),
      off('2026-10-01', '2025-11-04'),
      off('2027-01-01', '2026-11-03'),
    ],
    '2027-12-31',
  );
  const knownOn = (day: string): CalendarDocument => calendarAsKnownOn(document, day);
  const dates = ({ days }: CalendarDocument): string[] => days.map(({ date }) => date);

  it('is the calendar itself once everything is known', () => {
    expect(knownOn('2026-11-03')).toBe(document);
    expect(knownOn('2030-01-01')).toBe(document);
  });

  it('has only the entries known by then, the day on which they became known included', () => {
    expect(dates(knownOn('2026-11-02'))).toEqual(['2025-10-01', '2026-01-01', '2026-10-01']);
    expect(dates(knownOn('2025-11-04'))).toEqual(['2025-10-01', '2026-01-01', '2026-10-01']);
    expect(dates(knownOn('2025-11-03'))).toEqual(['2025-10-01']);
  });

  it('is published up to the first year of which nothing was known', () => {
    expect(knownOn('2026-11-02').publishedThrough).toBe('2026-12-31');
    expect(knownOn('2025-11-03').publishedThrough).toBe('2025-12-31');
  });

  it('is published as before where something of each year was known', () => {
    const amended = documentOf(
      [off('2026-01-01', '2025-11-04'), off('2026-05-04', '2026-04-01')],
      '2026-12-31',
    );
    expect(calendarAsKnownOn(amended, '2026-03-01')).toMatchObject({ publishedThrough: '2026-12-31' });
    expect(calendarAsKnownOn(amended, '2026-03-01').days).toHaveLength(1);
  });

  it('ends before the first year that was not known, in whatever order the document has them', () => {
    const later = documentOf(
      [off('2028-01-01', '2027-11-03'), off('2027-01-01', '2026-11-03')],
      '2028-12-31',
    );
    expect(calendarAsKnownOn(later, '2026-01-01').publishedThrough).toBe('2026-12-31');
  });

  it('is not published further than it was', () => {
    const early = documentOf([off('2027-01-01', '2026-11-03')], '2026-10-31');
    expect(calendarAsKnownOn(early, '2026-01-01').publishedThrough).toBe('2026-10-31');
  });

  it('has no end of its published part where the document gives none', () => {
    expect(calendarAsKnownOn(documentOf([off('2027-01-01', '2026-11-03')]), '2026-01-01')).not.toHaveProperty(
      'publishedThrough',
      expect.anything(),
    );
  });

  it('says nothing of a year by what closes one place', () => {
    const scope = { scope: { hall: 'h' }, basis: '通告' };
    const local = documentOf([off('2026-01-01'), off('2027-05-05', '2026-11-03', scope)], '2027-12-31');
    expect(calendarAsKnownOn(local, '2026-01-01').publishedThrough).toBe('2027-12-31');
    const other = documentOf(
      [off('2027-05-05', '2025-01-01', scope), off('2027-01-01', '2026-11-03')],
      '2027-12-31',
    );
    expect(calendarAsKnownOn(other, '2026-01-01').publishedThrough).toBe('2026-12-31');
  });

  it('writes years with four digits', () => {
    const old = documentOf([off('1000-01-01', '2026-11-03')], '1000-12-31');
    expect(calendarAsKnownOn(old, '2026-01-01').publishedThrough).toBe('0999-12-31');
  });
});
