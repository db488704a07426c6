import type { Problem, RunnableFeed } from '@mingjian/contracts';
import type { Mapping, MappingInput } from '@mingjian/mapping';

/** Names of columns that may be written into a query. */
const COLUMN = /^[\p{L}_][\p{L}\p{N}_$#]*$/u;

/**
 * What is wrong between a feed and a mapping of several tables: which of them it reads, and where the rows of the others are
 * found that its rows are joined to. A folder keeps them itself.
 */
export function checkInputs(document: RunnableFeed, mapping: Mapping, file: string): Problem[] {
  if (document.kind === 'folder') return [];
  const problems: Problem[] = [];
  const report = (field: string, expected: string, got: string, hint = ''): void =>
    void problems.push({ place: file, field, expected, got, hint });
  const named = mapping.inputs.filter(({ name }) => name !== '');
  const names = named.map(({ name }) => name).join(', ') || 'none';
  const isKnown = (name: string): boolean => named.some((input) => input.name === name);
  const { input } = document;
  if (input !== undefined && !isKnown(input))
    report('input', `one of the inputs of mapping ${mapping.name} (${names})`, input);
  const read = named.filter(({ name }) => input === undefined || name === input);
  if (document.kind === 'table') {
    const { joins = {} } = document;
    for (const name of Object.keys(joins))
      if (!isKnown(name)) report('joins', `inputs of mapping ${mapping.name} (${names})`, name);
    for (const one of read) checkJoins(one, mapping, joins, report);
  } else if (read.some(({ joins }) => joins.length > 0)) {
    const hint =
      'let the department write the joined fields into its messages, or read its tables, or take its files';
    report('mapping', 'an input without joins: a topic has no rows to look up', document.mapping, hint);
  }
  return problems;
}

/** The values that a row is joined by must be those of the columns by which the other one is found. */
function checkJoins(
  { name, joins }: MappingInput,
  mapping: Mapping,
  tables: Readonly<Record<string, string>>,
  report: (field: string, expected: string, got: string, hint?: string) => void,
): void {
  for (const { as, input, on } of joins) {
    if (tables[input] === undefined)
      report(
        `joins.${input}`,
        `the table that holds the rows of ${input}, to which ${name} is joined`,
        'nothing',
        `write joins: { ${input}: TABLE }, or join the tables in a view of the database and read that`,
      );
    const key = mapping.inputs.find((one) => one.name === input)?.key;
    if (!key) continue;
    const inDatabase = 'for tables it is looked up by columns';
    if (on.shape !== key.shape)
      report('mapping', `"on" of ${name}.join.${as} written like the key of ${input}`, on.shape, inDatabase);
    const other = key.fields.find((field) => !COLUMN.test(field));
    if (other !== undefined) report('mapping', `a key of ${input} made of columns`, `{${other}}`, inDatabase);
  }
}
