import type { Problem } from '@mingjian/contracts';

/** A record of a file as it stands there; `value` is what a mapping is applied to. */
export type SourceRecord = RecordPlace &
  (
    | { ok: true; raw: string; value: unknown }
    /** Text that is no record of the format. */
    | { ok: false; raw: string; problem: Omit<Problem, 'place'> }
  );

/** Where in its file a record stands. */
interface RecordPlace {
  /** Line of a text, row of a sheet, or number of the element in its document; from 1. */
  line: number;
  /** What an error text writes after the file's name: `:17`, `[办件]:17` (row of a sheet), `#17` (element). */
  suffix: string;
}

/** Longest line and longest record, characters. What is longer is no record of an approval system. */
export const LONGEST_RECORD = 1024 * 1024;

/** What to say of a line that is longer. */
export const TOO_LONG: Omit<Problem, 'place'> = {
  field: '',
  expected: `a line of at most ${LONGEST_RECORD} characters`,
  got: 'a longer one',
  hint: 'check the line ends and the encoding of the file',
};
