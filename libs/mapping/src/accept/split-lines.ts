/** One line of a text, without its end; lines count from 1. */
export interface Line {
  number: number;
  text: string;
  /** True where the line was longer than the limit; then `text` is its beginning. */
  isCut: boolean;
}

/**
 * Splits pieces of text into lines ended by LF or CRLF; pieces may break anywhere.
 * Guarantee: holds at most one piece and one line of `longest` characters; the rest of a longer line is passed over.
 * An empty last line is none.
 */
export async function* splitLines(
  pieces: AsyncIterable<string> | Iterable<string>,
  longest: number,
): AsyncGenerator<Line> {
  let number = 1;
  let held = '';
  let isCut = false;
  for await (const piece of pieces) {
    let from = 0;
    for (let end = piece.indexOf('\n'); end >= 0; end = piece.indexOf('\n', from)) {
      hold(piece, from, end);
      yield take();
      from = end + 1;
    }
    hold(piece, from, piece.length);
  }
  if (held !== '') yield take();

  function hold(piece: string, from: number, to: number): void {
    const room = longest - held.length;
    if (to - from > room) isCut = true;
    held += piece.slice(from, Math.min(to, from + room));
  }

  function take(): Line {
    const line = { number, text: held.endsWith('\r') ? held.slice(0, -1) : held, isCut };
    number++;
    held = '';
    isCut = false;
    return line;
  }
}
