/**
 * Median time of one call over several rounds, nanoseconds, after a warm-up. `run(n)` makes n calls and returns a number
 * that depends on all of them, so that no call can be left out.
 */
export function nanosecondsPerCall(run, calls, rounds = 7) {
  let sink = run(Math.ceil(calls / 5));
  const times = [];
  for (let round = 0; round < rounds; round++) {
    const start = process.hrtime.bigint();
    sink += run(calls);
    times.push(Number(process.hrtime.bigint() - start) / calls);
  }
  if (Number.isNaN(sink)) throw new Error('A measured call gave no number.');
  times.sort((a, b) => a - b);
  return times[Math.floor(rounds / 2)];
}

export function shown(ns) {
  if (ns < 10_000) return `${ns.toFixed(0)} ns`;
  return ns < 10_000_000 ? `${(ns / 1000).toFixed(1)} µs` : `${(ns / 1_000_000).toFixed(1)} ms`;
}
