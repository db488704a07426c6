import { shown, type Problem } from '@mingjian/contracts';
import type { MappingInput } from './compile-input';
import type { Fields } from './record-fields';

/** The table that a record is a row of, and the row itself. */
export type Found = { input: MappingInput; fields: Fields } | { problem: Omit<Problem, 'place'> };

/**
 * Which input a record belongs to: the only one, the one that it names (`{ INPUT: { … } }`), or the first whose `when`
 * tells it.
 */
export function inputOf(record: unknown, inputs: readonly MappingInput[]): Found {
  if (typeof record !== 'object' || record === null || Array.isArray(record))
    return { problem: { field: '', expected: 'an object', got: typeof record, hint: '' } };
  const fields = record as Fields;
  const [only] = inputs;
  if (only?.name === '') return { input: only, fields };
  const [[name, inner] = ['', null], ...others] = Object.entries(fields);
  const input = others.length > 0 ? undefined : inputs.find((one) => one.name === name);
  if (input !== undefined && typeof inner === 'object' && inner !== null)
    return { input, fields: inner as Fields };
  const told = inputs.find((one) => one.tells(fields));
  if (told !== undefined) return { input: told, fields };
  const expected = `a record of one of the inputs (${inputs.map((one) => one.name).join(', ')})`;
  const hint = 'write it as { "INPUT": { … } }, or give an input a "when"';
  return { problem: { field: '', expected, got: shown(record), hint } };
}
