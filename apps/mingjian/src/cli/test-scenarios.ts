import { BadInputError } from '@mingjian/contracts';
import type { Problem } from '@mingjian/contracts';
import { runScenario } from '@mingjian/rules';
import { findScenarios, ScenarioReader } from '../files/read-scenario';
import type { Scenario } from '../files/read-scenario';
import type { Io } from './io';
import { EXIT } from './io';

export interface TestOptions {
  json?: boolean;
}

interface Failure {
  file: string;
  line: number;
  /** The instant that the expectation speaks of, as written. */
  at: string;
  field: string;
  expected: string;
  found: string;
}

interface Outcome {
  file: string;
  name: string;
  provision: string;
  ok: boolean;
  compared: number;
  failures: Failure[];
}

/**
 * `mingjian test FILE…`: runs rule tests and prints every difference by file and line.
 * @returns 0 when all hold, 1 when one does not.
 * @throws BadInputError with the problems of all files, before any test has run: half a suite proves nothing.
 */
export async function testScenarios(paths: string[], options: TestOptions, io: Io): Promise<number> {
  const outcomes = (await readAll(await findScenarios(paths))).map(outcomeOf);
  const failed = outcomes.filter(({ ok }) => !ok).length;
  const compared = outcomes.reduce((sum, outcome) => sum + outcome.compared, 0);
  if (options.json)
    await io.out(`${JSON.stringify({ scenarios: outcomes.length, failed, compared, outcomes })}\n`);
  else {
    for (const outcome of outcomes) await io.out(outcomeText(outcome));
    await io.out(
      `${outcomes.length} scenarios, ${outcomes.length - failed} ok, ${failed} failed; ${compared} statements compared\n`,
    );
  }
  return failed === 0 ? EXIT.done : EXIT.findings;
}

async function readAll(files: readonly string[]): Promise<Scenario[]> {
  const reader = new ScenarioReader();
  const scenarios: Scenario[] = [];
  const problems: Problem[] = [];
  for (const file of files) {
    try {
      scenarios.push(await reader.read(file));
    } catch (error) {
      if (!(error instanceof BadInputError)) throw error;
      problems.push(...error.problems);
    }
  }
  if (problems.length > 0) throw new BadInputError(problems);
  return scenarios;
}

function outcomeOf({ file, document, book, lineOf }: Scenario): Outcome {
  const { compared, differences } = runScenario(document, book);
  const failures = differences.map(({ path, at, expected, found }) => ({
    file,
    line: lineOf(path),
    at,
    field: path.slice(2).join('.'),
    expected,
    found,
  }));
  const { name, provision } = document;
  return { file, name, provision, ok: failures.length === 0, compared, failures };
}

function outcomeText({ file, name, provision, ok, failures }: Outcome): string {
  if (ok) return `ok    ${file}  ${name}（${provision}）\n`;
  const lines = failures.map(
    ({ line, at, field, expected, found }) =>
      `        ${file}:${line}: ${at}: ${field}: expected ${expected}, found ${found}\n`,
  );
  return `FAIL  ${file}  ${name}（${provision}）\n${lines.join('')}`;
}
