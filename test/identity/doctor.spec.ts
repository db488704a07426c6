import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadConfig, Settings } from '@mingjian/runtime';
import { access } from '../../apps/mingjian/src/doctor/access';
import { runProvider, type RunningProvider } from './running-provider';
import { REDIRECT } from './walk';

describe('mingjian doctor, of a site with a provider', () => {
  let dir: string;
  let provider: RunningProvider;
  beforeAll(async () => {
    dir = mkdtempSync(join(tmpdir(), 'mingjian-doctor-'));
    writeFileSync(join(dir, 'r.yaml'), 'signIn: county\nroles: { claim: groups, map: { s: inspector } }\n');
    provider = await runProvider({ people: {}, redirect: REDIRECT });
  });
  afterAll(async () => {
    await provider.stop();
    rmSync(dir, { recursive: true });
  });

  const checked = async (issuer: string) => {
    const settings = loadConfig(
      Settings,
      {
        MINGJIAN_OIDC_ISSUER: issuer,
        MINGJIAN_OIDC_CLIENT_ID: 'mingjian',
        MINGJIAN_OIDC_REDIRECT: REDIRECT,
        MINGJIAN_OIDC_RULES: join(dir, 'r.yaml'),
      },
      join(dir, 'no.env'),
    );
    return (await access(settings)).find(({ name }) => name === 'identity provider');
  };

  it('says that it answers', async () => {
    expect(await checked(provider.issuer)).toMatchObject({ ok: true });
  });

  it('says that it does not, or calls itself otherwise, and what to do', async () => {
    for (const issuer of ['http://127.0.0.1:1', provider.issuer.replace('127.0.0.1', 'localhost')])
      expect(await checked(issuer)).toMatchObject({ ok: false });
  });
});
