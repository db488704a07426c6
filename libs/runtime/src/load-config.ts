import { existsSync, readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';
import { problemsOf, problemText, type Problem } from '@mingjian/contracts';
import type { z } from 'zod';
import { VARIABLE_PREFIX, variableOf } from './settings';

/** The settings cannot be used. Names every variable that is wrong, not only the first. Exit code 78 (EX_CONFIG). */
export class ConfigError extends Error {
  readonly exitCode = 78;

  constructor(readonly problems: Problem[]) {
    super(
      `The settings cannot be used:\n${problems.map((problem) => `  ${problemText(problem)}`).join('\n')}`,
    );
    this.name = 'ConfigError';
  }
}

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Reads the settings of a schema: from the environment first, then from the file `.env` of the working directory, then
 * the schema's defaults. An empty variable counts as not set.
 * Guarantees: the process environment is not changed; unknown variables do no harm unless one looks like a misspelt
 * setting, because a setting that silently does nothing is worse than a refusal to start.
 * @throws ConfigError naming every variable that is wrong.
 */
export function loadConfig<T extends z.ZodObject>(
  schema: T,
  environment: Environment = process.env,
  envFile = '.env',
): z.output<T> {
  const fromFile: Environment = existsSync(envFile) ? parseEnv(readFileSync(envFile, 'utf8')) : {};
  const names = Object.keys(schema.shape);
  const given: Record<string, string> = {};
  for (const name of names) {
    const variable = variableOf(name);
    const value = nonEmpty(environment[variable]) ?? nonEmpty(fromFile[variable]);
    if (value !== undefined) given[name] = value;
  }
  const parsed = schema.safeParse(given);
  const problems = [
    ...misspelt(environment, names, 'environment'),
    ...misspelt(fromFile, names, envFile),
    ...(parsed.error === undefined ? [] : named(problemsOf(parsed.error, 'settings', given), schema)),
  ];
  if (parsed.success && problems.length === 0) return parsed.data;
  throw new ConfigError(problems);
}

function nonEmpty(value: string | undefined): string | undefined {
  return value === undefined || value.trim() === '' ? undefined : value.trim();
}

/** People set variables, not members of a schema: say the variable, and what it is for. */
function named(problems: Problem[], schema: z.ZodObject): Problem[] {
  return problems.map((problem) => {
    const shape = schema.shape as Record<string, z.ZodType>;
    return {
      ...problem,
      field: variableOf(problem.field),
      hint: problem.hint === '' ? (shape[problem.field]?.description ?? '') : problem.hint,
    };
  });
}

function misspelt(environment: Environment, names: string[], place: string): Problem[] {
  const known = names.map(variableOf);
  return Object.keys(environment)
    .filter((variable) => variable.startsWith(VARIABLE_PREFIX) && !known.includes(variable))
    .flatMap((variable) => {
      const meant = known.find((candidate) => editDistance(candidate, variable) <= 2);
      return meant === undefined
        ? []
        : [
            {
              place,
              field: variable,
              expected: 'a known setting',
              got: variable,
              hint: `did you mean ${meant}?`,
            },
          ];
    });
}

/** Levenshtein distance. */
function editDistance(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const replace = (previous[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      row.push(Math.min(replace, (previous[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1));
    }
    previous = row;
  }
  return previous[b.length] ?? 0;
}
