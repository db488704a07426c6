import fc from 'fast-check';
import type { Role } from '../../apps/monitor/src/identity/principal';
import { serveSite, type Browser, type ServedSite } from '../../apps/monitor/src/testing/served-site';
import { accepted, at, event } from '../../apps/monitor/src/testing/site';
import { ENDPOINT_ROWS } from './endpoint-role-rows';

/** Ends the session that asks, or runs for as long as somebody listens: other specs look at these. */
const LEFT_OUT = /^DELETE |\/stream$|\/account\/sessions/;
const ROLES: readonly Role[] = ['inspector', 'department-head', 'administrator', 'operator'];
/** Requests of one run; `FUZZ_REQUESTS` asks for more. */
const REQUESTS = Number(process.env.FUZZ_REQUESTS ?? 400);

/** What somebody types or a program gets wrong, beside what is right. */
const ODD = [
  ...['', ' ', '0', '1', '-1', '1e9', '0x10', '99999999999999999999', 'NaN', 'null', 'true', '[]', '{}'],
  ...['2026-13-45', '2026-09-14', '2026-09-14T10:00:00+08:00', '+275760-09-13T00:00:00Z', '-271821-04-20'],
  ...['-271821-04-20T00:00:00.000Z', '275760-09-13', '0000-00-00', '9999-12-31', '9999-12-31T23:59:59Z'],
  ...[
    "' OR 1=1 --",
    '%',
    '_',
    '\\',
    '\u0000',
    '\ud800',
    '\u{10ffff}',
    '../../etc/passwd',
    '<script>',
    '=1+1',
  ],
  ...['__proto__', 'constructor', 'toString', 'promise', 'red', 'housing', 'C-1', 'A0101', '3wd', '-3wd'],
  ...['9999999wd', '999999999999d', 'x'.repeat(5_000), '办'.repeat(300)],
];
const odd = fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...ODD) }, fc.string({ unit: 'binary' }));
const value = fc.oneof(
  { weight: 2, arbitrary: odd },
  fc.jsonValue(),
  fc.integer(),
  fc.constantFrom(1, 0, -1),
);

/** The part of the OpenAPI document that the requests are made of. */
interface Operation {
  parameters?: { name: string; in: string }[];
  requestBody?: { content: Record<string, { schema: { $ref?: string } }> };
}
interface Document {
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, { properties?: Record<string, unknown> }> };
}

describe('odd requests', () => {
  let served: ServedSite;
  let document: Document;
  const browsers: Browser[] = [];

  beforeAll(async () => {
    served = await serveSite('2026-09-14T10:00:05');
    const { site, monitor } = served;
    await site.send(accepted('C-1', '2026-09-14T10:00'));
    await site.send(event('case.accepted', 'M-1', '2026-09-14T10:00', { item: 'ZZ', department: 'market' }));
    await monitor.intake.drain();
    site.clock.moveTo(at('2026-09-24T09:00'));
    await monitor.sweep.runOnce(site.clock.now());
    for (const role of ROLES) {
      await served.addUser(role, [role], role === 'department-head' ? 'housing' : null);
      browsers.push(await served.signedIn(role));
    }
    document = (await browsers[0]!.ask('GET', '/docs-json')).body as Document;
  });
  afterAll(() => served.close());

  const requests = () => {
    const routes = Object.keys(ENDPOINT_ROWS).filter((route) => !LEFT_OUT.test(route));
    return fc.constantFrom(...routes).chain((route) => {
      const [method = '', template = ''] = route.split(' ');
      const names = template.match(/:\w+/g) ?? [];
      const operation = document.paths[template.replace(/:(\w+)/g, '{$1}')]?.[method.toLowerCase()] ?? {};
      const query = (operation.parameters ?? []).filter((one) => one.in === 'query').map(({ name }) => name);
      const ref = operation.requestBody?.content['application/json']?.schema.$ref?.split('/').pop() ?? '';
      const members = Object.keys(document.components.schemas[ref]?.properties ?? {});
      const some = <T>(keys: string[], values: fc.Arbitrary<T>) =>
        fc.record(Object.fromEntries(keys.map((key) => [key, values])), { requiredKeys: [] });
      return fc.record({
        method: fc.constant(method),
        path: fc.tuple(...names.map(() => odd)).map((values) => {
          let next = 0;
          return template.replace(/:\w+/g, () => encoded(values[next++] ?? ''));
        }),
        query: some([...query, 'unknown'], odd),
        body: method === 'GET' ? fc.constant(undefined) : fc.oneof(some(members, value), fc.jsonValue()),
        who: fc.nat(ROLES.length - 1),
      });
    });
  };

  const seen = new Map<number, number>();

  it('are answered by a refusal or a result, never by a fault of ours', async () => {
    await fc.assert(
      fc.asyncProperty(requests(), async ({ method, path, query, body, who }) => {
        const search = Object.entries(query)
          .map(([name, text]) => `${name}=${encoded(text ?? '')}`)
          .join('&');
        const { status, text } = await browsers[who]!.ask(method, `${path}?${search}`, body);
        expect(text).not.toMatch(/node_modules|SQLITE_|ER_[A-Z]/);
        expect(status).toBeLessThan(500);
        seen.set(status, (seen.get(status) ?? 0) + 1);
      }),
      { numRuns: REQUESTS },
    );
    // Refusals at the door alone would show nothing of what lies behind it.
    for (const status of [200, 400, 403, 404]) expect(seen.get(status) ?? 0).toBeGreaterThan(REQUESTS / 50);
  });
});

/** Percent-encoded; half a character cannot be. */
function encoded(text: string): string {
  return encodeURIComponent(text.replace(/\p{Surrogate}/gu, '?'));
}
