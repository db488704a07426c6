// `npm run prove -- --cases 1000000 --seed 1`: two judges written apart from each other, held against each other on
// random cases. Prints cases, instants, seed, seconds and disagreements; exit code 1 on any. A disagreement is shown shrunk.
import { createRequire, Module } from 'node:module';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { checkNode, install, ROOT, run } from './set-up.mjs';

const { values } = parseArgs({
  options: {
    cases: { type: 'string', default: '20000' },
    seed: { type: 'string', default: '1' },
    seconds: { type: 'string', default: 'Infinity' },
  },
});
const [wanted, seed, seconds] = [values.cases, values.seed, values.seconds].map(Number);
if (!(wanted > 0) || !Number.isInteger(seed) || !(seconds > 0)) {
  process.stderr.write('usage: npm run prove -- [--cases N] [--seed N] [--seconds N]\n');
  process.exit(64);
}

checkNode();
install();
const out = join(ROOT, 'dist', 'prove');
const tsc = join(ROOT, 'node_modules/typescript/bin/tsc');
if (run(process.execPath, [tsc, '-p', 'libs/rules/tsconfig.prove.json', '--outDir', out]) !== 0)
  process.exit(70);

// The build of Nest writes the aliases out; this one is resolved here.
const resolve = Module._resolveFilename;
Module._resolveFilename = (request, ...rest) =>
  resolve(
    request.replace(/^@mingjian\/(\w+)$/, (_, lib) => join(out, 'libs', lib, 'src/index.js')),
    ...rest,
  );
const require = createRequire(import.meta.url);
const { compareJudges } = require(join(out, 'libs/rules/src/testing/compare-judges.js'));
const { anyCases } = require(join(out, 'libs/rules/src/testing/random-cases.js'));
const fc = require('fast-check');

const tally = { cases: 0, looks: 0 };
const began = performance.now();
const elapsed = () => (performance.now() - began) / 1000;
let disagreements = 0;
// In rounds, so that a bound in seconds can end it; each round has a seed of its own, told by the first.
for (let round = 0; tally.cases < wanted && elapsed() < seconds && disagreements === 0; round++) {
  const outcome = fc.check(
    fc.property(anyCases, ({ calendar, cases }) => {
      const room = Math.max(0, wanted - tally.cases);
      const disagreement = compareJudges(calendar, disagreements ? cases : cases.slice(0, room), tally);
      if (disagreement === null) return;
      disagreements = 1;
      throw new Error(JSON.stringify(disagreement, null, 1));
    }),
    { seed: seed + round, numRuns: Math.min(100, Math.ceil((wanted - tally.cases) / 5)) },
  );
  if (outcome.failed)
    process.stderr.write(`${fc.defaultReportMessage(outcome)}\n${outcome.errorInstance?.message}\n`);
}
console.log(
  `${tally.cases} cases, ${tally.looks} instants, seed ${seed}, ${elapsed().toFixed(1)} s, ` +
    `${disagreements} disagreement${disagreements === 1 ? '' : 's'}`,
);
process.exit(disagreements === 0 ? 0 : 1);
