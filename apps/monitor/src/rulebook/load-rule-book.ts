import { createHash } from 'node:crypto';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import {
  BadInputError,
  CalendarDocument,
  parseYamlDocument,
  RulesetDocument,
  type DraftKind,
  type Problem,
} from '@mingjian/contracts';
import { canonicalJson, RuleBook, RuleBookError, WorkingCalendar } from '@mingjian/rules';
import { parse } from 'yaml';
import { z } from 'zod';
import { joinDocuments, type ReadDocuments } from './join-documents';
import { identityOf, writtenDigest, type ApprovedDocument, type RuleDocument } from './rule-document';

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
  /** Every document that holds, with where it came from. */
  documents: readonly RuleDocument[];
  /** Approved rulesets in whose place a later approval stepped. */
  superseded: readonly RuleDocument[];
  /** The files alone, as they were read: what further approvals are held against. */
  files: ReadDocuments;
}

/** Documents that were approved, in order of approval. */
export type ApprovedDocuments = ReadDocuments<ApprovedDocument>;
const NONE_APPROVED: ApprovedDocuments = { rulesets: [], calendars: [] };

/**
 * Reads rulesets and calendars, and joins them with what was approved.
 * @throws BadInputError with every problem of every file: what cannot be read, does not fit the schema, or does not
 * fit together.
 */
export async function loadRuleBook(
  paths: RuleBookPaths,
  approved: ApprovedDocuments = NONE_APPROVED,
): Promise<LoadedRuleBook> {
  const problems: Problem[] = [];
  const files: ReadDocuments = {
    calendars: await readDocuments('calendar', paths.calendars, CalendarDocument, problems),
    rulesets: await readDocuments('ruleset', paths.rulesets, RulesetDocument, problems),
  };
  if (problems.length > 0) throw new BadInputError(problems);
  return ruleBookOf(files, approved, paths.rulesets);
}

/**
 * The book of documents that are read already.
 * @throws BadInputError where they contradict each other or do not fit together; `place` names them then.
 */
export function ruleBookOf(files: ReadDocuments, approved: ApprovedDocuments, place: string): LoadedRuleBook {
  const joined = joinDocuments(files, approved);
  if (joined.problems.length > 0) throw new BadInputError(joined.problems);
  const rulesets = joined.rulesets.map(({ parsed }) => parsed);
  const calendarDocuments = joined.calendars.map(({ parsed }) => parsed);
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
      documents: [...joined.rulesets, ...joined.calendars].map(({ document }) => document),
      superseded: joined.superseded,
      files,
    };
  } catch (error) {
    if (!(error instanceof RuleBookError)) throw error;
    throw new BadInputError([
      { place, field: '', expected: 'rulesets that fit together', got: error.message, hint: '' },
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

const Written = z.record(z.string(), z.unknown());

async function readDocuments<Parsed extends RulesetDocument | CalendarDocument>(
  kind: DraftKind,
  path: string,
  schema: z.ZodType<Parsed>,
  problems: Problem[],
): Promise<{ parsed: Parsed; document: RuleDocument }[]> {
  const documents: { parsed: Parsed; document: RuleDocument }[] = [];
  let files: string[] = [];
  try {
    files = await documentFiles(path);
  } catch (error) {
    problems.push(unreadable(path, error));
  }
  for (const file of files) {
    try {
      const text = await readFile(file, 'utf8');
      const parsed = parseYamlDocument(text, file, schema);
      const written = Written.parse(parse(text));
      const origin = { file, approved: null, written, digest: writtenDigest(written) };
      documents.push({ parsed, document: { ...identityOf(kind, parsed), ...origin } });
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
