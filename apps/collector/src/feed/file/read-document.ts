import { parseJson } from '../../intake/parse-json';
import { badDocument, readWholeText } from './read-whole';
import { parseXml } from './parse-xml';
import { recordsAlong } from '../../mapping/records-along';
import type { SourceRecord } from './source-record';

/** One document of records; each path of member names leads to a table of its own. */
export interface DocumentOptions {
  format: 'json' | 'xml';
  encoding: string;
}

/** A whole JSON or XML document. @throws BadInputError when it is none, too large, or unsafe to read. */
export async function readDocument(file: string, { format, encoding }: DocumentOptions): Promise<unknown> {
  const text = await readWholeText(file, encoding);
  if (format === 'xml') return parseXml(text, file);
  const parsed = parseJson(text, file);
  if (parsed.ok) return parsed.value;
  throw badDocument(
    file,
    parsed.problem.expected,
    parsed.problem.got,
    'check the end of the file: is it whole?',
  );
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
