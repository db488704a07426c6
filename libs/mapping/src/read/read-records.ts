import { basename } from 'node:path';
import { BadInputError } from '@mingjian/contracts';
import { splitLines, type Line } from '../accept/split-lines';
import type { MappingInput } from '../compile-input';
import type { Mapping } from '../mapping';
import type { Format } from '../mapping-document';
import type { Fields } from '../record-fields';
import { readCsv } from './read-csv';
import { parseText, recordsOfDocument } from './read-document';
import { readNdjson } from './read-ndjson';
import { readSheets, recordsOfSheet } from './read-sheets';
import { readText } from './read-text';
import { badDocument, readWhole } from './read-whole';
import { LONGEST_RECORD, type SourceRecord } from './source-record';

/**
 * The records of a file, in the form that the mapping takes: `{ INPUT: record }` where it names inputs.
 * @throws BadInputError when the file as a whole cannot be used: unreadable, none of the mapping's, without the records or
 * without a column that it needs.
 */
export async function* readRecords(file: string, mapping: Mapping): AsyncGenerator<SourceRecord> {
  const inputs = inputsOf(file, mapping);
  const { format, encoding } = mapping;
  if (format === 'xlsx') yield* fromWorkbook(file, mapping, inputs);
  else yield* fromText({ name: file, pieces: readText(file, encoding), format }, mapping, inputs);
}

/** A text that records are read of, decoded. */
export interface RecordText {
  /** For error texts. */
  name: string;
  pieces: AsyncIterable<string> | Iterable<string>;
  format: Exclude<Format, 'xlsx'>;
}

/**
 * The records of a text that no file name says anything of: it may hold rows of every input, and may be written in another
 * format than the mapping's files, as records in quarantine are.
 * @throws BadInputError when the text as a whole cannot be used.
 */
export async function* readRecordsOfText(text: RecordText, mapping: Mapping): AsyncGenerator<SourceRecord> {
  yield* fromText(text, mapping, [...mapping.inputs], true);
}

async function* fromText(
  text: RecordText,
  mapping: Mapping,
  inputs: MappingInput[],
  isPasted = false,
): AsyncGenerator<SourceRecord> {
  if (text.format === 'json' || text.format === 'xml') yield* fromDocument(text, inputs, isPasted);
  else yield* fromLines(text, mapping, inputs, isPasted);
}

/** The inputs that a file of this name may hold. */
export function inputsOf(file: string, { inputs, name }: Mapping): MappingInput[] {
  const found = inputs.filter((input) => input.file === null || input.file.test(basename(file)));
  if (found.length > 0) return found;
  const names = inputs.map((input) => input.name).join(', ');
  throw badDocument(
    file,
    `a file of one of the inputs of mapping ${name} (${names})`,
    basename(file),
    'see "file" of each input',
  );
}

/** `isPasted`: of several inputs the header tells which one it is of, where it fits one alone. */
async function* fromLines(
  { name, pieces, format }: RecordText,
  mapping: Mapping,
  inputs: MappingInput[],
  isPasted: boolean,
): AsyncGenerator<SourceRecord> {
  let told = inputs;
  const lines = unlessEmpty(splitLines(pieces, LONGEST_RECORD), name);
  const { delimiter } = mapping;
  const columns = inputs[0]?.columns ?? null;
  const onHeader = (names: readonly string[]): void => {
    const fitting = inputs.filter(({ fields }) => fields.every((field) => names.includes(field)));
    if (isPasted && fitting.length === 1) told = fitting;
    checkHeader(names, told, mapping, `${name}:1`);
  };
  const records = format === 'ndjson' ? readNdjson(lines) : readCsv(lines, { delimiter, columns, onHeader });
  for await (const record of records) yield ofInput(record, told);
}

/** A file of nothing is what a broken export leaves behind, too: it does not say that there was nothing. */
async function* unlessEmpty(lines: AsyncIterable<Line>, file: string): AsyncGenerator<Line> {
  let isEmpty = true;
  for await (const line of lines) {
    isEmpty &&= line.text.trim() === '';
    yield line;
  }
  if (!isEmpty) return;
  const hint =
    'an empty file does not prove that there was nothing to send: for a day without records send the header alone, or a heartbeat, and find out what cut this file off';
  throw badDocument(file, 'a header line, or at least one record', 'an empty file', hint);
}

/** `isPasted`: where there are no records at the paths of the mapping, the document itself is the records. */
async function* fromDocument(
  { name, pieces, format }: RecordText,
  inputs: MappingInput[],
  isPasted: boolean,
): AsyncGenerator<SourceRecord> {
  const document = parseText(await readWhole(pieces, name), name, format === 'xml' ? 'xml' : 'json');
  let isThere = false;
  for (const [path, group] of groupedBy(inputs, ({ records }) => records)) {
    const records = recordsOfDocument(document, path);
    isThere ||= records !== null;
    for (const record of records ?? []) yield ofInput(record, group);
  }
  if (isThere) return;
  if (isPasted) {
    for (const record of recordsOfDocument(document, '') ?? []) yield ofInput(record, inputs);
    return;
  }
  const paths = inputs.map(({ records }) => records || '(the document)').join(' or ');
  throw badDocument(name, `records at ${paths}`, 'none', 'correct "records" of the mapping');
}

async function* fromWorkbook(
  file: string,
  mapping: Mapping,
  inputs: MappingInput[],
): AsyncGenerator<SourceRecord> {
  const sheets = await readSheets(file);
  let isThere = false;
  for (const [wanted, group] of groupedBy(inputs, ({ sheet }) => sheet)) {
    const sheet =
      typeof wanted === 'number' ? sheets[wanted - 1] : sheets.find(({ name }) => name === wanted);
    if (sheet === undefined) continue;
    isThere = true;
    const place = `${file}[${sheet.name}]:${mapping.headerRow}`;
    const onHeader = (names: readonly string[]): void => checkHeader(names, group, mapping, place);
    for (const record of recordsOfSheet(sheet, mapping.headerRow, onHeader)) yield ofInput(record, group);
  }
  if (isThere) return;
  const wanted = inputs.map(({ sheet }) => String(sheet)).join(' or ');
  throw badDocument(
    file,
    `a sheet ${wanted}`,
    sheets.map(({ name }) => name).join(', '),
    'correct "sheet" of the mapping',
  );
}

function groupedBy<Key>(
  inputs: MappingInput[],
  keyOf: (input: MappingInput) => Key,
): Map<Key, MappingInput[]> {
  const groups = new Map<Key, MappingInput[]>();
  for (const input of inputs) {
    const key = keyOf(input);
    groups.set(key, [...(groups.get(key) ?? []), input]);
  }
  return groups;
}

/** Names the input: by where the record stands, or by the `when` of the inputs that could stand there. */
function ofInput(record: SourceRecord, inputs: MappingInput[]): SourceRecord {
  const [only, ...others] = inputs;
  if (!record.ok || only === undefined || only.name === '') return record;
  const { value } = record;
  const fields = typeof value === 'object' && value !== null ? (value as Fields) : {};
  if (namesInput(fields, inputs)) return record;
  const input = others.length === 0 ? only : inputs.find((one) => one.tells(fields));
  if (input === undefined) return record;
  const named = { [input.name]: value };
  return { ...record, value: named, raw: JSON.stringify(named) };
}

/** Whether a record is `{ INPUT: { … } }` already, as it is over Kafka, by HTTP and in quarantine. */
function namesInput(fields: Fields, inputs: MappingInput[]): boolean {
  const [[name, inner] = ['', null], ...others] = Object.entries(fields);
  const isNamed = others.length === 0 && inputs.some((input) => input.name === name);
  return isNamed && typeof inner === 'object' && inner !== null;
}

/** A missing column is one fault of the file, not one of each of its rows. */
function checkHeader(
  names: readonly string[],
  inputs: readonly MappingInput[],
  mapping: Mapping,
  place: string,
): void {
  // Where a file holds several tables a row lacks the columns of the others.
  if (inputs.length > 1) return;
  const missing = (inputs[0]?.fields ?? []).filter((field) => !names.includes(field));
  if (missing.length === 0) return;
  throw new BadInputError(
    missing.map((field) => ({
      place,
      field,
      expected: `a column of this name, which mapping ${mapping.name} reads`,
      got: names.join(mapping.delimiter),
      hint: 'correct the header, the delimiter or the mapping',
    })),
  );
}
