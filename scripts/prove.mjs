// `npm run prove -- --cases 1000000 --seed 1`: two judges written apart from each other, held against each other on
// random cases. Prints cases, instants, seed, seconds and disagreements; exit code 1 on any. A disagreement is shown
// shrunk, with the command that finds it again. What is compared depends on the seed, not on the number of workers.
import { createRequire, Module } from 'node:module';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { clearInterval, setInterval } from 'node:timers';
import { parseArgs } from 'node:util';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { checkNode, install, ROOT, run, say } from './set-up.mjs';

const OUT = join(ROOT, 'dist', 'prove');
const PROGRESS_EVERY_MS = 10_000;

if (isMainThread) await prove(readOptions());
else serve();

function readOptions() {
  const { values } = parseArgs({
    options: {
      cases: { type: 'string', default: '20000' },
      seed: { type: 'string', default: '1' },
      seconds: { type: 'string', default: 'Infinity' },
      workers: { type: 'string', default: String(availableParallelism()) },
      /** One round alone, as a failure names it. */
      round: { type: 'string' },
      /** How often each thing occurred. */
      debug: { type: 'boolean', default: false },
    },
  });
  const [cases, seed, seconds, workers] = [values.cases, values.seed, values.seconds, values.workers].map(
    Number,
  );
  const round = values.round === undefined ? null : Number(values.round);
  const isRound = round === null || (Number.isInteger(round) && round >= 0);
  if (!(cases > 0) || !Number.isInteger(seed) || !(seconds > 0) || !(workers >= 1) || !isRound) {
    say(
      'usage: npm run prove -- [--cases N] [--seed N] [--seconds N] [--workers N] [--round N] [--debug]\n' +
        '  --cases    at least so many random cases (20000)      --seconds  end after so long\n' +
        '  --seed     which ones, a whole number (1)              --workers  threads (one for each core)\n' +
        '  --round    only this round of that seed                --debug    how often each thing occurred',
    );
    process.exit(64);
  }
  return { cases, seed, seconds, workers: round === null ? workers : 1, round, isCounting: values.debug };
}

async function prove({ cases, seed, seconds, workers, round, isCounting }) {
  checkNode();
  install();
  const tsc = join(ROOT, 'node_modules/typescript/bin/tsc');
  if (run(process.execPath, [tsc, '-p', 'libs/rules/tsconfig.prove.json', '--outDir', OUT]) !== 0)
    process.exit(70);

  const began = performance.now();
  const elapsed = () => (performance.now() - began) / 1000;
  const counted = { cases: 0, looks: 0, counts: {}, failure: null };
  const progress = setInterval(() => {
    const rate = Math.round(counted.cases / elapsed());
    say(`${counted.cases} cases, ${rate}/s, ${elapsed().toFixed(0)} s`);
  }, PROGRESS_EVERY_MS);
  await doRounds({ seed, round, isCounting, workers }, (result) => {
    counted.cases += result.cases;
    counted.looks += result.looks;
    for (const [thing, n] of Object.entries(result.counts))
      counted.counts[thing] = (counted.counts[thing] ?? 0) + n;
    if (result.failure !== null) counted.failure = result;
    return counted.failure === null && counted.cases < cases && elapsed() < seconds;
  });
  clearInterval(progress);

  if (isCounting)
    for (const [thing, n] of Object.entries(counted.counts).sort((a, b) => b[1] - a[1]))
      console.log(`${((100 * n) / counted.cases).toFixed(2).padStart(6)} %  ${thing}`);
  if (counted.failure !== null)
    say(
      `${inWords(counted.failure.failure)}\n` +
        `again: npm run prove -- --seed ${seed} --round ${counted.failure.round}`,
    );
  const found = counted.failure === null ? 0 : 1;
  console.log(
    `${counted.cases} cases, ${counted.looks} instants, seed ${seed}, ${elapsed().toFixed(1)} s, ` +
      `${found} disagreement${found === 1 ? '' : 's'}`,
  );
  process.exit(found);
}

/** One line for each document, event and judge; instants as people write them. */
function inWords({ disagreement, judged }) {
  const line = (value) =>
    JSON.stringify(value, (key, member) =>
      typeof member === 'number' && /(^from|At)$/.test(key) ? new Date(member).toISOString() : member,
    );
  return [
    `calendar ${line(judged.calendar)}`,
    ...judged.rulesets.map((ruleset) => `ruleset  ${line(ruleset)}`),
    ...judged.events.map((event) => `event    ${line(event)}`),
    `at       ${disagreement.at}`,
    `first    ${line(disagreement.first)}`,
    `second   ${line(disagreement.second)}`,
    ...(disagreement.error === undefined ? [] : [`error    ${disagreement.error}`]),
  ].join('\n');
}

/**
 * Deals the rounds out to threads, and takes their results in order of the rounds, whichever thread is done first.
 * @param take a result; says whether there is to be another one
 */
function doRounds({ seed, round, isCounting, workers }, take) {
  return new Promise((resolve, reject) => {
    const results = new Map();
    let toTake = round ?? 0;
    let toDeal = toTake;
    for (let n = 0; n < workers; n++) {
      const thread = new Worker(new URL(import.meta.url), {
        workerData: { seed, isCounting },
        // A round leaves much behind, all of it short-lived.
        resourceLimits: { maxYoungGenerationSizeMb: 96 },
      });
      thread.on('error', reject);
      thread.on('message', (result) => {
        results.set(result.round, result);
        for (let next; (next = results.get(toTake)) !== undefined; toTake++) {
          results.delete(toTake);
          if (take(next) && round === null) continue;
          resolve();
          return;
        }
        thread.postMessage(toDeal++);
      });
      thread.postMessage(toDeal++);
    }
  });
}

/** A thread: one round after the other, as they are asked for. */
function serve() {
  // The build of Nest writes the aliases out; this one is resolved here.
  const resolve = Module._resolveFilename;
  Module._resolveFilename = (request, ...rest) =>
    resolve(
      request.replace(/^@mingjian\/(\w+)$/, (_, lib) => join(OUT, 'libs', lib, 'src/index.js')),
      ...rest,
    );
  const { proveRound } = createRequire(import.meta.url)(join(OUT, 'libs/rules/src/testing/prove-round.js'));
  parentPort.on('message', (round) =>
    parentPort.postMessage(proveRound(workerData.seed, round, workerData.isCounting)),
  );
}
