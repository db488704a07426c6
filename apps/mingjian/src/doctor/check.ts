import { BadInputError, problemText } from '@mingjian/contracts';

/** One thing that was looked at. */
export interface Check {
  name: string;
  ok: boolean;
  found: string;
  /** What to do where it is not well. */
  advice: string;
}

/** What was found is not as it has to be, and this is what to do about it. */
export class Unwell extends Error {
  constructor(
    found: string,
    readonly advice: string,
  ) {
    super(found);
  }
}

/** Looks at one thing. What it throws is the finding; an {@link Unwell} brings its own advice. */
export async function check(
  name: string,
  advice: string,
  look: () => string | Promise<string>,
): Promise<Check> {
  try {
    return { name, ok: true, found: await look(), advice: '' };
  } catch (error) {
    const found =
      error instanceof BadInputError ? error.problems.map(problemText).join('; ') : textOf(error as Error);
    return { name, ok: false, found, advice: error instanceof Unwell ? error.advice : advice };
  }
}

/** Some errors of connections have no words but a code. */
function textOf(error: Error & { code?: string }): string {
  return error.message === '' ? (error.code ?? error.name) : error.message;
}
