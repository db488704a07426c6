import fc from 'fast-check';
import { ENDPOINT_ROWS } from '../endpoint-role-rows';

/** Ends the session that asks, or runs for as long as somebody listens: other specs look at these. */
const LEFT_OUT = /^DELETE |\/stream$|\/account\/sessions/;

/** What somebody types or a program gets wrong, beside what is right. */
const ODD = [
  ...['', ' ', '0', '1', '2', '-1', '1e9', '0x10', '99999999999999999999', 'NaN', 'null', 'true', '[]', '{}'],
  ...['2026-13-45', '2026-09-14', '2026-09', '2026-09-14T10:00:00+08:00', '+275760-09-13T00:00:00Z'],
  ...['-271821-04-20', '-271821-04-20T00:00:00.000Z', '275760-09-13', '0000-00-00', '9999-12-31'],
  ...['9999-12-31T23:59:59Z', "' OR 1=1 --", '%', '_', '\\', '\u0000', '\ud800', '\u{10ffff}'],
  ...['../../etc/passwd', '<script>', '=1+1', '__proto__', 'constructor', 'toString', 'promise', 'red'],
  ...['A0101', '3wd', '-3wd', '9999999wd', '999999999999d', 'x'.repeat(5_000), '办'.repeat(300)],
];

/** A request as somebody sends it; `who` is the place of the person in the list. */
export interface OddRequest {
  method: string;
  path: string;
  query: Readonly<Record<string, string | undefined>>;
  body: unknown;
  who: number;
}

/** The part of the OpenAPI document that the requests are made of. */
interface Operation {
  parameters?: { name: string; in: string }[];
  requestBody?: { content: Record<string, { schema: { $ref?: string } }> };
}
export interface ApiDocument {
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, { properties?: Record<string, unknown> }> };
}

/**
 * Requests to every endpoint, made of what the API's document says of it and of what nobody expects.
 * @param names values that exist: case numbers, departments. Half of what is asked for is one of them.
 */
export function oddRequests(
  document: ApiDocument,
  names: readonly string[],
  people: number,
): fc.Arbitrary<OddRequest> {
  const odd = fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom(...names) },
    { weight: 3, arbitrary: fc.constantFrom(...ODD) },
    fc.string({ unit: 'binary' }),
  );
  const value = fc.oneof(
    { weight: 2, arbitrary: odd },
    fc.jsonValue(),
    fc.integer(),
    fc.constantFrom(1, 0, -1),
  );
  const some = <T>(keys: string[], values: fc.Arbitrary<T>) =>
    fc.record(Object.fromEntries(keys.map((key) => [key, values])), { requiredKeys: [] });
  const routes = Object.keys(ENDPOINT_ROWS).filter((route) => !LEFT_OUT.test(route));
  const of = (route: string): fc.Arbitrary<OddRequest> => {
    const [method = '', template = ''] = route.split(' ');
    const operation = document.paths[template.replace(/:(\w+)/g, '{$1}')]?.[method.toLowerCase()] ?? {};
    const query = (operation.parameters ?? []).filter((one) => one.in === 'query').map(({ name }) => name);
    const ref = operation.requestBody?.content['application/json']?.schema.$ref?.split('/').pop() ?? '';
    const members = Object.keys(document.components.schemas[ref]?.properties ?? {});
    return fc.record({
      method: fc.constant(method),
      path: fc.tuple(...(template.match(/:\w+/g) ?? []).map(() => odd)).map((values) => {
        let next = 0;
        return template.replace(/:\w+/g, () => encoded(values[next++] ?? ''));
      }),
      query: fc.oneof(fc.constant({}), some([...query, 'unknown'], odd), some(query, odd)),
      body: method === 'GET' ? fc.constant(undefined) : fc.oneof(some(members, value), fc.jsonValue()),
      who: fc.nat(people - 1),
    });
  };
  // Made once and not for each request: a hundred thousand of them are made of these.
  return fc.oneof(...routes.map(of));
}

/** The address of a request. */
export function addressOf({ path, query }: OddRequest): string {
  const search = Object.entries(query)
    .map(([name, text]) => `${name}=${encoded(text ?? '')}`)
    .join('&');
  return `${path}?${search}`;
}

/** Percent-encoded; half a character cannot be. */
function encoded(text: string): string {
  return encodeURIComponent(text.replace(/\p{Surrogate}/gu, '?'));
}
