import { readdir, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { isNode, LineCounter, parseDocument } from 'yaml';
import type { z } from 'zod';
import { BadInputError, parseYamlDocument, problemsOf } from '@mingjian/contracts';
import { SCENARIO_PARTS, ScenarioDocument } from '@mingjian/contracts';
import { RuleBook, RuleBookError, WorkingCalendar } from '@mingjian/rules';
import { readText } from './read-text';

type Path = readonly (string | number)[];

/** A rule test with its rules, and where its statements stand. */
export interface Scenario {
  file: string;
  document: ScenarioDocument;
  book: RuleBook;
  /** Line of a statement, or of the nearest one around it. */
  lineOf: (path: Path) => number;
}

const ENDING = '.scenario.yaml';

/**
 * The scenario files that are meant: files as given, and all `*.scenario.yaml` below folders, by name.
 * @throws BadInputError when a folder holds none: a test that tests nothing must not pass.
 */
export async function findScenarios(paths: readonly string[]): Promise<string[]> {
  const files: string[] = [];
  for (const path of paths) {
    const isFolder = await stat(path).then(
      (found) => found.isDirectory(),
      () => false,
    );
    if (!isFolder) {
      files.push(path);
      continue;
    }
    const below = (await readdir(path, { recursive: true })).filter((name) => name.endsWith(ENDING)).sort();
    if (below.length === 0) throw bad(path, '', `files that end in ${ENDING}`, 'none', 'check the path');
    files.push(...below.map((name) => join(path, name)));
  }
  return files;
}

/** Reads rule tests; documents that several of them name are read once. */
export class ScenarioReader {
  private readonly calendars = new Map<string, Promise<WorkingCalendar>>();

  /** @throws BadInputError with every problem, by file and line. */
  async read(file: string): Promise<Scenario> {
    const text = await readText(file);
    const document = parseYamlDocument(text, file, ScenarioDocument);
    const lineOf = linesOf(text);
    const place = (path: Path): string => `${file}:${lineOf(path)}`;
    const part = async <T extends z.ZodType>(name: 'ruleset' | 'calendar', index: number, schema: T) => {
      const given = document[name][index];
      if (typeof given === 'string') {
        const path = resolve(dirname(file), given);
        return parseYamlDocument(await readText(path), path, schema);
      }
      const parsed = schema.safeParse(given);
      if (parsed.success) return parsed.data;
      const problems = problemsOf(parsed.error, file, given).map((problem, at) => ({
        ...problem,
        place: place([name, ...((parsed.error.issues[at]?.path ?? []) as (string | number)[])]),
        field: `${name}.${problem.field}`,
      }));
      throw new BadInputError(problems);
    };
    const rulesets = await Promise.all(
      document.ruleset.map((_, index) => part('ruleset', index, SCENARIO_PARTS.ruleset)),
    );
    const calendars = await Promise.all(
      document.calendar.map(async (given, index) => {
        const make = async (): Promise<WorkingCalendar> =>
          WorkingCalendar.fromDocument(await part('calendar', index, SCENARIO_PARTS.calendar));
        if (typeof given !== 'string') return make();
        const path = resolve(dirname(file), given);
        const known = this.calendars.get(path) ?? make();
        this.calendars.set(path, known);
        return known;
      }),
    );
    try {
      const book = new RuleBook(rulesets, new Map(calendars.map((calendar) => [calendar.id, calendar])));
      return { file, document, book, lineOf };
    } catch (error) {
      if (!(error instanceof RuleBookError)) throw error;
      throw bad(place(['ruleset']), 'ruleset', 'rulesets and calendars that fit together', error.message, '');
    }
  }
}

function linesOf(text: string): (path: Path) => number {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  return (path) => {
    for (let length = path.length; length > 0; length--) {
      const node = document.getIn(path.slice(0, length), true);
      if (isNode(node) && node.range) return lines.linePos(node.range[0]).line;
    }
    return 1;
  };
}

function bad(place: string, field: string, expected: string, got: string, hint: string): BadInputError {
  return new BadInputError([{ place, field, expected, got, hint }]);
}
