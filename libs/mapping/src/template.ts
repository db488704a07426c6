/** A text with fields of a record in it: `{case no}/accepted`. `{{` and `}}` stand for the braces themselves. */
export interface Template {
  /** The fields it needs. */
  fields: string[];
  /** The text with `{}` in place of each field: two of one shape are filled alike by the same values. */
  shape: string;
  /** Null when one of the fields has no value. */
  fill(valueOf: (field: string) => string | null): string | null;
}

/** @throws Error when a brace has no partner. */
export function compileTemplate(text: string): Template {
  const pieces: Piece[] = [];
  for (const [piece] of text.matchAll(/\{\{|\}\}|\{[^{}]+\}|[^{}]+|[{}]/g)) {
    if (piece === '{' || piece === '}') throw new Error(`a brace without its partner in "${text}"`);
    if (piece.startsWith('{') && piece !== '{{') pieces.push({ field: piece.slice(1, -1).trim() });
    else pieces.push({ literal: piece === '{{' ? '{' : piece === '}}' ? '}' : piece });
  }
  return {
    fields: pieces.flatMap((piece) => ('field' in piece ? [piece.field] : [])),
    shape: pieces.map((piece) => ('field' in piece ? '{}' : piece.literal)).join(''),
    fill: (valueOf) => {
      let filled = '';
      for (const piece of pieces) {
        const part = 'field' in piece ? valueOf(piece.field) : piece.literal;
        if (part === null) return null;
        filled += part;
      }
      return filled;
    },
  };
}

type Piece = { literal: string } | { field: string };
