import { BadInputError } from '@mingjian/contracts';

/**
 * Largest document that is read as a whole, characters or bytes: a JSON or XML document has no line to stop at, and
 * what is larger would take the memory of everything else. A file of lines (CSV, NDJSON) has no such bound.
 */
export const LARGEST_DOCUMENT = 64 * 1024 * 1024;

/** @throws BadInputError when the text cannot be read or is longer than {@link LARGEST_DOCUMENT}. */
export async function readWhole(
  pieces: AsyncIterable<string> | Iterable<string>,
  name: string,
  largest = LARGEST_DOCUMENT,
): Promise<string> {
  const read: string[] = [];
  let length = 0;
  for await (const piece of pieces) {
    length += piece.length;
    if (length > largest) throw tooLarge(name, largest);
    read.push(piece);
  }
  return read.join('');
}

/** What to say of a document that is larger. */
export function tooLarge(file: string, largest = LARGEST_DOCUMENT): BadInputError {
  const expected = `a document of at most ${largest / 1024 / 1024} MiB, unpacked`;
  const hint = 'export fewer records a file, or as CSV or NDJSON, which may be of any size';
  return new BadInputError([{ place: file, field: '', expected, got: 'a larger one', hint }]);
}

/** The document of a file is at fault as a whole. */
export function badDocument(file: string, expected: string, got: string, hint = ''): BadInputError {
  return new BadInputError([{ place: file, field: '', expected, got, hint }]);
}
