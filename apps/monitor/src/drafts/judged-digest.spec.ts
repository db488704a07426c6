import { judgedDigest } from './judged-digest';

describe('what an impact was worked out from', () => {
  const draft = { ruleset: 'test', inForceFrom: '2026-09-24', items: { A0101: { promise: '5wd' } } };

  it('is the same after a submission wrote the first day and an approval the days of publication', () => {
    const approved = { ...draft, inForceFrom: '2026-10-08', knownSince: '2026-09-24' };
    expect(judgedDigest(approved)).toBe(judgedDigest(draft));
    const calendar = { days: [{ date: '2026-10-10', is: 'working' }] };
    expect(judgedDigest({ days: [{ ...calendar.days[0], knownSince: '2026-09-24' }] })).toBe(
      judgedDigest(calendar),
    );
  });

  it('is another as soon as a limit is', () => {
    expect(judgedDigest({ ...draft, items: { A0101: { promise: '4wd' } } })).not.toBe(judgedDigest(draft));
  });
});
