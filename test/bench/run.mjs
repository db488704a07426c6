// `npm run bench [-- rules|pipeline|feeds|scale …] [--quick] [--only NAME] [--profile DIR]`: rows of the founding design's speed table,
// each against its baseline in the same run. Prints a table and writes bench/results/<commit>.json. Timing never decides a test.
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, totalmem } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { GROUPS } from './groups.mjs';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { quick: { type: 'boolean' }, only: { type: 'string' }, profile: { type: 'string' } },
});
const unknown = positionals.find((name) => !(name in GROUPS));
if (unknown !== undefined) {
  console.error(`no group ${unknown}; there are ${Object.keys(GROUPS).join(', ')}`);
  process.exit(64);
}
const chosen = positionals.length > 0 ? positionals : Object.keys(GROUPS);

const loadBefore = loadavg()[0];
const rows = [];
const engines = {};
let failed = false;
for (const name of chosen) {
  try {
    await GROUPS[name]({
      isQuick: values.quick === true,
      only: values.only ?? null,
      profile: values.profile ?? null,
      engines,
      add: (more) => {
        rows.push(...more);
        for (const row of more) console.error(`${row.what}: ${row.measured}`);
      },
    });
  } catch (error) {
    // What was measured before is worth having.
    console.error(error);
    failed = true;
  }
}

const commit = execFileSync('git', ['rev-parse', '--short', 'HEAD'], { cwd: ROOT, encoding: 'utf8' }).trim();
const isClean = execFileSync('git', ['status', '--porcelain'], { cwd: ROOT, encoding: 'utf8' }).trim() === '';
const version = (name) =>
  JSON.parse(readFileSync(join(ROOT, 'node_modules', name, 'package.json'), 'utf8')).version;
const packages = ['dayjs', 'dayjs-business-time', 'kafkajs', 'mysql2'];
const result = {
  commit: isClean ? commit : `${commit} with changes`,
  machine: {
    cpu: cpus()[0].model,
    cores: cpus().length,
    memoryGiB: Math.round(totalmem() / 1024 ** 3),
    loadBefore: Number(loadBefore.toFixed(2)),
  },
  versions: {
    node: process.versions.node,
    ...Object.fromEntries(packages.map((name) => [name, version(name)])),
    ...engines,
  },
  groups: chosen,
  rows,
};

const pad = (text, width) => String(text).padEnd(width);
console.log(
  `commit ${result.commit}, ${result.machine.cores} × ${result.machine.cpu}, Node ${result.versions.node}, ` +
    `load ${result.machine.loadBefore} before\n`,
);
console.log(`${pad('what', 64)}${pad('measured', 30)}${pad('bar', 30)}met`);
for (const row of rows) {
  const met = row.met === null ? '–' : row.met ? 'yes' : 'NO';
  console.log(`${pad(row.what, 64)}${pad(row.measured, 30)}${pad(row.bar, 30)}${met}`);
}

const folder = join(ROOT, 'bench', 'results');
mkdirSync(folder, { recursive: true });
const file = join(folder, `${commit}${positionals.length > 0 ? `-${chosen.join('-')}` : ''}.json`);
writeFileSync(file, `${JSON.stringify(result, null, 2)}\n`);
console.log(`\nwritten to ${file.slice(ROOT.length)}`);
process.exit(failed ? 1 : 0);
