import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join, relative } from 'node:path';
import { transformSync } from '@swc/core';

const ROOT = join(__dirname, '../..');

/** The processes of the product, compiled once: every start of a run is of one and the same state of the sources. */
export interface Build {
  monitor: string;
  collector: string;
  /** Where Node.js finds the packages that the compiled files name. */
  nodePath: string;
}

/** Compiles the sources into a folder. Not by the product's own build, which others may renew in the middle of a run. */
export function buildInto(folder: string): Build {
  for (const top of ['apps/monitor', 'apps/collector', 'libs']) compileFolder(join(ROOT, top), folder);
  const { paths } = JSON.parse(readFileSync(join(ROOT, 'tsconfig.json'), 'utf8')).compilerOptions as {
    paths: Record<string, string[]>;
  };
  for (const [alias, [target]] of Object.entries(paths)) {
    const file = join(folder, 'aliases', alias, 'index.js');
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(
      file,
      `module.exports = require(${JSON.stringify(join(folder, target ?? '', 'index.js'))});\n`,
    );
  }
  return {
    monitor: join(folder, 'apps/monitor/src/main.js'),
    collector: join(folder, 'apps/collector/src/main.js'),
    nodePath: [join(folder, 'aliases'), join(ROOT, 'node_modules')].join(delimiter),
  };
}

/** Mistakes that a run must notice, each a change of one line of what was compiled. */
const SABOTAGES: Record<string, [file: string, from: string, to: string]> = {
  // The collector answers before the log has the records.
  acknowledgement: ['apps/collector/src/intake/publish.js', 'await Promise.all([', 'void Promise.all(['],
  // Messages are forgotten before they are sent.
  outbox: [
    'apps/monitor/src/outbox/outbox-relay.js',
    'for (const [topic, records] of byTopic(rows))await this.log.append(topic, records);',
    'setTimeout(() => byTopic(rows).forEach((records, topic) => this.log.append(topic, records).catch(() => 0)), 500);',
  ],
};
export const MISTAKES: readonly string[] = Object.keys(SABOTAGES);

/** Puts a mistake into what was compiled, to show that a run notices it. */
export function sabotage(folder: string, mistake: string): void {
  const [name, from, to] = SABOTAGES[mistake] ?? ['', '', ''];
  const file = join(folder, name);
  const text = readFileSync(file, 'utf8');
  if (!text.includes(from)) throw new Error(`${name} does not say "${from}" any more`);
  writeFileSync(file, text.replace(from, to));
}

function compileFolder(from: string, into: string): void {
  for (const entry of readdirSync(from, { withFileTypes: true, recursive: true })) {
    const file = join(entry.parentPath, entry.name);
    if (!entry.isFile() || !file.endsWith('.ts') || /\.spec\.ts$|\/testing\//.test(file)) continue;
    const target = join(into, relative(ROOT, file)).replace(/\.ts$/, '.js');
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, compile(file));
  }
}

function compile(filename: string): string {
  return transformSync(readFileSync(filename, 'utf8'), {
    filename,
    jsc: {
      target: 'es2022',
      parser: { syntax: 'typescript', decorators: true },
      transform: { legacyDecorator: true, decoratorMetadata: true },
    },
    module: { type: 'commonjs' },
  }).code;
}
