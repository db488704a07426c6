import type { z } from 'zod';

/**
 * One thing that is wrong with an input: where, which field, what was expected, what was found, what to do.
 * Every error that a person sees is made of these.
 */
export interface Problem {
  /** The file, message or request: `events.ndjson:17`, `record 3`. */
  place: string;
  /** Dotted path of the field, empty when the whole input is meant. */
  field: string;
  expected: string;
  got: string;
  hint: string;
}

/** One line for a person: place, field, expectation, finding, advice. */
export function problemText(problem: Problem): string {
  const where = problem.field === '' ? problem.place : `${problem.place}: ${problem.field}`;
  const hint = problem.hint === '' ? '' : ` — ${problem.hint}`;
  return `${where}: expected ${problem.expected}, got ${problem.got}${hint}`;
}

/** Shortens a value for an error text; whole objects and long texts do not belong into one. */
export function shown(value: unknown): string {
  if (value === undefined) return 'nothing';
  const text = typeof value === 'string' ? JSON.stringify(value) : (JSON.stringify(value) ?? typeof value);
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}

/** Turns zod's issues into problems; `input` is what was parsed, for the value found. */
export function problemsOf(error: z.core.$ZodError, place: string, input: unknown): Problem[] {
  return error.issues.map((issue) => {
    const path = issue.path.map(String);
    const got = path.reduce<unknown>(
      (value, key) =>
        value !== null && typeof value === 'object' ? (value as Record<string, unknown>)[key] : undefined,
      input,
    );
    const [expected, hint = ''] = expectedBy(issue).split('; ');
    // Names alone: beside a misspelt name stand values that belong into no log, a password for instance.
    const found =
      issue.code === 'unrecognized_keys'
        ? issue.keys.join(', ')
        : shown(issue.code === 'invalid_key' ? path[path.length - 1] : got);
    return { place, field: path.join('.'), expected: expected ?? '', got: found, hint };
  });
}

function expectedBy(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      // A schema's own text says more than the type; zod's begins so.
      return issue.message.startsWith('Invalid input') ? article(issue.expected) : issue.message;
    case 'invalid_value':
      if (!issue.message.startsWith('Invalid ')) return issue.message;
      return `one of ${issue.values.map(String).join(', ')}`;
    case 'unrecognized_keys':
      if (!issue.message.startsWith('Unrecognized ')) return issue.message;
      return `no unknown key (${issue.keys.join(', ')}); remove it or correct its name`;
    case 'invalid_key':
      return issue.issues[0] === undefined ? issue.message : expectedBy(issue.issues[0]);
    case 'too_small':
      return `at least ${String(issue.minimum)}`;
    case 'too_big':
      return `at most ${String(issue.maximum)}`;
    default:
      return issue.message;
  }
}

function article(type: string): string {
  return /^[aeiou]/.test(type) ? `an ${type}` : `a ${type}`;
}

/** Bad data from outside: every problem at once. Command line: exit code 65. */
export class BadInputError extends Error {
  constructor(readonly problems: Problem[]) {
    super(problems.map(problemText).join('\n'));
    this.name = 'BadInputError';
  }
}
