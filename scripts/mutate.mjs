// `npm run mutate [-- PART…]`: changes the rules engine in small ways, one at a time, and looks whether a spec notices.
// Prints a table per file and writes what nobody noticed to coverage/mutation/survivors.txt. docs/mutation.md tells
// how to read it. Takes most of an hour on two cores; later runs look only at what changed (`--force`: at everything).
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Stryker } from '@stryker-mutator/core';
import { ROOT, say } from './set-up.mjs';

const RULES = 'libs/rules/src';
const REPORTS = 'coverage/mutation';

/**
 * Each part is held by the specs that speak of it and no others: a mutant is not to be found by luck, ten folders
 * away. Property suites are left out where others speak of the part: they take most of the time.
 */
const GROUPS = [
  {
    name: 'notation',
    mutate: ['calendar/{limit,parse-instant,local-date,pauses,elapsed}.ts'],
    specs: ['calendar/{limit,parse-instant,local-date,pauses,elapsed}.spec.ts'],
  },
  {
    name: 'due-instants',
    mutate: ['calendar/due-at.ts'],
    specs: ['calendar/{due-at,due-at.edges,due-before}.spec.ts'],
  },
  {
    name: 'working-calendar',
    mutate: ['calendar/{zone,working-calendar,wall-hours}.ts'],
    specs: ['calendar/{zone,working-calendar,calendar-table,wall-hours}.spec.ts'],
  },
  {
    name: 'places-and-horizon',
    mutate: ['calendar/{place,as-known-on,due-range}.ts'],
    specs: ['calendar/{place.prop,due-range,as-known-on}.spec.ts'],
  },
  {
    name: 'lights-of-clocks',
    mutate: ['light/{track-clock,due-with,thresholds}.ts'],
    specs: ['light/{track-clock,held-and-extended,thresholds,runs-out-at}.spec.ts'],
  },
  {
    name: 'lights-of-cases',
    mutate: ['light/{verdict-at,severity}.ts'],
    specs: ['light/case-light.spec.ts'],
  },
  {
    name: 'timelines',
    mutate: ['clock/{preferred-event,fold-timeline,fold-rare-events,empty-facts}.ts'],
    specs: ['clock/{preferred-event,fold-timeline,hearing,ratings}.spec.ts'],
  },
  {
    name: 'clocks',
    mutate: ['clock/*.ts', '!clock/{preferred-event,fold-timeline,fold-rare-events,empty-facts}.ts'],
    specs: ['clock/*.spec.ts', 'judge-case{,.edges}.spec.ts', 'scenario/provisions.spec.ts'],
  },
];
const NO_CODE = [`!${RULES}/**/*.spec.ts`, `!${RULES}/**/index.ts`];

const wanted = process.argv.slice(2).filter((argument) => !argument.startsWith('--'));
const isForced = process.argv.includes('--force');
process.chdir(ROOT);
mkdirSync(REPORTS, { recursive: true });

const files = {};
for (const { name, mutate, specs } of GROUPS) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  say(`Mutating ${name} …`);
  const report = join(REPORTS, `${name}.json`);
  await new Stryker({
    mutate: [...mutate.map(below), ...NO_CODE],
    jest: {
      configFile: 'jest.config.cjs',
      config: {
        roots: [`<rootDir>/${RULES}`],
        testMatch: specs.map((glob) => `<rootDir>/${RULES}/${glob}`),
      },
    },
    incrementalFile: join(REPORTS, `${name}.incremental.json`),
    force: isForced,
    jsonReporter: { fileName: report },
    htmlReporter: { fileName: join(REPORTS, `${name}.html`) },
  }).runMutationTest();
  Object.assign(files, JSON.parse(readFileSync(report, 'utf8')).files);
}

const NOTICED = new Set(['Killed', 'Timeout']);
const MISSED = new Set(['Survived', 'NoCoverage']);
const survivors = [];
const rows = [];
for (const file of Object.keys(files).sort()) {
  const { mutants, source } = files[file];
  const noticed = mutants.filter(({ status }) => NOTICED.has(status)).length;
  const missed = mutants.filter(({ status }) => MISSED.has(status));
  if (noticed + missed.length > 0) rows.push([file.slice(RULES.length + 1), noticed, missed.length]);
  for (const { location, replacement, mutatorName, status } of missed)
    survivors.push(
      `${file}:${location.start.line}:${location.start.column} ${status} ${mutatorName}\n` +
        `  - ${textAt(source, location)}\n  + ${String(replacement).replaceAll('\n', '\n    ')}\n`,
    );
}
writeFileSync(join(REPORTS, 'survivors.txt'), survivors.join('\n'));

const sum = (column) => rows.reduce((total, row) => total + row[column], 0);
for (const [file, noticed, missed] of [...rows, ['all', sum(1), sum(2)]]) {
  const share = ((100 * noticed) / (noticed + missed)).toFixed(1);
  console.log(
    `${file.padEnd(32)}${String(noticed + missed).padStart(6)} mutants ${share.padStart(6)} % noticed`,
  );
}
console.log(`\nsurvivors: ${REPORTS}/survivors.txt`);

/** A glob below the rules; one that begins with `!` takes away. */
function below(glob) {
  return glob.startsWith('!') ? `!${RULES}/${glob.slice(1)}` : `${RULES}/${glob}`;
}

/** The first line of what was replaced. */
function textAt(source, { start, end }) {
  const lines = source.split('\n').slice(start.line - 1, end.line);
  lines[lines.length - 1] = lines[lines.length - 1].slice(0, end.column - 1);
  return lines
    .join('\n')
    .slice(start.column - 1)
    .split('\n')[0];
}
