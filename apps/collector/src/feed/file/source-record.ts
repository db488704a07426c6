import type { Problem } from '@mingjian/contracts';

/** A record of a file as it stands there; `value` is what a mapping is applied to. */
export type SourceRecord =
  | { ok: true; line: number; raw: string; value: unknown }
  /** Text that is no record of the format. */
  | { ok: false; line: number; raw: string; problem: Omit<Problem, 'place'> };

/** Longest line and longest record, characters. What is longer is no record of an approval system. */
export const LONGEST_RECORD = 1024 * 1024;

/** What to say of a line that is longer. */
export const TOO_LONG: Omit<Problem, 'place'> = {
  field: '',
  expected: `a line of at most ${LONGEST_RECORD} characters`,
  got: 'a longer one',
  hint: 'check the line ends and the encoding of the file',
};
