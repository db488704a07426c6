import { Secret, TOTP } from 'otpauth';
import { PASSWORD, serveSite, type ServedSite } from '../testing/served-site';

const codeAt = (secret: string, now: number): string =>
  new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: now });

describe('signing in', () => {
  let served: ServedSite;
  beforeEach(async () => {
    served = await serveSite('2026-09-14T10:00');
  });
  afterEach(() => served.close());

  const kinds = async (): Promise<string[]> =>
    (
      await served.site.store.query<{ kind: string }>(
        "SELECT kind FROM ledger_entry WHERE chain = 'identity' ORDER BY seq",
      )
    ).map(({ kind }) => kind);

  it('begins with an administrator whose one-time password opens nothing but its own change', async () => {
    const first = await served.identity.firstAdministrator();
    expect(first).toEqual({ name: 'admin', oneTimePassword: expect.stringMatching(/^[a-z2-9-]{23}$/) });
    expect(await served.identity.firstAdministrator()).toBeNull();
    const browser = served.browser();
    const signedIn = await browser.signIn('Admin', first!.oneTimePassword);
    expect(signedIn.body).toMatchObject({ toDoFirst: 'password-change', auth: 'local' });
    expect(await browser.ask('GET', '/v1/overview')).toMatchObject({
      status: 403,
      body: { code: 'password-change-required' },
    });
    const weak = { current: first!.oneTimePassword, wanted: 'admin1234567' };
    expect(await browser.ask('POST', '/v1/account/password', weak)).toMatchObject({ status: 422 });
    const good = { current: first!.oneTimePassword, wanted: PASSWORD };
    expect(await browser.ask('POST', '/v1/account/password', good)).toMatchObject({ status: 204 });
    expect(await browser.ask('GET', '/v1/overview')).toMatchObject({ status: 200 });
    expect(await kinds()).toEqual(['account.added', 'account.signed-in', 'account.password-changed']);
  });

  it('takes no one-time password after three days', async () => {
    const first = await served.identity.firstAdministrator();
    served.site.clock.moveTo(served.site.clock.now() + 72 * 3_600_000);
    expect((await served.browser().signIn('admin', first!.oneTimePassword)).status).toBe(401);
  });

  it('answers a wrong password, an unknown name and a disabled account alike', async () => {
    const id = await served.addUser('zhang', ['inspector']);
    await served.addUser('gone', ['inspector']);
    await served.addUser('admin', ['administrator']);
    const admin = await served.signedIn('admin');
    const { body } = await admin.ask('GET', '/v1/users');
    const gone = (body.users as { name: string; id: string; version: number }[]).find(
      ({ name }) => name === 'gone',
    )!;
    await admin.ask('POST', `/v1/users/${gone.id}/disable`, { version: gone.version });
    const answers = await Promise.all([
      served.browser().signIn('zhang', 'not-the-password'),
      served.browser().signIn('nobody', 'not-the-password'),
      served.browser().signIn('gone', PASSWORD),
    ]);
    expect(new Set(answers.map(({ status, text }) => `${status} ${text}`)).size).toBe(1);
    expect(answers[0]).toMatchObject({ status: 401, body: { code: 'sign-in-failed' } });
    expect(id).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('gives a cookie that scripts cannot read and other sites cannot send', async () => {
    await served.addUser('zhang', ['inspector']);
    const { headers } = await served.browser().signIn('zhang', PASSWORD);
    expect(headers.get('set-cookie')).toMatch(/^mingjian=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict$/);
    expect(headers.get('cache-control')).toBe('no-store');
  });

  it('keeps the hash of a session only', async () => {
    await served.addUser('zhang', ['inspector']);
    const browser = await served.signedIn('zhang');
    const token = browser.cookie.split('=')[1]!;
    const rows = await served.site.store.query('SELECT * FROM user_session');
    expect(JSON.stringify(rows)).not.toContain(token);
    expect((await browser.ask('GET', '/v1/session')).status).toBe(200);
  });

  it('ends the session that the browser had, and gives a new token at every sign-in', async () => {
    await served.addUser('zhang', ['inspector']);
    const browser = await served.signedIn('zhang');
    const former = browser.cookie;
    await browser.signIn('zhang', PASSWORD);
    expect(browser.cookie).not.toBe(former);
    const thief = served.browser();
    thief.cookie = former;
    expect((await thief.ask('GET', '/v1/session')).status).toBe(401);
  });

  it('ends a session after half an hour without a request, and after twelve hours in any case', async () => {
    await served.addUser('zhang', ['inspector']);
    const browser = await served.signedIn('zhang');
    const { clock } = served.site;
    const begin = clock.now();
    for (let minutes = 29; minutes < 12 * 60; minutes += 29) {
      clock.moveTo(begin + minutes * 60_000);
      expect((await browser.ask('GET', '/v1/session')).status).toBe(200);
    }
    clock.moveTo(begin + 12 * 3_600_000);
    expect((await browser.ask('GET', '/v1/session')).status).toBe(401);
    const idle = await served.signedIn('zhang');
    clock.moveTo(clock.now() + 30 * 60_000);
    expect((await idle.ask('GET', '/v1/session')).status).toBe(401);
  });

  it('makes the next attempt wait longer and longer, with the right password too', async () => {
    await served.addUser('zhang', ['inspector']);
    const { clock } = served.site;
    for (let i = 0; i < 5; i++)
      expect((await served.browser().signIn('zhang', `wrong-password-${i}`)).status).toBe(401);
    const locked = await served.browser().signIn('zhang', PASSWORD);
    expect(locked).toMatchObject({
      status: 429,
      body: { code: 'locked', message: '尝试次数过多，请 30 秒后再试' },
    });
    expect(locked.headers.get('retry-after')).toBe('30');
    clock.moveTo(clock.now() + 30_000);
    expect((await served.browser().signIn('zhang', 'wrong-again')).status).toBe(401);
    expect((await served.browser().signIn('zhang', PASSWORD)).headers.get('retry-after')).toBe('60');
    clock.moveTo(clock.now() + 60_000);
    expect((await served.browser().signIn('zhang', PASSWORD)).status).toBe(200);
    expect((await served.browser().signIn('zhang', 'wrong-once')).status).toBe(401);
    expect((await served.browser().signIn('zhang', PASSWORD)).status).toBe(200);
    expect(await kinds()).toContain('account.locked');
  });

  it('counts attempts of one instant one by one', async () => {
    await served.addUser('zhang', ['inspector']);
    const answers = await Promise.all(
      Array.from({ length: 12 }, (_, i) => served.browser().signIn('zhang', `wrong-password-${i}`)),
    );
    expect(answers.filter(({ status }) => status === 401)).toHaveLength(5);
    expect(answers.filter(({ status }) => status === 429)).toHaveLength(7);
  });

  it('makes an address wait that tries many names', async () => {
    const statuses: number[] = [];
    for (let i = 0; i < 31; i++)
      statuses.push((await served.browser().signIn(`name-${i}`, 'not-the-password')).status);
    expect(statuses.slice(0, 30).every((status) => status === 401)).toBe(true);
    expect(statuses[30]).toBe(429);
  });

  it('asks for the second factor once it is confirmed, and takes each code once', async () => {
    await served.addUser('zhang', ['inspector']);
    const browser = await served.signedIn('zhang');
    const { clock } = served.site;
    const prepared = await browser.ask('POST', '/v1/account/second-factor', { password: PASSWORD });
    const secret = prepared.body.secret as string;
    expect(prepared.body.address).toContain('otpauth://totp/');
    // Not confirmed yet: the password alone is enough.
    expect((await served.browser().signIn('zhang', PASSWORD)).status).toBe(200);
    const wrong = await browser.ask('POST', '/v1/account/second-factor/confirm', { code: '000000' });
    expect(wrong).toMatchObject({ status: 422, body: { code: 'wrong-code' } });
    const code = codeAt(secret, clock.now());
    const confirmed = await browser.ask('POST', '/v1/account/second-factor/confirm', { code });
    const recovery = confirmed.body.recoveryCodes as string[];
    expect(recovery).toHaveLength(10);
    expect(await served.browser().signIn('zhang', PASSWORD)).toMatchObject({
      status: 401,
      body: { code: 'second-factor-required' },
    });
    // The code that confirmed it was seen: it is used up.
    expect((await served.browser().signIn('zhang', PASSWORD, code)).status).toBe(401);
    clock.moveTo(clock.now() + 30_000);
    const next = codeAt(secret, clock.now());
    expect((await served.browser().signIn('zhang', PASSWORD, next)).status).toBe(200);
    expect((await served.browser().signIn('zhang', PASSWORD, next)).status).toBe(401);
    expect((await served.browser().signIn('zhang', PASSWORD, recovery[3]!.toUpperCase())).status).toBe(200);
    expect((await served.browser().signIn('zhang', PASSWORD, recovery[3])).status).toBe(401);
    const rows = await served.site.store.query("SELECT totp_sealed FROM account WHERE name = 'zhang'");
    expect(JSON.stringify(rows)).not.toContain(secret);
    expect(await kinds()).toContain('account.recovery-code-used');
  });

  it('refuses what a page of another site sends', async () => {
    await served.addUser('zhang', ['inspector']);
    const browser = await served.signedIn('zhang');
    const other = { origin: 'https://evil.example' };
    expect(await browser.ask('DELETE', '/v1/session', undefined, other)).toMatchObject({ status: 403 });
    expect(
      await browser.ask('DELETE', '/v1/session', undefined, { 'sec-fetch-site': 'cross-site' }),
    ).toMatchObject({ status: 403 });
    const form = await fetch(`${served.url}/v1/session`, {
      method: 'DELETE',
      headers: { cookie: browser.cookie },
    });
    expect(form.status).toBe(403);
    expect((await browser.ask('DELETE', '/v1/session', undefined, { origin: served.url })).status).toBe(204);
    expect((await browser.ask('GET', '/v1/session')).status).toBe(401);
  });

  it('lists devices, signs out of one, and of all', async () => {
    await served.addUser('zhang', ['inspector']);
    await served.addUser('li', ['inspector']);
    const [here, there, other] = [
      await served.signedIn('zhang'),
      await served.signedIn('zhang'),
      await served.signedIn('li'),
    ];
    const { body } = await here.ask('GET', '/v1/account/sessions');
    const sessions = body.sessions as { id: string; isThis: boolean }[];
    const away = sessions.filter(({ isThis }) => !isThis);
    // The one in which the spec changed the first password is the third.
    expect(sessions).toHaveLength(3);
    for (const { id } of away) {
      expect((await other.ask('DELETE', `/v1/account/sessions/${id}`)).status).toBe(404);
      expect((await here.ask('DELETE', `/v1/account/sessions/${id}`)).status).toBe(204);
    }
    expect((await there.ask('GET', '/v1/session')).status).toBe(401);
    expect((await here.ask('GET', '/v1/session')).status).toBe(200);
    expect((await here.ask('DELETE', '/v1/account/sessions')).status).toBe(204);
    expect((await here.ask('GET', '/v1/session')).status).toBe(401);
    expect((await other.ask('GET', '/v1/session')).status).toBe(200);
  });

  it('removes what is over, and nothing else', async () => {
    await served.addUser('zhang', ['inspector']);
    await served.browser().signIn('zhang', 'not-the-password');
    const { clock, store } = served.site;
    clock.moveTo(clock.now() + 25 * 60_000);
    const browser = await served.signedIn('zhang');
    await served.browser().signIn('li', 'not-the-password');
    clock.moveTo(clock.now() + 6 * 60_000);
    await served.identity.tidy();
    expect((await browser.ask('GET', '/v1/session')).status).toBe(200);
    expect(await store.query('SELECT id FROM user_session')).toHaveLength(1);
    clock.moveTo(clock.now() + 86_400_000);
    await served.identity.tidy();
    expect(await store.query('SELECT id FROM user_session')).toHaveLength(0);
    expect(await store.query('SELECT subject FROM sign_in_failure')).toHaveLength(0);
  });

  it('writes neither passwords nor codes nor tokens into the log', async () => {
    await served.addUser('zhang', ['inspector']);
    const browser = served.browser();
    await browser.signIn('zhang', 'my-wrong-secret-word');
    await browser.signIn('my-password-in-the-name-field', PASSWORD);
    await browser.signIn('zhang', PASSWORD, '123456');
    const token = browser.cookie.split('=')[1]!;
    const logged = served.site.logged.join('\n');
    expect(logged).toContain('Somebody signed in.');
    expect(logged).toContain('An attempt to sign in failed.');
    for (const secret of ['my-wrong-secret-word', 'my-password-in-the-name-field', PASSWORD, token, '123456'])
      expect(logged).not.toContain(secret);
  });
});

describe('a site that demands a second factor', () => {
  it('lets nobody in without one, except to set it up', async () => {
    const served = await serveSite('2026-09-14T10:00', { secondFactor: 'administrators' });
    try {
      await served.addUser('root', ['administrator']);
      await served.addUser('zhang', ['inspector']);
      const admin = await served.signedIn('root');
      expect(await admin.ask('GET', '/v1/users')).toMatchObject({
        status: 403,
        body: { code: 'second-factor-required' },
      });
      const { body } = await admin.ask('POST', '/v1/account/second-factor', { password: PASSWORD });
      const code = codeAt(body.secret as string, served.site.clock.now());
      expect((await admin.ask('POST', '/v1/account/second-factor/confirm', { code })).status).toBe(200);
      expect((await admin.ask('GET', '/v1/users')).status).toBe(200);
      expect((await (await served.signedIn('zhang')).ask('GET', '/v1/overview')).status).toBe(200);
    } finally {
      await served.close();
    }
  });
});

describe('the demonstration', () => {
  it('asks nobody, as long as this machine is meant, and knows who signed in all the same', async () => {
    const served = await serveSite('2026-09-14T10:00', { auth: 'demo' });
    try {
      const browser = served.browser();
      expect((await browser.ask('GET', '/v1/session')).body).toMatchObject({
        auth: 'demo',
        who: { name: '演示用户', roles: [{ name: '监察员' }, { name: '管理员' }] },
      });
      // A name of somebody else that was made to point here.
      const { port } = new URL(served.url);
      const rebound = await served.app.inject({
        url: '/v1/overview',
        headers: { host: `evil.example:${port}` },
      });
      expect(rebound.statusCode).toBe(401);
      await served.addUser('head', ['department-head'], 'housing');
      const head = await served.signedIn('head');
      expect((await head.ask('GET', '/v1/session')).body).toMatchObject({ who: { name: 'head' } });
    } finally {
      await served.close();
    }
  });
});
