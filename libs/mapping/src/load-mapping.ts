import { readFileSync } from 'node:fs';
import { isNativeError } from 'node:util/types';
import { BadInputError, parseYamlDocument, problemsOf } from '@mingjian/contracts';
import { isNode, LineCounter, parse, parseDocument } from 'yaml';
import { MappingDocument } from './mapping-document';
import { compileMapping, STEP_EVENTS, type Mapping } from './mapping';

/** A document as it is written, before defaults are put in. */
export type WrittenMapping = Readonly<Record<string, unknown>>;

/** A mapping, and what it was compiled from; null: it is built in. */
export interface ReadMapping {
  mapping: Mapping;
  written: WrittenMapping | null;
}

/**
 * The mapping of a file, or a built-in one by its name: `step-events`.
 * @throws BadInputError naming file, line and field of every fault.
 */
export function loadMapping(nameOrFile: string): Mapping {
  return readMapping(nameOrFile).mapping;
}

/** The same, with the document. @throws BadInputError */
export function readMapping(nameOrFile: string): ReadMapping {
  if (nameOrFile === STEP_EVENTS.name) return { mapping: STEP_EVENTS, written: null };
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
  const mapping = compileMapping(document, (rule) => `${nameOrFile}:${lines[rule] ?? 0}`);
  return { mapping, written: parse(text) as WrittenMapping };
}

/**
 * The mapping of a document that stands in no file.
 * @param place what it is called in error texts
 * @throws BadInputError naming the field of every fault.
 */
export function compileWritten(written: unknown, place: string): Mapping {
  const parsed = MappingDocument.safeParse(written);
  if (!parsed.success) throw new BadInputError(problemsOf(parsed.error, place, written));
  return compileMapping(parsed.data, (rule) => `${place} events.${rule}`);
}

/** The line on which each rule begins. */
function linesOfRules(text: string): number[] {
  const counter = new LineCounter();
  const rules = parseDocument(text, { lineCounter: counter }).getIn(['events'], true);
  const items = isNode(rules) && 'items' in rules ? (rules.items as unknown[]) : [];
  return items.map((rule) => (isNode(rule) && rule.range ? counter.linePos(rule.range[0]).line : 0));
}
