import { readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, isAbsolute, join, resolve } from 'node:path';
import { BadInputError, FeedDocument, parseYamlDocument, type Problem } from '@mingjian/contracts';
import { fillEnvironment } from '@mingjian/runtime';
import { readMapping, type Mapping, type WrittenMapping } from '@mingjian/mapping';
import { approvedName, withMapping } from './with-mapping';
import { withoutPassword } from './without-password';

/** A feed document, and what it names: paths are absolute, variables are filled in. */
export interface LoadedFeed {
  file: string;
  document: FeedDocument;
  /** Null for HTTP, whose senders say step events, and for `approved:NAME` until the store was asked. */
  mapping: Mapping | null;
  /** The only source that its events may name. */
  source: string | null;
  /** The mapping file as it is written; null where there is none. */
  written: WrittenMapping | null;
}

/**
 * The feeds of a file, or of all `.yaml`, `.yml` and `.json` files of a folder; none where the path is empty.
 * @throws BadInputError naming file, line and field of every fault, also of the mappings that they name.
 */
export function loadFeeds(path: string): LoadedFeed[] {
  if (path === '') return [];
  const problems: Problem[] = [];
  const feeds = filesAt(path).flatMap((file) => {
    try {
      return [loadFeed(file)];
    } catch (error) {
      if (!(error instanceof BadInputError)) throw error;
      problems.push(...error.problems.map((problem) => ({ ...problem, got: withoutPassword(problem.got) })));
      return [];
    }
  });
  const first = new Map<string, string>();
  for (const { document, file } of feeds) {
    const other = first.get(document.feed);
    if (other !== undefined)
      problems.push({
        place: file,
        field: 'feed',
        expected: 'a name of its own',
        got: document.feed,
        hint: `${other} has it already`,
      });
    first.set(document.feed, file);
  }
  if (problems.length > 0) throw new BadInputError(problems);
  return feeds;
}

function filesAt(path: string): string[] {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found === undefined)
    throw new BadInputError([
      {
        place: path,
        field: 'MINGJIAN_FEEDS',
        expected: 'a feed document, or a folder of them',
        got: 'nothing there',
        hint: 'correct the path, or leave the setting empty where nothing is to be read',
      },
    ]);
  if (!found.isDirectory()) return [path];
  return readdirSync(path)
    .filter((name) => /\.(yaml|yml|json)$/.test(name))
    .sort()
    .map((name) => join(path, name));
}

function loadFeed(file: string): LoadedFeed {
  const parsed = parseYamlDocument(readFileSync(file, 'utf8'), file, FeedDocument);
  const at = (path: string): string => (isAbsolute(path) ? path : resolve(dirname(file), path));
  if (parsed.kind === 'http')
    return { file, document: parsed, mapping: null, source: parsed.source, written: null };
  const document = withPaths(parsed, file, at);
  const { source = null } = document;
  if (approvedName(document) !== null) return { file, document, mapping: null, source, written: null };
  const { mapping, written } = readMapping(document.mapping);
  return { file, document, written, ...withMapping({ file, document }, mapping) };
}

type Runnable = Exclude<FeedDocument, { kind: 'http' }>;

function withPaths(document: Runnable, file: string, at: (path: string) => string): Runnable {
  const isFile = document.mapping !== 'step-events' && approvedName(document) === null;
  const mapping = isFile ? at(document.mapping) : document.mapping;
  const optional = (path: string | undefined): string | undefined =>
    path === undefined ? undefined : at(path);
  switch (document.kind) {
    case 'table': {
      const { driver, passwordFile, caFile } = document.database;
      const filled = fill(document.database.url, file, 'database.url');
      const url = driver === 'sqlite' ? at(filled) : filled;
      const database = { driver, url, passwordFile: optional(passwordFile), caFile: optional(caFile) };
      return { ...document, mapping, database };
    }
    case 'folder':
      return { ...document, mapping, folder: at(fill(document.folder, file, 'folder')) };
    case 'topic': {
      const { sasl, tls } = document;
      return {
        ...document,
        mapping,
        ...(sasl === undefined ? {} : { sasl: { ...sasl, passwordFile: at(sasl.passwordFile) } }),
        ...(tls === undefined
          ? {}
          : {
              tls: {
                caFile: at(tls.caFile),
                certFile: optional(tls.certFile),
                keyFile: optional(tls.keyFile),
              },
            }),
      };
    }
  }
}

function fill(text: string, file: string, field: string): string {
  const { text: filled, missing } = fillEnvironment(text);
  if (missing.length === 0) return filled;
  throw new BadInputError(
    missing.map((name) => ({
      place: file,
      field,
      expected: `the variable ${name} in the environment`,
      got: 'nothing',
      hint: 'set it where the collector is started',
    })),
  );
}
