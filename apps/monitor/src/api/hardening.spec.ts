import { request as httpRequest } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { serveSite, type ServedSite } from '../testing/served-site';

describe('what is served', () => {
  let served: ServedSite;
  beforeAll(async () => {
    served = await serveSite('2026-09-14T10:00');
    await served.addUser('zhang', ['inspector']);
    await served.addUser('root', ['administrator']);
    for (let i = 0; i < 500 && !served.monitor.isReady; i++) await pause(10);
  });
  afterAll(() => served.close());

  it.each(['/v1/overview', '/v1/session', '/healthz', '/metrics', '/docs', '/docs-json', '/nothing-here'])(
    '%s has the headers that keep browsers from guessing, framing and loading from elsewhere',
    async (path) => {
      const { headers } = await served.browser().ask('GET', path);
      const policy = headers.get('content-security-policy') ?? '';
      expect(policy).toMatch(/default-src 'none'/);
      expect(policy).toMatch(/frame-ancestors 'none'/);
      expect(policy).not.toMatch(/unsafe|\*|http:/);
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('x-frame-options')).toBe('DENY');
      expect(headers.get('referrer-policy')).toBe('same-origin');
      expect(headers.get('cross-origin-opener-policy')).toBe('same-origin');
      expect(headers.get('cross-origin-resource-policy')).toBe('same-origin');
      expect(headers.get('x-powered-by')).toBeNull();
    },
  );

  it('lets the documentation have exactly the style sheets that stand in it, and no script in the page', async () => {
    const { text, headers } = await served.browser().ask('GET', '/docs');
    expect(headers.get('content-security-policy')).toMatch(/style-src 'self' ('sha256-[\w+/=]{44}' ?)+;/);
    expect(text.match(/<script(?![^>]*\bsrc=)[^>]*>/g)).toBeNull();
    expect(text).not.toMatch(/ (on[a-z]+|style)="/);
    expect(text).toContain('body > svg {');
  });

  it('keeps what somebody may see out of caches', async () => {
    const zhang = await served.signedIn('zhang');
    expect((await zhang.ask('GET', '/v1/cases')).headers.get('cache-control')).toBe('no-store');
  });

  it('speaks of TLS to browsers that come over TLS only', async () => {
    expect(
      (await served.browser().ask('GET', '/healthz')).headers.get('strict-transport-security'),
    ).toBeNull();
  });

  it('takes no body longer than two megabytes', async () => {
    const root = await served.signedIn('root');
    const big = { name: 'x'.repeat(2 * 1024 ** 2) };
    expect((await root.ask('POST', '/v1/users', big)).status).toBe(413);
  });

  it.each([
    ['a body that is no JSON', '{"name":', 'application/json', 400],
    ['a body that is a list', '[1,2]', 'application/json', 400],
    ['members that nobody asked for', '{"name":"a","password":"b","isAdmin":true}', 'application/json', 400],
    [
      'a prototype',
      '{"__proto__":{"roles":["administrator"]},"name":"a","password":"b"}',
      'application/json',
      400,
    ],
    ['a form', 'name=a&password=b', 'application/x-www-form-urlencoded', 415],
    ['plain text', '{"name":"a","password":"b"}', 'text/plain', 415],
    ['nothing', '', 'application/json', 400],
  ])('refuses %s at the door', async (_, body, type, status) => {
    const response = await fetch(`${served.url}/v1/session`, {
      method: 'POST',
      headers: { 'content-type': type, 'x-mingjian-request': '1' },
      body,
    });
    expect(response.status).toBe(status);
    expect(await response.text()).not.toMatch(/node_modules|\.ts|at /);
  });

  it('tells nothing of its insides when something goes wrong', async () => {
    const answer = await rawGet(served.url, '/v1/cases/%ff%fe');
    expect(answer.status).toBe(400);
    expect(answer.text).not.toMatch(/node_modules|\.ts:/);
  });
});

describe('the pace of requests', () => {
  it('is bounded for each session and each address, and not for what machines read of us', async () => {
    const served = await serveSite('2026-09-14T10:00', {}, undefined, { requestsPerMinute: 60 });
    try {
      await served.addUser('zhang', ['inspector']);
      await served.addUser('li', ['inspector']);
      const [zhang, li] = [await served.signedIn('zhang'), await served.signedIn('li')];
      const statuses = [];
      // The first one makes the token known.
      await zhang.ask('GET', '/v1/session');
      for (let i = 0; i < 61; i++) statuses.push((await zhang.ask('GET', '/v1/session')).status);
      expect(statuses.filter((status) => status === 200)).toHaveLength(60);
      const refused = await zhang.ask('GET', '/v1/session');
      expect(refused).toMatchObject({ status: 429, body: { code: 'too-many-requests' } });
      expect(refused.headers.get('retry-after')).toMatch(/^\d+$/);
      expect((await li.ask('GET', '/v1/session')).status).toBe(200);
      expect((await zhang.ask('GET', '/healthz')).status).toBe(200);
      // Tokens that nobody was given are no way round it.
      const guesser = served.browser();
      const guesses = [];
      for (let i = 0; i < 61; i++) {
        guesser.cookie = `mingjian=guess-${i}`;
        guesses.push((await guesser.ask('GET', '/v1/session')).status);
      }
      expect(guesses.at(-1)).toBe(429);
    } finally {
      await served.close();
    }
  });
});

describe('a site behind a TLS proxy', () => {
  it('gives cookies that no other host can set, over TLS only, and asks for TLS from then on', async () => {
    const publicUrl = 'https://mingjian.example.gov.cn';
    const served = await serveSite('2026-09-14T10:00', { publicUrl, isSecure: true });
    try {
      await served.addUser('zhang', ['inspector']);
      const browser = served.browser();
      const body = { name: 'zhang', password: 'tulip-cable-fourteen' };
      const { headers } = await browser.ask('POST', '/v1/session', body, { origin: publicUrl });
      expect(headers.get('set-cookie')).toMatch(
        /^__Host-mingjian=[\w-]{43}; Path=\/; HttpOnly; Secure; SameSite=Strict$/,
      );
      expect(headers.get('strict-transport-security')).toMatch(/max-age=31536000/);
      // The name by which the proxy reaches it is not the site's.
      expect((await browser.ask('POST', '/v1/session', body, { origin: served.url })).status).toBe(403);
    } finally {
      await served.close();
    }
  });
});

/** `fetch` would mend the path. */
function rawGet(url: string, path: string): Promise<{ status: number; text: string }> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    httpRequest({ hostname, port, path }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (part: string) => (text += part));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, text }));
    })
      .on('error', reject)
      .end();
  });
}
