// `npm run bench [-- --quick]`: rows of the founding design's speed table, each against its baseline in the same run.
// Prints a table and writes bench/results/<commit>.json. Timing never decides a test.
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { dueInstant } from './due-instant.mjs';
import { judgeOneCase } from './judge-case.mjs';
import { rejudgeMillion } from './rejudge-million.mjs';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const isQuick = process.argv.includes('--quick');

const rows = [...dueInstant(isQuick), ...judgeOneCase(isQuick), ...rejudgeMillion(isQuick)];

const commit = execFileSync('git', ['rev-parse', '--short', 'HEAD'], { cwd: ROOT, encoding: 'utf8' }).trim();
const isClean = execFileSync('git', ['status', '--porcelain'], { cwd: ROOT, encoding: 'utf8' }).trim() === '';
const version = (name) =>
  JSON.parse(readFileSync(join(ROOT, 'node_modules', name, 'package.json'), 'utf8')).version;
const result = {
  commit: isClean ? commit : `${commit} with changes`,
  machine: { cpu: cpus()[0].model, cores: cpus().length, memoryGiB: Math.round(totalmem() / 1024 ** 3) },
  versions: {
    node: process.versions.node,
    dayjs: version('dayjs'),
    'dayjs-business-time': version('dayjs-business-time'),
  },
  rows,
};

const pad = (text, width) => String(text).padEnd(width);
console.log(
  `commit ${result.commit}, ${result.machine.cores} × ${result.machine.cpu}, Node ${result.versions.node}\n`,
);
console.log(`${pad('what', 52)}${pad('measured', 22)}${pad('bar', 30)}met`);
for (const row of rows)
  console.log(`${pad(row.what, 52)}${pad(row.measured, 22)}${pad(row.bar, 30)}${row.met ? 'yes' : 'NO'}`);

const folder = join(ROOT, 'bench', 'results');
mkdirSync(folder, { recursive: true });
const file = join(folder, `${commit}.json`);
writeFileSync(file, `${JSON.stringify(result, null, 2)}\n`);
console.log(`\nwritten to ${file.slice(ROOT.length)}`);
