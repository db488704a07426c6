import type { DraftKind } from '@mingjian/contracts';
import type { DraftBook } from './draft-book';
import type { Written } from './draft-document';
import type { DraftProblem } from './draft-problem';
import { KINDS } from './kinds';

const CANNOT_BE_JUDGED = 'cannot-be-judged';
/** Problems that keep a document from being judged by, be it for a test. */
export const UNUSABLE: ReadonlySet<string> = new Set([
  'schema',
  'other-document',
  'unknown-calendar',
  CANNOT_BE_JUDGED,
]);
/** Most problems kept: more are not read. */
const MOST = 300;

/**
 * What is wrong with a document that is to take the place of another: its form, whether it fits the rest, and what the lint has against
 * it. What the lint has against what is in force already is a warning: it is not this draft's doing.
 */
export function checkDraft(
  kind: DraftKind,
  documentId: string,
  written: Written,
  book: DraftBook,
  now: number,
): DraftProblem[] {
  try {
    return KINDS[kind].check(documentId, written, book, now).slice(0, MOST);
  } catch (error) {
    // Well formed, and yet the rules cannot count by it: what somebody wrote is kept all the same, and goes no further.
    const got = error instanceof Error ? error.message : String(error);
    const hint = '撤销最近的更改，或导入此前的文件';
    return [
      {
        severity: 'error',
        code: CANNOT_BE_JUDGED,
        path: [],
        field: '整个文件',
        expected: '可以计算的规则',
        got,
        hint,
      },
    ];
  }
}
