import { parseJson } from '../accept/parse-json';
import { badDocument } from './read-whole';
import { parseXml } from './parse-xml';
import { recordsAlong } from '../records-along';
import type { SourceRecord } from './source-record';

/** A whole JSON or XML document. @throws BadInputError when it is none, or unsafe to read. */
export function parseText(text: string, name: string, format: 'json' | 'xml'): unknown {
  if (format === 'xml') return parseXml(text, name);
  const parsed = parseJson(text, name);
  if (parsed.ok) return parsed.value;
  const { expected, got } = parsed.problem;
  throw badDocument(name, expected, got, 'check the end of the text: is it whole?');
}

/**
 * The records of a document at a path, each with its number there.
 * @returns null where the document does not have the path.
 */
export function recordsOfDocument(document: unknown, path: string): SourceRecord[] | null {
  const records = recordsAlong(document, path);
  if (records === null) return null;
  return records.map((value, index) => {
    const at = path === '' ? '' : ` ${path}`;
    const line = index + 1;
    return { ok: true, line, suffix: `${at}#${line}`, raw: JSON.stringify(value), value };
  });
}
