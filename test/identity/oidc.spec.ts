import { SignInDocument } from '@mingjian/contracts';
import { serveSite, type ServedSite } from '../../apps/monitor/src/testing/served-site';
import type { AccessSettings } from '../../apps/monitor/src/identity/access-settings';
import { runProvider, type Person, type ProviderOptions, type RunningProvider } from './running-provider';
import { comeBack, goThere, Jar, REDIRECT, signInThere, walk } from './walk';

const RULES = {
  signIn: 'county',
  scopes: ['profile', 'groups'],
  roles: {
    claim: 'groups',
    map: { supervisors: 'inspector', heads: 'department-head', posts: 'post', it: 'administrator' },
  },
  department: { claim: 'org', map: { '11420684': 'housing' } },
  secondFactor: { acr: ['two-factors'], amr: ['mfa'] },
};
const PEOPLE: Record<string, Person> = {
  zhang: { claims: { name: '张伟', groups: ['supervisors', 'choir'], email: 'admin@mingjian.test' } },
  wang: { claims: { name: '王芳', groups: ['heads'], org: '11420684' } },
  stray: { claims: { name: '赵六', groups: ['choir'] } },
  lost: { claims: { name: '孙七', groups: ['heads'], org: '99999999' } },
  both: { claims: { name: '周八', groups: ['supervisors', 'posts'], org: '11420684' } },
  root: { claims: { name: '吴九', groups: ['it'] } },
  strong: { claims: { name: '郑十', groups: ['it'] }, amr: ['pwd', 'mfa'] },
};

/** An account as administrators are shown it. */
interface User {
  id: string;
  version: number;
  issuer: string | null;
}

describe('signing in by an OpenID Connect provider', () => {
  let provider: RunningProvider;
  let served: ServedSite;
  const running: RunningProvider[] = [];

  const start = async (options: Partial<ProviderOptions> = {}): Promise<RunningProvider> => {
    const one = await runProvider({
      people: PEOPLE,
      redirect: REDIRECT,
      secret: 's3cret of site',
      ...options,
    });
    running.push(one);
    return one;
  };
  const serve = async (issuer: string, access: Partial<AccessSettings> = {}, secret = 's3cret of site') => {
    const rules = SignInDocument.parse(RULES);
    const oidc = { issuer, clientId: 'mingjian', clientSecret: secret, redirect: REDIRECT, rules };
    served = await serveSite('2026-09-14T10:00', { oidc, ...access });
    await served.identity.firstAdministrator();
    return served;
  };
  const rows = <T extends object>(sql: string): Promise<T[]> => served.site.store.query<T>(sql);
  const ledger = () =>
    rows<{ kind: string; actor: string | null; body: string }>(
      "SELECT kind, actor, body FROM ledger_entry WHERE chain = 'identity' ORDER BY seq",
    );

  beforeAll(async () => {
    provider = await start();
  });
  afterEach(() => served.close());
  afterAll(() => Promise.all(running.map((one) => one.stop())));

  describe('lets people in', () => {
    it('with the roles that their claims give, at the page that they wanted', async () => {
      await serve(provider.issuer);
      const { page, session } = await walk(served, 'zhang');
      expect(page).toBe('/cases/C-1');
      expect(session).toMatchObject({
        status: 200,
        body: { who: { name: '张伟', roles: [{ role: 'inspector' }], department: null }, toDoFirst: null },
      });
      expect((await walk(served, 'wang')).session.body).toMatchObject({
        who: { name: '王芳', roles: [{ role: 'department-head' }], department: 'housing' },
      });
    });

    it('without a client secret too, by PKCE alone', async () => {
      const open = await start({ secret: '' });
      await serve(open.issuer, {}, '');
      expect((await walk(served, 'zhang')).page).toBe('/cases/C-1');
    });

    it('into one account each, which hangs on issuer and subject and on nothing else', async () => {
      await serve(provider.issuer);
      await served.addUser('zhang', ['auditor']);
      await walk(served, 'zhang');
      await walk(served, 'zhang');
      await walk(served, 'wang');
      const accounts = await rows<{ name: string; roles: string; password_hash: string | null }>(
        'SELECT a.name, a.roles, a.password_hash FROM account a JOIN account_identity i ON i.account_id = a.id',
      );
      expect(accounts.map(({ roles }) => roles).sort()).toEqual(['department-head', 'inspector']);
      expect(accounts.every((one) => one.password_hash === null && one.name.startsWith('sso-'))).toBe(true);
      // The local account of that name, and whoever has that address of mail, are others.
      expect((await served.browser().signIn('zhang', 'any password')).status).toBe(401);
      expect(await rows("SELECT * FROM account WHERE name = 'zhang' AND roles = 'auditor'")).toHaveLength(1);
      expect(JSON.stringify(await rows('SELECT * FROM account_identity'))).not.toContain('zhang');
    });

    it('at two places at once when they come for the first time', async () => {
      await serve(provider.issuer);
      const arrivals = await Promise.all([walk(served, 'zhang'), walk(served, 'zhang')]);
      expect(arrivals.map(({ session }) => session.status)).toEqual([200, 200]);
      expect(await rows('SELECT * FROM account_identity')).toHaveLength(1);
    });

    it('in a session like any other: the same cookie, the same ends, and the former one is over', async () => {
      await serve(provider.issuer);
      const jar = new Jar();
      await walk(served, 'zhang', jar);
      const former = jar.cookie(served.url, 'mingjian')!;
      const address = await goThere(served, jar);
      const back = await signInThere(jar, address, 'zhang');
      const answer = await jar.get(`${served.url}/v1/session/oidc/callback${back}`);
      expect(answer.headers.getSetCookie().find((line) => line.startsWith('mingjian='))).toMatch(
        /^mingjian=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict$/,
      );
      const thief = served.browser();
      thief.cookie = `mingjian=${former}`;
      expect((await thief.ask('GET', '/v1/session')).status).toBe(401);
      const browser = served.browser();
      browser.cookie = `mingjian=${jar.cookie(served.url, 'mingjian')!}`;
      expect((await browser.ask('GET', '/v1/session')).status).toBe(200);
      served.site.clock.moveTo(served.site.clock.now() + 30 * 60_000);
      expect((await browser.ask('GET', '/v1/session')).status).toBe(401);
    });

    it('while the two clocks differ by less than a minute', async () => {
      // ID tokens are good for 60 s there; this one ended 30 s ago when it was made.
      const slow = await start({ clockAheadSeconds: -90 });
      await serve(slow.issuer);
      expect((await walk(served, 'zhang')).page).toBe('/cases/C-1');
    });
  });

  describe('puts on the ledger', () => {
    it('who came in, whose account was made, and what it became, without a name', async () => {
      const changing = await start();
      await serve(changing.issuer);
      await walk(served, 'zhang');
      await changing.stop();
      const port = Number(new URL(changing.issuer).port);
      const zhang = { claims: { name: '张伟', groups: ['heads'], org: '11420684' } };
      await start({ port, people: { zhang } });
      const { session } = await walk(served, 'zhang');
      expect(session.body).toMatchObject({ who: { roles: [{ role: 'department-head' }] } });
      const entries = (await ledger()).filter(({ body }) => body.includes('provider'));
      expect(entries.map(({ kind }) => kind)).toEqual([
        'account.added',
        'account.signed-in',
        'account.changed',
        'account.signed-in',
      ]);
      expect(JSON.stringify(entries)).not.toMatch(/张伟|zhang/);
    });
  });

  describe('keeps out, and says why', () => {
    const refused = async (login: string | null): Promise<string> => {
      const { page, session } = await walk(served, login);
      expect(session.status).toBe(401);
      return page;
    };

    it('who has no role here, two that no person may have, or a department that the rules do not know', async () => {
      await serve(provider.issuer);
      expect(await refused('stray')).toBe('/login?refused=no-role');
      expect(await refused('both')).toBe('/login?refused=roles-conflict');
      expect(await refused('lost')).toBe('/login?refused=no-department');
      expect(await rows('SELECT * FROM account_identity')).toEqual([]);
      const reasons = served.site.logged
        .map((line) => JSON.parse(line) as { msg: string; reason?: string })
        .filter(({ msg }) => msg === 'A sign-in by the provider was refused.')
        .map(({ reason }) => reason);
      expect(reasons).toEqual(['no-role', 'roles-conflict', 'no-department']);
    });

    it('whoever declined', async () => {
      await serve(provider.issuer);
      expect(await refused(null)).toBe('/login?refused=declined');
    });

    it('whose account was disabled, whatever the provider says', async () => {
      await serve(provider.issuer);
      await walk(served, 'zhang');
      await served.addUser('boss', ['administrator']);
      const boss = await served.signedIn('boss');
      const users = (await boss.ask('GET', '/v1/users')).body.users as User[];
      const zhang = users.find(({ issuer }) => issuer === provider.issuer)!;
      await boss.ask('POST', `/v1/users/${zhang.id}/disable`, { version: zhang.version });
      expect(await refused('zhang')).toBe('/login?refused=disabled');
      expect(await rows('SELECT * FROM account_identity')).toHaveLength(1);
    });

    it('who proved no second factor where the site demands one', async () => {
      await serve(provider.issuer, { secondFactor: 'administrators' });
      expect(await refused('root')).toBe('/login?refused=second-factor');
      const { session } = await walk(served, 'strong');
      expect(session.body).toMatchObject({ who: { name: '郑十' }, toDoFirst: null });
      expect((await walk(served, 'zhang')).page).toBe('/cases/C-1');
    });

    it('asks the provider for a second factor where the site demands one', async () => {
      await serve(provider.issuer, { secondFactor: 'everybody' });
      expect((await goThere(served, new Jar())).searchParams.get('acr_values')).toBe('two-factors');
    });

    it('whose token ended longer ago than clocks may differ', async () => {
      const slow = await start({ clockAheadSeconds: -600 });
      await serve(slow.issuer);
      expect(await refused('zhang')).toBe('/login?refused=clock');
    });

    it('who brings a token that the provider’s keys do not fit', async () => {
      const forged = await start({ hasOtherKeys: true });
      await serve(forged.issuer);
      expect(await refused('zhang')).toBe('/login?refused=not-proved');
    });
  });

  describe('is not fooled by', () => {
    const NOT_BEGUN = '/login?refused=not-begun';
    const NOT_PROVED = '/login?refused=not-proved';

    it('a state that was used already', async () => {
      await serve(provider.issuer);
      const jar = new Jar();
      const first = await walk(served, 'zhang', jar);
      const thief = new Jar();
      expect((await comeBack(served, jar, first.back)).page).toBe(NOT_BEGUN);
      expect(await comeBack(served, thief, first.back)).toMatchObject({
        page: NOT_BEGUN,
        session: { status: 401 },
      });
    });

    it('what was begun in another browser, by nobody, or too long ago', async () => {
      await serve(provider.issuer);
      const jar = new Jar();
      const back = await signInThere(jar, await goThere(served, jar), 'zhang');
      expect((await comeBack(served, new Jar(), back)).page).toBe(NOT_BEGUN);
      expect((await comeBack(served, jar, '?code=x&state=y')).page).toBe(NOT_BEGUN);
      expect((await comeBack(served, jar, '')).page).toBe(NOT_BEGUN);
      const late = await signInThere(jar, await goThere(served, jar), 'zhang');
      served.site.clock.moveTo(served.site.clock.now() + 10 * 60_000);
      expect((await comeBack(served, jar, late)).page).toBe(NOT_BEGUN);
    });

    it('a code that was used, or stolen from another’s way', async () => {
      await serve(provider.issuer);
      const used = new URLSearchParams((await walk(served, 'zhang')).back);
      const jar = new Jar();
      const own = new URLSearchParams(await signInThere(jar, await goThere(served, jar), 'wang'));
      own.set('code', used.get('code')!);
      expect(await comeBack(served, jar, `?${own.toString()}`)).toMatchObject({
        page: NOT_PROVED,
        session: { status: 401 },
      });
      const victim = new Jar();
      const stolen = new URLSearchParams(await signInThere(victim, await goThere(served, victim), 'zhang'));
      const again = new URLSearchParams(await signInThere(jar, await goThere(served, jar), 'wang'));
      again.set('code', stolen.get('code')!);
      expect((await comeBack(served, jar, `?${again.toString()}`)).page).toBe(NOT_PROVED);
    });

    it('another nonce or another challenge on the way to the provider', async () => {
      await serve(provider.issuer);
      for (const [name, value] of [
        ['nonce', 'of-somebody-else'],
        ['code_challenge', 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM'],
      ] as const) {
        const jar = new Jar();
        const address = await goThere(served, jar);
        expect(address.searchParams.get('code_challenge_method')).toBe('S256');
        address.searchParams.set(name, value);
        expect((await comeBack(served, jar, await signInThere(jar, address, 'zhang'))).page).toBe(NOT_PROVED);
      }
    });

    it('an answer of another provider, or one that does not say whose it is', async () => {
      const other = await start();
      await serve(provider.issuer);
      const jar = new Jar();
      const mixed = new URLSearchParams(await signInThere(jar, await goThere(served, jar), 'zhang'));
      expect(mixed.get('iss')).toBe(provider.issuer);
      mixed.set('iss', other.issuer);
      expect((await comeBack(served, jar, `?${mixed.toString()}`)).page).toBe(NOT_PROVED);
      const silent = new URLSearchParams(await signInThere(jar, await goThere(served, jar), 'zhang'));
      silent.delete('iss');
      expect((await comeBack(served, jar, `?${silent.toString()}`)).page).toBe(NOT_PROVED);
    });

    it('a provider that calls itself otherwise than the settings do', async () => {
      await serve(provider.issuer.replace('127.0.0.1', 'localhost'));
      expect((await goThere(served, new Jar())).pathname).toBe('/login');
    });

    it('a page wanted that leads to another site', async () => {
      await serve(provider.issuer);
      for (const to of [
        '//evil.example',
        '/\\evil.example',
        '/.//evil.example',
        'https://evil.example',
        '',
      ]) {
        const jar = new Jar();
        const back = await signInThere(jar, await goThere(served, jar, to), 'zhang');
        expect((await comeBack(served, jar, back)).page).toMatch(/^\/(evil\.example)?$/);
      }
    });
  });

  describe('beside local accounts', () => {
    it('says by what people can sign in', async () => {
      await serve(provider.issuer);
      expect((await served.browser().ask('GET', '/v1/session/ways')).body).toEqual({
        password: true,
        provider: true,
      });
    });

    it('leaves them as they are when the provider is down, says so, and is there again with it', async () => {
      const shaky = await start();
      await serve(shaky.issuer);
      await served.addUser('li', ['inspector']);
      await shaky.stop();
      expect((await goThere(served, new Jar())).search).toBe('?refused=provider-down');
      expect((await (await served.signedIn('li')).ask('GET', '/v1/session')).status).toBe(200);
      await start({ port: Number(new URL(shaky.issuer).port) });
      const jar = new Jar();
      const back = await signInThere(jar, await goThere(served, jar), 'zhang');
      expect((await comeBack(served, jar, back)).page).toBe('/cases/C-1');
    });

    it('says that the provider is down where it fails between going and coming back', async () => {
      const shaky = await start();
      await serve(shaky.issuer);
      const jar = new Jar();
      const back = await signInThere(jar, await goThere(served, jar), 'zhang');
      await shaky.stop();
      expect((await comeBack(served, jar, back)).page).toBe('/login?refused=provider-down');
    });

    it('lets nobody change or give a password to an account that the provider decides about', async () => {
      await serve(provider.issuer);
      await walk(served, 'zhang');
      await served.addUser('boss', ['administrator']);
      const boss = await served.signedIn('boss');
      const users = (await boss.ask('GET', '/v1/users')).body.users as User[];
      const { id, version } = users.find(({ issuer }) => issuer !== null)!;
      const standing = {
        version,
        displayName: 'x',
        roles: ['administrator'],
        department: null,
        district: null,
      };
      expect(await boss.ask('PATCH', `/v1/users/${id}`, standing)).toMatchObject({
        status: 409,
        body: { code: 'of-provider' },
      });
      expect((await boss.ask('POST', `/v1/users/${id}/reset`, { version })).status).toBe(409);
    });

    it('does not count administrators of the provider as those who are left', async () => {
      await serve(provider.issuer);
      await walk(served, 'root');
      await served.addUser('boss', ['administrator']);
      const [admin, boss] = await Promise.all(
        ['admin', 'boss'].map(
          async (name) =>
            (
              await rows<{ id: string; version: number }>(
                `SELECT id, version FROM account WHERE name = '${name}'`,
              )
            )[0]!,
        ),
      );
      const { accounts } = served.identity;
      await accounts.setDisabled(admin!.id, admin!.version, true, null);
      await expect(accounts.setDisabled(boss!.id, boss!.version, true, null)).rejects.toThrow('至少保留一名');
    });
  });

  describe('signs out', () => {
    it('here at once, and at the provider where it asks', async () => {
      await serve(provider.issuer);
      const jar = new Jar();
      const { session } = await walk(served, 'zhang', jar);
      expect(session.body).toMatchObject({ signOutAt: '/v1/session/oidc/sign-out' });
      const headers = { 'x-mingjian-request': '1' };
      expect((await jar.get(`${served.url}/v1/session`, { method: 'DELETE', headers })).status).toBe(204);
      expect((await jar.get(`${served.url}/v1/session`)).status).toBe(401);
      const out = await jar.get(`${served.url}/v1/session/oidc/sign-out`);
      const asking = await jar.get(out.headers.get('location')!);
      expect(asking.status).toBe(200);
      const [, xsrf = ''] = /name="xsrf" value="([^"]+)"/.exec(await asking.text()) ?? [];
      const confirmed = await jar.get(`${provider.issuer}/session/end/confirm`, {
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: new URLSearchParams({ xsrf, logout: 'yes' }).toString(),
      });
      expect(confirmed.headers.get('location')).toBe('https://mingjian.test/login');
      // The provider asks who it is again: its session is over too.
      const address = await goThere(served, jar);
      expect((await jar.get(address.href)).headers.get('location')).toContain('/ask/');
    });

    it('leads whoever has a local account nowhere else', async () => {
      await serve(provider.issuer);
      await served.addUser('li', ['inspector']);
      const browser = await served.signedIn('li');
      expect((await browser.ask('GET', '/v1/session')).body).toMatchObject({ signOutAt: null });
    });
  });

  it('logs no code, no token, no state, no secret and no name', async () => {
    await serve(provider.issuer);
    const jar = new Jar();
    const { back } = await walk(served, 'zhang', jar);
    const stolen = new URLSearchParams(back);
    await walk(served, 'stray');
    await comeBack(served, jar, back);
    const log = served.site.logged.join('\n');
    expect(log).toContain('A sign-in by the provider was refused.');
    for (const secret of [stolen.get('code')!, stolen.get('state')!, 's3cret of site', '张伟', '赵六', 'eyJ'])
      expect(log).not.toContain(secret);
    const attempts = await rows('SELECT * FROM oidc_attempt');
    expect(attempts).toEqual([]);
  });
});
