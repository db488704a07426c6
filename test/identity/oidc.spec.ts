import { OidcSites, type User } from './oidc-sites';
import { comeBack, goThere, Jar, signInThere, signOutThere, walk } from './walk';

describe('signing in by an OpenID Connect provider', () => {
  const sites = OidcSites.ofSuite();
  const ledger = () =>
    sites.rows<{ kind: string; actor: string | null; body: string }>(
      "SELECT kind, actor, body FROM ledger_entry WHERE chain = 'identity' ORDER BY seq",
    );

  describe('lets people in', () => {
    it('with the roles that their claims give, at the page that they wanted', async () => {
      await sites.serve(sites.provider.issuer);
      const { page, session } = await walk(sites.served, 'zhang');
      expect(page).toBe('/cases/C-1');
      expect(session).toMatchObject({
        status: 200,
        body: { who: { name: '张伟', roles: [{ role: 'inspector' }], department: null }, toDoFirst: null },
      });
      expect((await walk(sites.served, 'wang')).session.body).toMatchObject({
        who: { name: '王芳', roles: [{ role: 'department-head' }], department: 'housing' },
      });
    });

    it('without a client secret too, by PKCE alone', async () => {
      const open = await sites.start({ secret: '' });
      await sites.serve(open.issuer, {}, '');
      expect((await walk(sites.served, 'zhang')).page).toBe('/cases/C-1');
    });

    it('into one account each, which hangs on issuer and subject and on nothing else', async () => {
      await sites.serve(sites.provider.issuer);
      await sites.served.addUser('zhang', ['auditor']);
      await walk(sites.served, 'zhang');
      await walk(sites.served, 'zhang');
      await walk(sites.served, 'wang');
      const accounts = await sites.rows<{ name: string; roles: string; password_hash: string | null }>(
        'SELECT a.name, a.roles, a.password_hash FROM account a JOIN account_identity i ON i.account_id = a.id',
      );
      expect(accounts.map(({ roles }) => roles).sort()).toEqual(['department-head', 'inspector']);
      expect(accounts.every((one) => one.password_hash === null && one.name.startsWith('sso-'))).toBe(true);
      // The local account of that name, and whoever has that address of mail, are others.
      expect((await sites.served.browser().signIn('zhang', 'any password')).status).toBe(401);
      expect(
        await sites.rows("SELECT * FROM account WHERE name = 'zhang' AND roles = 'auditor'"),
      ).toHaveLength(1);
      expect(JSON.stringify(await sites.rows('SELECT * FROM account_identity'))).not.toContain('zhang');
    });

    it('at two places at once when they come for the first time', async () => {
      await sites.serve(sites.provider.issuer);
      const arrivals = await Promise.all([walk(sites.served, 'zhang'), walk(sites.served, 'zhang')]);
      expect(arrivals.map(({ session }) => session.status)).toEqual([200, 200]);
      expect(await sites.rows('SELECT * FROM account_identity')).toHaveLength(1);
    });

    it('in a session like any other: the same cookie, the same ends, and the former one is over', async () => {
      await sites.serve(sites.provider.issuer);
      const jar = new Jar();
      await walk(sites.served, 'zhang', jar);
      const former = jar.cookie(sites.served.url, 'mingjian')!;
      const address = await goThere(sites.served, jar);
      const back = await signInThere(jar, address, 'zhang');
      const answer = await jar.get(`${sites.served.url}/v1/session/oidc/callback${back}`);
      expect(answer.headers.getSetCookie().find((line) => line.startsWith('mingjian='))).toMatch(
        /^mingjian=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict$/,
      );
      const thief = sites.served.browser();
      thief.cookie = `mingjian=${former}`;
      expect((await thief.ask('GET', '/v1/session')).status).toBe(401);
      const browser = sites.served.browser();
      browser.cookie = `mingjian=${jar.cookie(sites.served.url, 'mingjian')!}`;
      expect((await browser.ask('GET', '/v1/session')).status).toBe(200);
      sites.served.site.clock.moveTo(sites.served.site.clock.now() + 30 * 60_000);
      expect((await browser.ask('GET', '/v1/session')).status).toBe(401);
    });

    it('while the two clocks differ by less than a minute', async () => {
      // ID tokens are good for 60 s there; this one ended 30 s ago when it was made.
      const slow = await sites.start({ clockAheadSeconds: -90 });
      await sites.serve(slow.issuer);
      expect((await walk(sites.served, 'zhang')).page).toBe('/cases/C-1');
    });
  });

  describe('puts on the ledger', () => {
    it('who came in, whose account was made, and what it became, without a name', async () => {
      const changing = await sites.start();
      await sites.serve(changing.issuer);
      await walk(sites.served, 'zhang');
      await changing.stop();
      const port = Number(new URL(changing.issuer).port);
      const zhang = { claims: { name: '张伟', groups: ['heads'], org: '11420684' } };
      await sites.start({ port, people: { zhang } });
      const { session } = await walk(sites.served, 'zhang');
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

  describe('beside local accounts', () => {
    it('says by what people can sign in', async () => {
      await sites.serve(sites.provider.issuer);
      expect((await sites.served.browser().ask('GET', '/v1/session/ways')).body).toEqual({
        password: true,
        provider: true,
      });
    });

    it('leaves them as they are when the provider is down, says so, and is there again with it', async () => {
      const shaky = await sites.start();
      await sites.serve(shaky.issuer);
      await sites.served.addUser('li', ['inspector']);
      await shaky.stop();
      expect((await goThere(sites.served, new Jar())).search).toBe('?refused=provider-down');
      expect((await (await sites.served.signedIn('li')).ask('GET', '/v1/session')).status).toBe(200);
      await sites.start({ port: Number(new URL(shaky.issuer).port) });
      const jar = new Jar();
      const back = await signInThere(jar, await goThere(sites.served, jar), 'zhang');
      expect((await comeBack(sites.served, jar, back)).page).toBe('/cases/C-1');
    });

    it('says that the provider is down where it fails between going and coming back', async () => {
      const shaky = await sites.start();
      await sites.serve(shaky.issuer);
      const jar = new Jar();
      const back = await signInThere(jar, await goThere(sites.served, jar), 'zhang');
      await shaky.stop();
      expect((await comeBack(sites.served, jar, back)).page).toBe('/login?refused=provider-down');
    });

    it('lets nobody change or give a password to an account that the provider decides about', async () => {
      await sites.serve(sites.provider.issuer);
      await walk(sites.served, 'zhang');
      await sites.served.addUser('boss', ['administrator']);
      const boss = await sites.served.signedIn('boss');
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
      await sites.serve(sites.provider.issuer);
      await walk(sites.served, 'root');
      await sites.served.addUser('boss', ['administrator']);
      const [admin, boss] = await Promise.all(
        ['admin', 'boss'].map(
          async (name) =>
            (
              await sites.rows<{ id: string; version: number }>(
                `SELECT id, version FROM account WHERE name = '${name}'`,
              )
            )[0]!,
        ),
      );
      const { accounts } = sites.served.identity;
      await accounts.setDisabled(admin!.id, admin!.version, true, null);
      await expect(accounts.setDisabled(boss!.id, boss!.version, true, null)).rejects.toThrow('至少保留一名');
    });
  });

  describe('signs out', () => {
    it('here at once, and at the provider where it asks', async () => {
      await sites.serve(sites.provider.issuer);
      const jar = new Jar();
      const { session } = await walk(sites.served, 'zhang', jar);
      expect(session.body).toMatchObject({ signOutAt: '/v1/session/oidc/sign-out' });
      const headers = { 'x-mingjian-request': '1' };
      expect((await jar.get(`${sites.served.url}/v1/session`, { method: 'DELETE', headers })).status).toBe(
        204,
      );
      expect((await jar.get(`${sites.served.url}/v1/session`)).status).toBe(401);
      const out = await jar.get(`${sites.served.url}/v1/session/oidc/sign-out`);
      expect(await signOutThere(jar, out.headers.get('location')!)).toBe('https://mingjian.test/login');
      // The provider asks who it is again: its session is over too.
      const address = await goThere(sites.served, jar);
      expect((await jar.get(address.href)).headers.get('location')).toContain('/ask/');
    });

    it('here alone, and says so, where the provider is gone from the settings or does not answer', async () => {
      const shaky = await sites.start();
      const signOutOf = async (): Promise<string | null> => {
        const answer = await new Jar().get(`${sites.served.url}/v1/session/oidc/sign-out`);
        expect(answer.status).toBe(302);
        return answer.headers.get('location');
      };
      await sites.serve(shaky.issuer);
      await shaky.stop();
      expect(await signOutOf()).toBe('/login?signed-out=here');
      await sites.served.close();
      await sites.serve(shaky.issuer, { oidc: null });
      expect(await signOutOf()).toBe('/login?signed-out=here');
    });

    it('leads whoever has a local account nowhere else', async () => {
      await sites.serve(sites.provider.issuer);
      await sites.served.addUser('li', ['inspector']);
      const browser = await sites.served.signedIn('li');
      expect((await browser.ask('GET', '/v1/session')).body).toMatchObject({ signOutAt: null });
    });
  });

  it('logs no code, no token, no state, no secret and no name', async () => {
    await sites.serve(sites.provider.issuer);
    const jar = new Jar();
    const { back } = await walk(sites.served, 'zhang', jar);
    const stolen = new URLSearchParams(back);
    await walk(sites.served, 'stray');
    await comeBack(sites.served, jar, back);
    const log = sites.served.site.logged.join('\n');
    expect(log).toContain('A sign-in by the provider was refused.');
    for (const secret of [stolen.get('code')!, stolen.get('state')!, 's3cret of site', '张伟', '赵六', 'eyJ'])
      expect(log).not.toContain(secret);
    const attempts = await sites.rows('SELECT * FROM oidc_attempt');
    expect(attempts).toEqual([]);
  });
});
