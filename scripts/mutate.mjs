// `npm run mutate [-- PART…]`: changes the rules engine in small ways, one at a time, and looks whether a spec notices.
// Prints a table per file and writes what nobody noticed to coverage/mutation/survivors.txt. docs/mutation.md tells
// how to read it. Takes half an hour on two cores; later runs look only at what changed (`--force`: at everything).
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
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
    specs: [
      'calendar/limit',
      'calendar/parse-instant',
      'calendar/local-date',
      'calendar/pauses',
      'calendar/elapsed',
    ],
  },
  {
    name: 'due-instants',
    mutate: ['calendar/due-at.ts'],
    specs: ['calendar/due-at', 'calendar/due-at.edges', 'calendar/due-before'],
  },
  {
    name: 'working-calendar',
    mutate: ['calendar/{zone,working-calendar,wall-hours}.ts'],
    specs: ['calendar/zone', 'calendar/working-calendar', 'calendar/calendar-table', 'calendar/wall-hours'],
  },
  {
    name: 'places-and-horizon',
    mutate: ['calendar/{place,as-known-on,due-range}.ts'],
    specs: ['calendar/place.prop', 'calendar/due-range', 'calendar/as-known-on'],
  },
  {
    name: 'lights-of-clocks',
    mutate: ['light/{track-clock,due-with,thresholds}.ts'],
    specs: ['light/track-clock', 'light/held-and-extended', 'light/thresholds', 'light/runs-out-at'],
  },
  {
    name: 'lights-of-cases',
    mutate: ['light/{verdict-at,severity}.ts'],
    specs: ['light/case-light'],
  },
  {
    name: 'timelines',
    mutate: ['clock/{preferred-event,fold-timeline,fold-rare-events,empty-facts}.ts'],
    specs: ['clock/preferred-event', 'clock/fold-timeline', 'clock/hearing', 'clock/ratings'],
  },
  {
    name: 'clocks',
    mutate: ['clock/*.ts', '!clock/{preferred-event,fold-timeline,fold-rare-events,empty-facts}.ts'],
    specs: ['clock/', 'judge-case', 'judge-case.edges'],
  },
];
const NO_CODE = [`!${RULES}/**/*.spec.ts`, `!${RULES}/**/index.ts`];
/** Holds all specs of a part: Jest loads the code anew for each file, which costs eight times what the tests do. */
const ALL_SPECS = `${RULES}/all-specs-of-part.spec.ts`;

const wanted = process.argv.slice(2).filter((argument) => !argument.startsWith('--'));
const isForced = process.argv.includes('--force');
process.chdir(ROOT);
mkdirSync(REPORTS, { recursive: true });

const files = {};
for (const { name, mutate, specs } of GROUPS) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  say(`Mutating ${name} …`);
  const report = join(REPORTS, `${name}.json`);
  writeFileSync(
    ALL_SPECS,
    specs
      .flatMap(specsAt)
      .map((spec) => `import './${spec}';\n`)
      .join(''),
  );
  try {
    await new Stryker({
      mutate: [...mutate.map(below), ...NO_CODE],
      jest: {
        configFile: 'jest.config.cjs',
        config: { roots: [`<rootDir>/${RULES}`], testMatch: [`<rootDir>/${ALL_SPECS}`] },
      },
      incrementalFile: join(REPORTS, `${name}.incremental.json`),
      force: isForced,
      jsonReporter: { fileName: report },
      htmlReporter: { fileName: join(REPORTS, `${name}.html`) },
    }).runMutationTest();
  } finally {
    rmSync(ALL_SPECS);
  }
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

/** Specs by the way to them below the rules; all of a folder where it ends with `/`. */
function specsAt(way) {
  if (!way.endsWith('/')) return [`${way}.spec`];
  const inside = readdirSync(join(RULES, way)).filter((file) => file.endsWith('.spec.ts'));
  return inside.map((file) => way + file.slice(0, -'.ts'.length));
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
