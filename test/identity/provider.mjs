/**
 * A real OpenID Connect provider for specs, as a process of its own: `node provider.mjs '{"people":{…},"redirect":"…"}'`. Writes
 * its issuer, one line, to standard output when it listens. Where it would ask people for a password it asks for their name alone:
 * how a provider knows its people is not what is looked at.
 */
import { createServer } from 'node:http';
import process from 'node:process';

const {
  people,
  redirect,
  /** Private key, a JWK. */
  key,
  secret = '',
  /** How far its clock is ahead of this machine's, seconds. */
  clockAheadSeconds = 0,
  /** Publishes other keys than it signs with. */
  hasOtherKeys = false,
  port = 0,
  /** By which name browsers know it: a site is told by its name and not by its port. */
  host = '127.0.0.1',
  /** Where it says that somebody is signed out; null: nowhere. */
  signOutAt = null,
  /** Whether it says which of its sessions somebody's is: in ID tokens and when that one ends. */
  namesSessions = true,
} = JSON.parse(process.argv[2]);

const now = Date.now;
Date.now = () => now() + clockAheadSeconds * 1000;
const { Provider } = await import('oidc-provider');
const { SignJWT, importJWK } = await import('jose');

/** What it signs with. */
const signing = { ...key, kid: 'of-spec', alg: 'RS256', use: 'sig' };

const server = createServer();
await new Promise((resolve) => server.listen(port, '127.0.0.1', resolve));
const issuer = `http://${host}:${server.address().port}`;

const provider = new Provider(issuer, {
  clients: [
    {
      client_id: 'mingjian',
      redirect_uris: [redirect],
      post_logout_redirect_uris: [new URL('/login', redirect).href],
      ...(signOutAt === null
        ? {}
        : { backchannel_logout_uri: signOutAt, backchannel_logout_session_required: namesSessions }),
      ...(secret === ''
        ? { token_endpoint_auth_method: 'none' }
        : { client_secret: secret, token_endpoint_auth_method: 'client_secret_basic' }),
    },
  ],
  acrValues: ['two-factors'],
  scopes: ['openid', 'profile', 'groups'],
  claims: { openid: ['sub', 'amr'], profile: ['name'], groups: ['groups', 'org'], acr: null, amr: null },
  features: {
    devInteractions: { enabled: false },
    rpInitiatedLogout: { enabled: true },
    backchannelLogout: { enabled: true },
  },
  // As it comes it asks no machine of a private network, which is where specs run.
  fetch: (address, options) => fetch(address, { ...options, dispatcher: undefined }),
  jwks: { keys: [signing] },
  interactions: { url: (_, { uid }) => `/ask/${uid}` },
  ttl: { IdToken: 60, AccessToken: 60, AuthorizationCode: 60, Interaction: 300, Session: 3600, Grant: 3600 },
  findAccount: (_, accountId) => ({
    accountId,
    claims: () => ({ ...people[accountId].claims, sub: accountId }),
  }),
  // Nobody is asked whether the site may know who they are: the government's own.
  loadExistingGrant: async ({ oidc }) => {
    const grant = new oidc.provider.Grant({
      clientId: oidc.client.clientId,
      accountId: oidc.session.accountId,
    });
    grant.addOIDCScope('openid profile groups');
    await grant.save();
    return grant;
  },
});
if (hasOtherKeys)
  provider.use(async (context, next) => {
    await next();
    if (context.path !== '/jwks') return;
    const { generateKeyPairSync } = await import('node:crypto');
    const { publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const other = publicKey.export({ format: 'jwk' });
    context.body = { keys: context.body.keys.map((key) => ({ ...key, ...other })) };
  });

/** Signs whatever it is given, as only the provider can: what a provider gone wrong, or an attacker with a good token, would send. */
async function sign(request, response) {
  const parts = [];
  for await (const part of request) parts.push(part);
  const { claims, header } = JSON.parse(Buffer.concat(parts).toString());
  const { alg, kid } = signing;
  const token = new SignJWT(claims).setProtectedHeader({ alg, kid, ...header });
  response.end(await token.sign(await importJWK(signing)));
}

const answer = provider.callback();
server.on('request', async (request, response) => {
  const { pathname, searchParams } = new URL(request.url, issuer);
  if (pathname === '/sign-for-spec') return void sign(request, response);
  if (!pathname.startsWith('/ask/')) return void answer(request, response);
  try {
    if (searchParams.size === 0)
      return void response
        .writeHead(200, { 'content-type': 'text/html; charset=utf-8' })
        .end('<form><label>name <input name="login" /></label><button>go</button></form>');
    const login = searchParams.get('login');
    const { amr, acr } = people[login] ?? {};
    const result =
      login === null
        ? { error: 'access_denied', error_description: 'declined' }
        : { login: { accountId: login, amr, acr } };
    await provider.interactionFinished(request, response, result, { mergeWithLastSubmission: false });
  } catch (error) {
    response.writeHead(500).end(String(error));
  }
});
process.stdout.write(`${issuer}\n`);
