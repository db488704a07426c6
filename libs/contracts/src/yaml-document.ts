import { LineCounter, parseDocument, isNode, type Document } from 'yaml';
import type { z } from 'zod';
import { BadInputError, problemsOf, type Problem } from './problem';

/**
 * Reads a YAML or JSON document and checks it against a schema.
 * Guarantees: every problem is reported at once, each with `file:line`.
 * @throws BadInputError when the text is no YAML or does not fit the schema.
 */
export function parseYamlDocument<T extends z.ZodType>(text: string, file: string, schema: T): z.output<T> {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: true });
  if (document.errors.length > 0) {
    throw new BadInputError(
      document.errors.map((error) => ({
        place: `${file}:${lines.linePos(error.pos[0]).line}`,
        field: '',
        expected: 'well-formed YAML or JSON',
        got: error.message.split('\n')[0] ?? '',
        hint: '',
      })),
    );
  }
  const value: unknown = document.toJS();
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new BadInputError(
    problemsOf(parsed.error, file, value).map((problem, index) =>
      withLine(problem, document, lines, file, parsed.error.issues[index]?.path ?? []),
    ),
  );
}

function withLine(
  problem: Problem,
  document: Document,
  lines: LineCounter,
  file: string,
  path: readonly PropertyKey[],
): Problem {
  // The nearest ancestor that stands in the text: a missing field has no line of its own.
  for (let length = path.length; length >= 0; length--) {
    const node = document.getIn(
      path.slice(0, length).map((key) => (typeof key === 'symbol' ? String(key) : key)),
      true,
    );
    if (isNode(node) && node.range)
      return { ...problem, place: `${file}:${lines.linePos(node.range[0]).line}` };
  }
  return problem;
}
