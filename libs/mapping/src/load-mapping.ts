import { readFileSync } from 'node:fs';
import { isNativeError } from 'node:util/types';
import { BadInputError, parseYamlDocument } from '@mingjian/contracts';
import { isNode, LineCounter, parseDocument } from 'yaml';
import { MappingDocument } from './mapping-document';
import { compileMapping, STEP_EVENTS, type Mapping } from './mapping';

/**
 * The mapping of a file, or a built-in one by its name: `step-events`.
 * @throws BadInputError naming file, line and field of every fault.
 */
export function loadMapping(nameOrFile: string): Mapping {
  if (nameOrFile === STEP_EVENTS.name) return STEP_EVENTS;
  let text: string;
  try {
    text = readFileSync(nameOrFile, 'utf8');
  } catch (error) {
    const got = isNativeError(error) ? error.message : String(error);
    const expected = `a mapping file, or the built-in mapping ${STEP_EVENTS.name}`;
    throw new BadInputError([{ place: nameOrFile, field: '', expected, got, hint: '' }]);
  }
  const document = parseYamlDocument(text, nameOrFile, MappingDocument);
  const lines = linesOfRules(text);
  return compileMapping(document, (rule) => `${nameOrFile}:${lines[rule] ?? 0}`);
}

/** The line on which each rule begins. */
function linesOfRules(text: string): number[] {
  const counter = new LineCounter();
  const rules = parseDocument(text, { lineCounter: counter }).getIn(['events'], true);
  const items = isNode(rules) && 'items' in rules ? (rules.items as unknown[]) : [];
  return items.map((rule) => (isNode(rule) && rule.range ? counter.linePos(rule.range[0]).line : 0));
}
