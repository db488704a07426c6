import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { SystemClock } from '@mingjian/runtime';
import { hashOf } from '../../apps/monitor/src/identity/token';
import { OidcSites } from './oidc-sites';
import { newKey, type ProviderOptions, type RunningProvider } from './running-provider';
import { Jar, signOutThere, walk } from './walk';

const EVENT = { 'http://schemas.openid.net/event/backchannel-logout': {} };
type Claims = Readonly<Record<string, unknown>>;

describe('signing out from the side of an OpenID Connect provider', () => {
  const sites = OidcSites.ofSuite();
  let provider: RunningProvider;
  let address: string;

  /** A site, and the provider that tells it who is signed out: each has to know where the other one is. */
  const serve = async (options: Partial<ProviderOptions> = {}): Promise<void> => {
    const port = await freePort();
    await sites.serve(`http://127.0.0.1:${port}`);
    address = `${sites.served.url}/v1/session/oidc/backchannel-logout`;
    provider = await sites.start({ port, signOutAt: address, ...options });
  };
  const signedIn = async (login: string): Promise<Jar> => {
    const jar = new Jar();
    expect((await walk(sites.served, login, jar)).session.status).toBe(200);
    return jar;
  };
  const statusOf = async (jar: Jar): Promise<number> =>
    (await jar.get(`${sites.served.url}/v1/session`)).status;
  const signOutAtProvider = (jar: Jar) => signOutThere(jar, `${provider.issuer}/session/end`);
  const send = (token: string): Promise<Response> =>
    fetch(address, { method: 'POST', body: new URLSearchParams({ logout_token: token }) });
  const signed = (claims: Claims, header?: Claims): Promise<string> => signedBy(provider, claims, header);
  const seconds = (): number => Math.floor(new SystemClock().now() / 1000);
  let count = 0;
  const good = (): Claims => ({
    ...{ iss: provider.issuer, aud: 'mingjian', sub: 'zhang', jti: `jti-${count++}`, events: EVENT },
    ...{ iat: seconds(), exp: seconds() + 120 },
  });
  const signOuts = async (): Promise<{ kind: string; actor: string | null; body: string }[]> =>
    (
      await sites.rows<{ kind: string; actor: string | null; body: string }>(
        "SELECT kind, actor, body FROM ledger_entry WHERE chain = 'identity' ORDER BY seq",
      )
    ).filter(({ kind }) => kind.startsWith('account.signed-out'));

  it('ends the session here that came from the one there, and no other of the same person', async () => {
    await serve();
    const [office, home, wang] = [await signedIn('zhang'), await signedIn('zhang'), await signedIn('wang')];
    await signOutAtProvider(office);
    expect(await Promise.all([office, home, wang].map(statusOf))).toEqual([401, 200, 200]);
    const entries = await signOuts();
    expect(entries).toMatchObject([{ kind: 'account.signed-out', actor: null }]);
    expect(entries[0]!.body).toContain('"by":"provider"');
    await signOutAtProvider(home);
    expect(await Promise.all([home, wang].map(statusOf))).toEqual([401, 200]);
  });

  it('ends all of a person where the provider names no session', async () => {
    await serve({ namesSessions: false });
    const [office, home, wang] = [await signedIn('zhang'), await signedIn('zhang'), await signedIn('wang')];
    await signOutAtProvider(office);
    expect(await Promise.all([office, home, wang].map(statusOf))).toEqual([401, 401, 200]);
  });

  it('ends with a named session those of its subject that nobody named when they began', async () => {
    await serve({ namesSessions: false });
    const [zhang, wang] = [await signedIn('zhang'), await signedIn('wang')];
    expect((await send(await signed({ ...good(), sid: 'of another kind' }))).status).toBe(200);
    expect(await Promise.all([zhang, wang].map(statusOf))).toEqual([401, 200]);
  });

  it('ends no session of another than the subject that stands beside it', async () => {
    await serve();
    const wang = await signedIn('wang');
    await signedIn('zhang');
    // As if both had come from one session there.
    await sites.served.site.store.write((tx) =>
      tx.execute('UPDATE user_session SET provider_session_hash = ?', [
        hashOf(JSON.stringify([provider.issuer, 'one'])),
      ]),
    );
    expect((await send(await signed({ ...good(), sub: 'zhang', sid: 'one' }))).status).toBe(200);
    expect(await statusOf(wang)).toBe(200);
    expect(await signOuts()).toHaveLength(1);
    expect((await send(await signed({ ...good(), sub: undefined, sid: 'one' }))).status).toBe(200);
    expect(await statusOf(wang)).toBe(401);
  });

  it('takes it well that whoever is meant is not signed in, and answers for no cache', async () => {
    await serve();
    for (const sub of ['zhang', 'nobody that was ever here']) {
      const answer = await send(await signed({ ...good(), sub }));
      expect([answer.status, answer.headers.get('cache-control')]).toEqual([200, 'no-store']);
    }
    expect(await signOuts()).toEqual([]);
  });

  it('takes a token once', async () => {
    await serve();
    const token = await signed(good());
    expect((await send(token)).status).toBe(200);
    const zhang = await signedIn('zhang');
    expect((await send(token)).status).toBe(400);
    expect(await statusOf(zhang)).toBe(200);
  });

  it('forgets used tokens when they are too old to be taken anyway', async () => {
    await serve();
    await send(await signed(good()));
    const { clock } = sites.served.site;
    await sites.served.identity.tidy();
    expect(await sites.rows('SELECT * FROM oidc_sign_out')).toHaveLength(1);
    clock.moveTo(clock.now() + 7 * 60_000);
    await sites.served.identity.tidy();
    expect(await sites.rows('SELECT * FROM oidc_sign_out')).toEqual([]);
  });

  it('is refused to whatever is not a token of sign-out of the provider for this site', async () => {
    await serve();
    const zhang = await signedIn('zhang');
    const other = await sites.start({ key: newKey() });
    const of = (more: Claims, header?: Claims) => signed({ ...good(), ...more }, header);
    const unsigned = (header: Claims): string =>
      [header, good()].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.');
    const attacks: Record<string, string> = {
      'an ID token': await of({ events: undefined, nonce: 'n' }),
      'a nonce beside the event': await of({ nonce: 'n' }),
      'no event': await of({ events: undefined }),
      'another event': await of({ events: { 'http://schemas.openid.net/event/other': {} } }),
      'an event that is a text': await of({ events: { [Object.keys(EVENT)[0]!]: 'yes' } }),
      'another issuer': await of({ iss: 'https://elsewhere.example' }),
      'another client': await of({ aud: 'another' }),
      'another client that may use it': await of({ aud: ['mingjian', 'another'], azp: 'another' }),
      'made long ago': await of({ iat: seconds() - 3600, exp: seconds() + 3600 }),
      'made in time to come': await of({ iat: seconds() + 600, exp: seconds() + 720 }),
      over: await of({ iat: seconds() - 200, exp: seconds() - 100 }),
      'without an instant': await of({ iat: undefined }),
      'without an identifier': await of({ jti: undefined }),
      'with an empty identifier': await of({ jti: '' }),
      'of nobody': await of({ sub: undefined }),
      'of a subject that is no text': await of({ sub: 7 }),
      'of another type': await of({}, { typ: 'at+jwt' }),
      unsigned: `${unsigned({ alg: 'none' })}.`,
      'signed with the secret of the client': hmac(unsigned({ alg: 'HS256' }), 's3cret of site'),
      'signed by another provider': await signedBy(other, { ...good(), iss: provider.issuer }),
      'cut off': (await of({})).slice(0, -9),
      'no token at all': 'token',
      empty: '',
    };
    const answers = await Promise.all(
      Object.entries(attacks).map(async ([what, token]) => {
        const answer = await send(token);
        const { error } = (await answer.json()) as { error?: string };
        return [what, answer.status, error, answer.headers.get('cache-control')];
      }),
    );
    expect(answers).toEqual(Object.keys(attacks).map((what) => [what, 400, 'invalid_request', 'no-store']));
    expect(await statusOf(zhang)).toBe(200);
    expect(await signOuts()).toEqual([]);
    // The same without the fault does sign out: it was the fault that was refused.
    expect((await send(await of({}, { typ: 'logout+jwt' }))).status).toBe(200);
    expect(await statusOf(zhang)).toBe(401);
  });

  it('is refused while the keys of the provider cannot be had, and for a form that is something else', async () => {
    await serve();
    const zhang = await signedIn('zhang');
    const token = await signed(good());
    for (const body of [
      '',
      'logout_token=a&logout_token=b',
      'token=x',
      `logout_token=${'x'.repeat(20_000)}`,
    ]) {
      const headers = { 'content-type': 'application/x-www-form-urlencoded' };
      const { status } = await fetch(address, { method: 'POST', headers, body });
      expect([400, 413]).toContain(status);
    }
    await provider.stop();
    expect((await send(token)).status).toBe(400);
    expect(await statusOf(zhang)).toBe(200);
  });

  it('opens no other endpoint to forms, and looks at no cookie', async () => {
    await serve();
    const zhang = await signedIn('zhang');
    for (const path of ['/v1/session', '/v1/account/password', '/v1/session/oidc/backchannel-logout/']) {
      const headers = { 'content-type': 'application/x-www-form-urlencoded' };
      const answer = await zhang.get(sites.served.url + path, { method: 'POST', headers, body: 'a=b' });
      expect(answer.status).toBe(415);
    }
    const form = new URLSearchParams({ logout_token: '' }).toString();
    const headers = { 'content-type': 'application/x-www-form-urlencoded', origin: 'https://evil.example' };
    const answer = await zhang.get(address, { method: 'POST', headers, body: form });
    expect([answer.status, answer.headers.getSetCookie()]).toEqual([400, []]);
    expect(await statusOf(zhang)).toBe(200);
  });

  it('logs neither tokens nor whom they name', async () => {
    await serve();
    const token = await signed({ ...good(), sid: 'secret-sid' });
    await send(token);
    await send(token);
    const log = sites.served.site.logged.join('\n');
    expect(log).toContain('The provider signed somebody out.');
    expect(log).toContain('A sign-out by the provider was refused.');
    for (const secret of [token.split('.')[1]!, 'secret-sid', 'zhang', `jti-${count - 1}`])
      expect(log).not.toContain(secret);
  });
});

/** A token with these claims, signed with the key of a provider. */
async function signedBy({ issuer }: RunningProvider, claims: Claims, header: Claims = {}): Promise<string> {
  const body = JSON.stringify({ claims, header });
  return (await fetch(`${issuer}/sign-for-spec`, { method: 'POST', body })).text();
}

function hmac(text: string, secret: string): string {
  return `${text}.${createHmac('sha256', secret).update(text).digest('base64url')}`;
}

/** One that nobody listens at: the two that have to know each other's address cannot both begin first. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
