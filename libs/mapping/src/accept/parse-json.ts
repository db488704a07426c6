import type { Problem } from '@mingjian/contracts';

export type ParsedJson = { ok: true; value: unknown } | { ok: false; problem: Problem };

/** Parses JSON text; says line and column of the fault. `place` names the text: `body`, `line 3`. */
export function parseJson(text: string, place: string): ParsedJson {
  try {
    return { ok: true, value: JSON.parse(text) };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return { ok: false, problem: jsonProblem(text, place, message) };
  }
}

function jsonProblem(text: string, place: string, message: string): Problem {
  const expected = 'well-formed JSON';
  const hint = 'write one JSON object as in docs/step-event.schema.json, in UTF-8';
  if (text.trim() === '') return { place, field: '', expected, got: 'nothing', hint };
  // The engine's texts end in "at position 17", and where the text stops too early they say so instead.
  const position = Number(/position (\d+)/.exec(message)?.[1] ?? text.length);
  const before = text.slice(0, position).split('\n');
  const column = (before.at(-1) ?? '').length + 1;
  const line = before.length === 1 ? '' : `line ${before.length}, `;
  const found = text.slice(position, position + 20).split('\n')[0] ?? '';
  const got = found === '' ? 'the end of the text' : JSON.stringify(found);
  return { place, field: '', expected, got: `${got} at ${line}column ${column}`, hint };
}
