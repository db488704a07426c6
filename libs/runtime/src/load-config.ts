import { existsSync, readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';
import { BadInputError, parseYamlDocument, problemsOf, problemText, type Problem } from '@mingjian/contracts';
import { z } from 'zod';
import { VARIABLE_PREFIX, variableOf } from './settings';
import { isSecretName, withoutCredentials } from './without-secrets';

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

/** Behind the name of a variable: the value stands in this file. For secrets, which do not belong into an environment. */
const FILE_SUFFIX = '_FILE';
/** Names the configuration file. */
const CONFIG_VARIABLE = `${VARIABLE_PREFIX}CONFIG`;

/**
 * Reads the settings of a schema: from the environment first, then from the file `.env` of the working directory, then
 * from the configuration file that `MINGJIAN_CONFIG` names (YAML or JSON, `port: 8080`), then the schema's defaults.
 * `MINGJIAN_DATABASE_PASSWORD_FILE` names a file with the value of `MINGJIAN_DATABASE_PASSWORD`, and so for every setting. An
 * empty variable counts as not set.
 * Guarantees: the process environment is not changed; unknown variables do no harm unless one looks like a misspelt
 * setting, because a setting that silently does nothing is worse than a refusal to start.
 * @throws ConfigError naming everything that is wrong, wherever it stands.
 */
export function loadConfig<T extends z.ZodObject>(
  schema: T,
  environment: Environment = process.env,
  envFile = '.env',
): z.output<T> {
  const fromFile: Environment = existsSync(envFile) ? parseEnv(readFileSync(envFile, 'utf8')) : {};
  const problems: Problem[] = [];
  const names = Object.keys(schema.shape);
  const configFile = nonEmpty(environment[CONFIG_VARIABLE]) ?? nonEmpty(fromFile[CONFIG_VARIABLE]);
  const given = configFile === undefined ? {} : readConfigFile(configFile, names, problems);
  for (const name of names) {
    const variable = variableOf(name);
    const value =
      valueOf(environment, variable, 'environment', problems) ??
      valueOf(fromFile, variable, envFile, problems);
    if (value !== undefined) given[name] = value;
  }
  const parsed = schema.safeParse(given);
  problems.push(
    ...misspelt(environment, names, 'environment'),
    ...misspelt(fromFile, names, envFile),
    ...(parsed.error === undefined ? [] : named(problemsOf(parsed.error, 'settings', given), schema)),
  );
  if (parsed.success && problems.length === 0) return parsed.data;
  throw new ConfigError(problems);
}

/** The value of a variable, or what stands in the file that its `_FILE` names. */
function valueOf(
  environment: Environment,
  variable: string,
  place: string,
  problems: Problem[],
): string | undefined {
  const value = nonEmpty(environment[variable]);
  const fileVariable = variable + FILE_SUFFIX;
  const file = nonEmpty(environment[fileVariable]);
  if (file === undefined) return value;
  if (value !== undefined) {
    problems.push({
      place,
      field: fileVariable,
      expected: `only one of ${variable} and ${fileVariable}`,
      got: 'both',
      hint: 'remove one of them',
    });
    return value;
  }
  try {
    return nonEmpty(readFileSync(file, 'utf8'));
  } catch (error) {
    problems.push({
      place,
      field: fileVariable,
      expected: 'a file that can be read',
      got: (error as Error).message,
      hint: 'give the path of the file that holds the value',
    });
    return undefined;
  }
}

function readConfigFile(file: string, names: string[], problems: Problem[]): Record<string, unknown> {
  try {
    const text = readFileSync(file, 'utf8');
    const known = Object.fromEntries(names.map((name) => [name, scalar.optional()]));
    return parseYamlDocument(text, file, z.strictObject(known));
  } catch (error) {
    if (error instanceof BadInputError) problems.push(...error.problems);
    else
      problems.push({
        place: 'environment',
        field: CONFIG_VARIABLE,
        expected: 'a file that can be read',
        got: (error as Error).message,
        hint: 'give the path of the configuration file',
      });
    return {};
  }
}

/** The settings' own schemas read texts, as environments have them. */
const scalar = z
  .union([z.string(), z.number(), z.boolean()], { error: 'a text, a number, true or false' })
  .transform(String);

/**
 * Puts the variables of the environment in the place of `${NAME}`; a text without any stays as it is.
 * @returns also the names that are not set, which stay as they were written.
 */
export function fillEnvironment(
  text: string,
  environment: Environment = process.env,
): { text: string; missing: string[] } {
  const missing: string[] = [];
  const filled = text.replace(/\$\{([A-Za-z_]\w*)\}/g, (written, name: string) => {
    const value = nonEmpty(environment[name]);
    if (value === undefined) missing.push(name);
    return value ?? written;
  });
  return { text: filled, missing };
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
      got: isSecretName(problem.field) ? '***' : withoutCredentials(problem.got),
      hint: problem.hint === '' ? (shape[problem.field]?.description ?? '') : problem.hint,
    };
  });
}

function misspelt(environment: Environment, names: string[], place: string): Problem[] {
  const known = [CONFIG_VARIABLE, ...names.map(variableOf).flatMap((name) => [name, name + FILE_SUFFIX])];
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
