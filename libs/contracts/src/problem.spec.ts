import { z } from 'zod';
import { problemsOf, problemText } from './problem';

describe('the problems of an input', () => {
  it('name an unknown member, and no value beside it', () => {
    const input = { user: 'admin', password: 's3cret-word' };
    const parsed = z.strictObject({ password: z.string() }).safeParse(input);
    if (parsed.success) throw new Error('The input was accepted.');
    expect(problemsOf(parsed.error, 'body', input).map(problemText)).toEqual([
      'body: expected no unknown key (user), got user — remove it or correct its name',
    ]);
  });

  it('name a key that may not be one, and what it should be', () => {
    const input = { 'no code': 1 };
    const code = z.string().regex(/^[a-z]+$/, 'small letters; write it like abc');
    const parsed = z.record(code, z.number()).safeParse(input);
    if (parsed.success) throw new Error('The input was accepted.');
    expect(problemsOf(parsed.error, 'body', input).map(problemText)).toEqual([
      'body: no code: expected small letters, got "no code" — write it like abc',
    ]);
  });
});
