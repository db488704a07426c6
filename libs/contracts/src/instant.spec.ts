import { LATEST_INSTANT, queriedInstant, writtenInstant } from './instant';

describe('times of others', () => {
  const problemOf = (text: string): string | undefined =>
    queriedInstant.safeParse(text).error?.issues[0]?.message;

  it('are instants in an address, and texts in a body', () => {
    expect(queriedInstant.parse('2026-09-14T10:00:00+08:00')).toBe(Date.UTC(2026, 8, 14, 2));
    expect(writtenInstant.parse('2026-09-14T10:00:00+08:00')).toBe('2026-09-14T10:00:00+08:00');
  });

  it('say which day and offset they mean', () => {
    expect(problemOf('2026-09-14')).toMatch(/^an RFC 3339 time with seconds and offset/);
    expect(problemOf('2026-09-14T10:00:00')).toMatch(/^an RFC 3339 time/);
  });

  it.each(['0001-01-01T00:00:00Z', '1899-12-31T23:59:59Z', '2400-01-01T00:00:00Z', '9999-12-31T23:59:59Z'])(
    'are no placeholders, which no calendar can count with: %s',
    (text) => {
      expect(problemOf(text)).toBe('a time from 1900 to 2400');
      expect(writtenInstant.safeParse(text).success).toBe(false);
    },
  );

  it('may be the last instant that a calendar counts', () => {
    expect(queriedInstant.parse('2399-12-31T23:59:59.999Z')).toBe(LATEST_INSTANT - 1);
  });
});
