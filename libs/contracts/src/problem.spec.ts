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
});
