import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
import type { ServedSite } from '../../apps/monitor/src/testing/served-site';
import { addressOf, oddRequests, type ApiDocument, type OddRequest } from './fuzz/odd-requests';
import { caseNo, DEPARTMENTS, secretOf, serveThreeDepartments, type Reader } from './fuzz/three-departments';

/** Requests of one run; `FUZZ_REQUESTS` asks for more: 100,000 take some minutes. */
const REQUESTS = Number(process.env.FUZZ_REQUESTS ?? 400);
/** Requests at a time: what fast-check keeps of them is let go between two. */
const AT_A_TIME = 500;
/** What the process may hold more at the end of each than at the beginning, however many there were before: bytes. */
const MOST_HEAP = 100 * 1024 ** 2;

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

/** Bytes that somebody still holds: what is only not collected yet says nothing. */
function heapInUse(): number {
  collectGarbage();
  return process.memoryUsage().heapUsed;
}

describe('odd requests', () => {
  let served: ServedSite;
  let readers: Reader[];
  let requests: fc.Arbitrary<OddRequest>;
  const seen = new Map<number, number>();

  beforeAll(async () => {
    ({ served, readers } = await serveThreeDepartments());
    const document = (await readers[0]!.browser.ask('GET', '/docs-json')).body as ApiDocument;
    const names = DEPARTMENTS.flatMap((department) => [1, 2].map((n) => caseNo(department, n)));
    requests = oddRequests(document, [...names, ...DEPARTMENTS, '1', '2', '3'], readers.length);
  });
  afterAll(() => served.close());

  /** What an answer holds that its reader may not read; null: nothing. */
  const leakOf = ({ reads }: Reader, request: OddRequest, text: string): string | null => {
    const asked = decodeURIComponent(addressOf(request)) + JSON.stringify(request.body ?? '');
    for (const department of DEPARTMENTS) {
      if (reads.includes(department)) continue;
      if (text.includes(secretOf(department))) return secretOf(department);
      // The number of a case may be said again to who asked for it.
      for (const n of [1, 2, 3])
        if (text.includes(caseNo(department, n)) && !asked.includes(caseNo(department, n)))
          return caseNo(department, n);
    }
    return null;
  };

  it(
    `are answered by a refusal or a result, never by a fault of ours or with a row of another department`,
    async () => {
      // Other suites may have run in this process.
      const before = heapInUse();
      let most = 0;
      const one = fc.asyncProperty(requests, async (request) => {
        const reader = readers[request.who]!;
        const { status, text } = await reader.browser.ask(request.method, addressOf(request), request.body);
        expect(text).not.toMatch(/node_modules|SQLITE_|ER_[A-Z]/);
        expect(status).toBeLessThan(500);
        expect(leakOf(reader, request, text)).toBeNull();
        seen.set(status, (seen.get(status) ?? 0) + 1);
      });
      const { seed = 0 } = fc.readConfigureGlobal();
      for (let sent = 0; sent < REQUESTS; sent += AT_A_TIME) {
        const numRuns = Math.min(AT_A_TIME, REQUESTS - sent);
        await fc.assert(one, { numRuns, seed: seed + sent });
        most = Math.max(most, heapInUse() - before);
        expect(most).toBeLessThan(MOST_HEAP);
      }
      // Refusals at the door alone would show nothing of what lies behind it.
      for (const status of [200, 400, 403, 404]) expect(seen.get(status) ?? 0).toBeGreaterThan(REQUESTS / 50);
      if (REQUESTS > AT_A_TIME)
        process.stdout.write(
          `${REQUESTS} requests by ${readers.length} people: ${[...seen].map(([status, count]) => `${status}×${count}`).join(', ')}; ` +
            `at most ${Math.round(most / 1024 ** 2)} MB of heap more than before\n`,
        );
    },
    60_000 + REQUESTS * 50,
  );

  it('of everybody find what is theirs: the rows that are looked for are there to be seen', async () => {
    for (const { name, browser, reads } of readers)
      for (const department of DEPARTMENTS) {
        if (name === 'operator') continue;
        const { status, text } = await browser.ask('GET', `/v1/cases/${caseNo(department, 1)}`);
        expect([name, department, status]).toEqual([
          name,
          department,
          reads.includes(department) ? 200 : 404,
        ]);
        expect(text.includes(secretOf(department))).toBe(reads.includes(department));
      }
  });
});
