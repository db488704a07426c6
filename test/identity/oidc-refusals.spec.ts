import { OidcSites, type User } from './oidc-sites';
import { comeBack, goThere, Jar, signInThere, walk } from './walk';

describe('signing in by an OpenID Connect provider: who is not let in', () => {
  const sites = OidcSites.ofSuite();

  describe('keeps out, and says why', () => {
    const refused = async (login: string | null): Promise<string> => {
      const { page, session } = await walk(sites.served, login);
      expect(session.status).toBe(401);
      return page;
    };

    it('who has no role here, two that no person may have, or a department that the rules do not know', async () => {
      await sites.serve(sites.provider.issuer);
      expect(await refused('stray')).toBe('/login?refused=no-role');
      expect(await refused('both')).toBe('/login?refused=roles-conflict');
      expect(await refused('lost')).toBe('/login?refused=no-department');
      expect(await sites.rows('SELECT * FROM account_identity')).toEqual([]);
      const reasons = sites.served.site.logged
        .map((line) => JSON.parse(line) as { msg: string; reason?: string })
        .filter(({ msg }) => msg === 'A sign-in by the provider was refused.')
        .map(({ reason }) => reason);
      expect(reasons).toEqual(['no-role', 'roles-conflict', 'no-department']);
    });

    it('whoever declined', async () => {
      await sites.serve(sites.provider.issuer);
      expect(await refused(null)).toBe('/login?refused=declined');
    });

    it('whose account was disabled, whatever the provider says', async () => {
      await sites.serve(sites.provider.issuer);
      await walk(sites.served, 'zhang');
      await sites.served.addUser('boss', ['administrator']);
      const boss = await sites.served.signedIn('boss');
      const users = (await boss.ask('GET', '/v1/users')).body.users as User[];
      const zhang = users.find(({ issuer }) => issuer === sites.provider.issuer)!;
      await boss.ask('POST', `/v1/users/${zhang.id}/disable`, { version: zhang.version });
      expect(await refused('zhang')).toBe('/login?refused=disabled');
      expect(await sites.rows('SELECT * FROM account_identity')).toHaveLength(1);
    });

    it('who proved no second factor where the site demands one', async () => {
      await sites.serve(sites.provider.issuer, { secondFactor: 'administrators' });
      expect(await refused('root')).toBe('/login?refused=second-factor');
      const { session } = await walk(sites.served, 'strong');
      expect(session.body).toMatchObject({ who: { name: '郑十' }, toDoFirst: null });
      expect((await walk(sites.served, 'zhang')).page).toBe('/cases/C-1');
    });

    it('asks the provider for a second factor where the site demands one', async () => {
      await sites.serve(sites.provider.issuer, { secondFactor: 'everybody' });
      expect((await goThere(sites.served, new Jar())).searchParams.get('acr_values')).toBe('two-factors');
    });

    it('whose token ended longer ago than clocks may differ', async () => {
      const slow = await sites.start({ clockAheadSeconds: -600 });
      await sites.serve(slow.issuer);
      expect(await refused('zhang')).toBe('/login?refused=clock');
    });

    it('who brings a token that the provider’s keys do not fit', async () => {
      const forged = await sites.start({ hasOtherKeys: true });
      await sites.serve(forged.issuer);
      expect(await refused('zhang')).toBe('/login?refused=not-proved');
    });
  });

  describe('is not fooled by', () => {
    const NOT_BEGUN = '/login?refused=not-begun';
    const NOT_PROVED = '/login?refused=not-proved';

    it('a state that was used already', async () => {
      await sites.serve(sites.provider.issuer);
      const jar = new Jar();
      const first = await walk(sites.served, 'zhang', jar);
      const thief = new Jar();
      expect((await comeBack(sites.served, jar, first.back)).page).toBe(NOT_BEGUN);
      expect(await comeBack(sites.served, thief, first.back)).toMatchObject({
        page: NOT_BEGUN,
        session: { status: 401 },
      });
    });

    it('what was begun in another browser, by nobody, or too long ago', async () => {
      await sites.serve(sites.provider.issuer);
      const jar = new Jar();
      const back = await signInThere(jar, await goThere(sites.served, jar), 'zhang');
      expect((await comeBack(sites.served, new Jar(), back)).page).toBe(NOT_BEGUN);
      expect((await comeBack(sites.served, jar, '?code=x&state=y')).page).toBe(NOT_BEGUN);
      expect((await comeBack(sites.served, jar, '')).page).toBe(NOT_BEGUN);
      const late = await signInThere(jar, await goThere(sites.served, jar), 'zhang');
      sites.served.site.clock.moveTo(sites.served.site.clock.now() + 10 * 60_000);
      expect((await comeBack(sites.served, jar, late)).page).toBe(NOT_BEGUN);
    });

    it('a code that was used, or stolen from another’s way', async () => {
      await sites.serve(sites.provider.issuer);
      const used = new URLSearchParams((await walk(sites.served, 'zhang')).back);
      const jar = new Jar();
      const own = new URLSearchParams(await signInThere(jar, await goThere(sites.served, jar), 'wang'));
      own.set('code', used.get('code')!);
      expect(await comeBack(sites.served, jar, `?${own.toString()}`)).toMatchObject({
        page: NOT_PROVED,
        session: { status: 401 },
      });
      const victim = new Jar();
      const stolen = new URLSearchParams(
        await signInThere(victim, await goThere(sites.served, victim), 'zhang'),
      );
      const again = new URLSearchParams(await signInThere(jar, await goThere(sites.served, jar), 'wang'));
      again.set('code', stolen.get('code')!);
      expect((await comeBack(sites.served, jar, `?${again.toString()}`)).page).toBe(NOT_PROVED);
    });

    it('another nonce or another challenge on the way to the provider', async () => {
      await sites.serve(sites.provider.issuer);
      for (const [name, value] of [
        ['nonce', 'of-somebody-else'],
        ['code_challenge', 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM'],
      ] as const) {
        const jar = new Jar();
        const address = await goThere(sites.served, jar);
        expect(address.searchParams.get('code_challenge_method')).toBe('S256');
        address.searchParams.set(name, value);
        expect((await comeBack(sites.served, jar, await signInThere(jar, address, 'zhang'))).page).toBe(
          NOT_PROVED,
        );
      }
    });

    it('an answer of another provider, or one that does not say whose it is', async () => {
      const other = await sites.start();
      await sites.serve(sites.provider.issuer);
      const jar = new Jar();
      const mixed = new URLSearchParams(await signInThere(jar, await goThere(sites.served, jar), 'zhang'));
      expect(mixed.get('iss')).toBe(sites.provider.issuer);
      mixed.set('iss', other.issuer);
      expect((await comeBack(sites.served, jar, `?${mixed.toString()}`)).page).toBe(NOT_PROVED);
      const silent = new URLSearchParams(await signInThere(jar, await goThere(sites.served, jar), 'zhang'));
      silent.delete('iss');
      expect((await comeBack(sites.served, jar, `?${silent.toString()}`)).page).toBe(NOT_PROVED);
    });

    it('a provider that calls itself otherwise than the settings do', async () => {
      await sites.serve(sites.provider.issuer.replace('127.0.0.1', 'localhost'));
      expect((await goThere(sites.served, new Jar())).pathname).toBe('/login');
    });

    it('a page wanted that leads to another site', async () => {
      await sites.serve(sites.provider.issuer);
      for (const to of [
        '//evil.example',
        '/\\evil.example',
        '/.//evil.example',
        'https://evil.example',
        '',
      ]) {
        const jar = new Jar();
        const back = await signInThere(jar, await goThere(sites.served, jar, to), 'zhang');
        expect((await comeBack(sites.served, jar, back)).page).toMatch(/^\/(evil\.example)?$/);
      }
    });
  });
});
