import fc from 'fast-check';
import { LedgerVerifier, type LedgerReport } from './index';
import { sampleLedger, type Dice } from './testing/sample-ledger';
import { TAMPERINGS } from './testing/tamper';

/** LEDGER_TAMPERINGS asks for more: `LEDGER_TAMPERINGS=10000 npx jest libs/ledger/src/tampering`. */
const RUNS = Number(process.env['LEDGER_TAMPERINGS'] ?? 500);
const KINDS = Object.keys(TAMPERINGS);

function verify(lines: readonly string[], pinnedKey: string | null): LedgerReport {
  const verifier = new LedgerVerifier(pinnedKey);
  for (const line of lines) if (!verifier.take(line)) break;
  return verifier.end();
}

/** mulberry32: a fast generator of even 32-bit numbers. */
function diceOf(seed: number): Dice {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) % below;
  };
}

describe('an export that nobody tampered with', () => {
  it('is found good from its beginning and from any root, by either algorithm, with any key of the site', () => {
    for (const alg of ['sha256', 'sm3'] as const) {
      const ledger = sampleLedger(diceOf(7), alg);
      for (let root = 0; root < 7; root++)
        for (const pinned of [null, ...ledger.keys.map(({ id }) => id)]) {
          const lines = ledger.export(root);
          const report = verify(lines, root > 2 || pinned !== ledger.keys[1]?.id ? pinned : null);
          expect(report).toMatchObject({ problem: null, rows: lines.length - 2, roots: 7 - root });
        }
    }
  });
});

describe('an export that somebody tampered with', () => {
  const ledger = sampleLedger(diceOf(1));
  const exports = [0, 1, 3, 5].map((root) => ledger.export(root));
  const pinned = ledger.keys[0]!.id;

  it(`is never found good: ${RUNS} random tamperings of ${KINDS.length} kinds`, () => {
    let tried = 0;
    fc.assert(
      fc.property(
        fc.constantFrom(...KINDS),
        fc.integer(),
        fc.constantFrom(...exports),
        (kind, seed, original) => {
          const lines = TAMPERINGS[kind]!([...original], diceOf(seed));
          // Chance may put everything back where it was.
          fc.pre(lines.join('\n') !== original.join('\n'));
          const { problem } = verify(lines, pinned);
          expect(problem).not.toBeNull();
          tried++;
        },
      ),
      { numRuns: RUNS },
    );
    expect(tried).toBeGreaterThanOrEqual(RUNS);
  });

  it('has its first bad row named', () => {
    const lines = ledger.export();
    const isOrder = (line: string | undefined): boolean => line?.includes('"chain":"orders"') === true;
    const index = lines.findIndex((line, n) => isOrder(line) && isOrder(lines[n + 1]));
    const { seq } = JSON.parse(lines[index]!) as { seq: number };
    const changed = lines.map((line, n) => (n === index ? line.replace('promise', 'statutory') : line));
    expect(verify(changed, null).problem).toEqual({
      line: index + 1,
      chain: 'orders',
      seq,
      what: 'changed: its hash is not that of its content',
    });
    expect(
      verify(
        lines.filter((_, n) => n !== index),
        null,
      ).problem,
    ).toEqual({
      line: index + 1,
      chain: 'orders',
      seq: seq + 1,
      what: `rows are missing: expected number ${seq}`,
    });
  });

  it('is found even where it was signed anew, by the key that the reader knows', () => {
    const forged = TAMPERINGS['all written and signed anew with another key']!(ledger.export(), diceOf(3));
    expect(verify(forged, null).problem).toBeNull();
    expect(verify(forged, pinned).problem?.what).toMatch(/another key/);
  });
});
