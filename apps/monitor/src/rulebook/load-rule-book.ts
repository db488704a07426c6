import { createHash } from 'node:crypto';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import {
  BadInputError,
  CalendarDocument,
  parseYamlDocument,
  RulesetDocument,
  type Problem,
} from '@mingjian/contracts';
import { canonicalJson, RuleBook, RuleBookError, WorkingCalendar } from '@mingjian/rules';
import type { z } from 'zod';

/** Where rulesets and calendars lie: each a file, or a folder whose YAML and JSON files are all read. */
export interface RuleBookPaths {
  rulesets: string;
  calendars: string;
}

/** A rule book with what it was made of. */
export interface LoadedRuleBook {
  book: RuleBook;
  rulesets: readonly RulesetDocument[];
  calendars: ReadonlyMap<string, WorkingCalendar>;
  /** SHA-256 over all rulesets, whatever their order; equal digests judge alike. */
  rulesetDigest: string;
  /** The same over the calendars that the rulesets name. */
  calendarDigest: string;
}

/**
 * Reads rulesets and calendars.
 * @throws BadInputError with every problem of every file: what cannot be read, does not fit the schema, or does not
 * fit together.
 */
export async function loadRuleBook(paths: RuleBookPaths): Promise<LoadedRuleBook> {
  const problems: Problem[] = [];
  const calendarDocuments = await readDocuments(paths.calendars, CalendarDocument, problems);
  const rulesets = await readDocuments(paths.rulesets, RulesetDocument, problems);
  if (problems.length > 0) throw new BadInputError(problems);
  const calendars = new Map(
    calendarDocuments.map((document) => [document.calendar, WorkingCalendar.fromDocument(document)]),
  );
  const used = new Set(rulesets.map((document) => document.calendar));
  try {
    return {
      book: new RuleBook(rulesets, calendars),
      rulesets,
      calendars,
      rulesetDigest: digestOf(rulesets),
      calendarDigest: digestOf(calendarDocuments.filter((document) => used.has(document.calendar))),
    };
  } catch (error) {
    if (!(error instanceof RuleBookError)) throw error;
    throw new BadInputError([
      {
        place: paths.rulesets,
        field: '',
        expected: 'rulesets that fit together',
        got: error.message,
        hint: '',
      },
    ]);
  }
}

/** The document files at a path, in order of name. @throws where the path cannot be read. */
export async function documentFiles(path: string): Promise<string[]> {
  if (!(await stat(path)).isDirectory()) return [path];
  const names = await readdir(path);
  return names
    .filter((name) => /\.(ya?ml|json)$/.test(name))
    .sort()
    .map((name) => join(path, name));
}

async function readDocuments<T extends z.ZodType>(
  path: string,
  schema: T,
  problems: Problem[],
): Promise<z.output<T>[]> {
  const documents: z.output<T>[] = [];
  let files: string[] = [];
  try {
    files = await documentFiles(path);
  } catch (error) {
    problems.push(unreadable(path, error));
  }
  for (const file of files) {
    try {
      documents.push(parseYamlDocument(await readFile(file, 'utf8'), file, schema));
    } catch (error) {
      if (error instanceof BadInputError) problems.push(...error.problems);
      else problems.push(unreadable(file, error));
    }
  }
  return documents;
}

function unreadable(place: string, error: unknown): Problem {
  return {
    place,
    field: '',
    expected: 'a file or folder that can be read',
    got: error instanceof Error ? error.message : String(error),
    hint: 'check MINGJIAN_RULESETS and MINGJIAN_CALENDARS',
  };
}

function digestOf(documents: readonly unknown[]): string {
  const hash = createHash('sha256');
  for (const line of documents.map(canonicalJson).sort()) hash.update(`${line}\n`);
  return hash.digest('hex');
}
