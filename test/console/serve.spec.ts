import { openConsole, type ServedConsole } from './open-console';

describe('how the console is served', () => {
  let site: ServedConsole;

  beforeAll(async () => {
    site = await openConsole('2026-11-05T10:00:00+08:00', null);
  });
  afterAll(() => site.close());

  const get = (path: string): Promise<Response> => fetch(`${site.url}${path}`);

  it('answers each place with the page, which is asked for anew each time', async () => {
    for (const place of [
      '/',
      '/watch',
      '/cases/C-1',
      '/actions/orders/1',
      '/reports',
      '/rules/items',
      '/screen',
    ]) {
      const answer = await get(place);
      expect(answer.status).toBe(200);
      expect(answer.headers.get('content-type')).toContain('text/html');
      expect(answer.headers.get('cache-control')).toBe('no-cache');
      expect(answer.headers.get('content-security-policy')).not.toContain('unsafe');
    }
  });

  it('lets the files that the page names be kept for ever, and sends them compressed', async () => {
    const names = [...(await (await get('/')).text()).matchAll(/\/assets\/[^"]+\.(?:js|css)/g)].map(
      ([name]) => name,
    );
    expect(names.length).toBeGreaterThan(1);
    const encodings = new Set<string | null>();
    for (const name of names) {
      const answer = await get(name);
      expect(answer.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
      encodings.add(answer.headers.get('content-encoding'));
    }
    // What is smaller than a packet is sent as it is.
    expect([...encodings].filter((encoding) => encoding !== null)).toHaveLength(1);
  });

  it('does not answer what it does not know with the page', async () => {
    for (const path of ['/nowhere', '/assets/gone.js', '/v1/nothing'])
      expect((await get(path)).status).toBe(404);
  });

  it('holds no style or script in the page itself', async () => {
    const page = await (await get('/')).text();
    expect(page).not.toMatch(/<style|style=|<script(?![^>]*\bsrc=)/);
  });
});
