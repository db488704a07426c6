import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadConfig, Settings } from '@mingjian/runtime';
import { oidcSettingsOf } from './oidc-settings';

describe('the settings of sign-in by a provider', () => {
  let dir: string;
  let rules: string;
  beforeAll(() => {
    dir = mkdtempSync(join(tmpdir(), 'mingjian-oidc-'));
    rules = join(dir, 'sign-in.yaml');
    writeFileSync(rules, 'signIn: county\nroles: { claim: groups, map: { supervisors: inspector } }\n');
    writeFileSync(join(dir, 'secret'), 'kept in a file\n');
  });
  afterAll(() => rmSync(dir, { recursive: true }));

  const load = (variables: Readonly<Record<string, string>>) =>
    oidcSettingsOf(loadConfig(Settings, variables, join(dir, 'no.env')));
  const problemOf = (variables: Readonly<Record<string, string>>): string => {
    try {
      load(variables);
    } catch (error) {
      return (error as Error).message;
    }
    return 'none';
  };

  it('are none without an issuer', () => {
    expect(load({ MINGJIAN_OIDC_CLIENT_ID: 'x' })).toBeNull();
  });

  it('take the secret from a file, and the way back from the public address', () => {
    expect(
      load({
        MINGJIAN_OIDC_ISSUER: 'https://id.example.gov.cn/realms/city',
        MINGJIAN_OIDC_CLIENT_ID: 'mingjian',
        MINGJIAN_OIDC_CLIENT_SECRET_FILE: join(dir, 'secret'),
        MINGJIAN_OIDC_RULES: rules,
        MINGJIAN_PUBLIC_URL: 'https://mingjian.example.gov.cn',
      }),
    ).toMatchObject({
      issuer: 'https://id.example.gov.cn/realms/city',
      clientSecret: 'kept in a file',
      redirect: 'https://mingjian.example.gov.cn/v1/session/oidc/callback',
      rules: { scopes: ['profile'], userinfo: true, displayName: 'name' },
    });
  });

  it('name everything that is missing', () => {
    const text = problemOf({ MINGJIAN_OIDC_ISSUER: 'https://id.example.gov.cn' });
    for (const name of ['MINGJIAN_OIDC_CLIENT_ID', 'MINGJIAN_OIDC_RULES', 'MINGJIAN_OIDC_REDIRECT'])
      expect(text).toContain(name);
  });

  it('are refused where the way back is not the public address, or the document cannot be read', () => {
    const given = {
      MINGJIAN_OIDC_ISSUER: 'https://id.example.gov.cn',
      MINGJIAN_OIDC_CLIENT_ID: 'mingjian',
      MINGJIAN_OIDC_RULES: rules,
    };
    const elsewhere = {
      MINGJIAN_PUBLIC_URL: 'https://mingjian.example.gov.cn',
      MINGJIAN_OIDC_REDIRECT: 'https://other.example/v1/session/oidc/callback',
    };
    expect(problemOf({ ...given, ...elsewhere })).toContain('MINGJIAN_OIDC_REDIRECT');
    const nowhere = { ...given, MINGJIAN_OIDC_RULES: join(dir, 'none.yaml') };
    expect(problemOf({ ...nowhere, MINGJIAN_PUBLIC_URL: 'https://m.example' })).toContain(
      'MINGJIAN_OIDC_RULES',
    );
    expect(() => load({ MINGJIAN_OIDC_ISSUER: 'http://id.example.gov.cn' })).toThrow('MINGJIAN_OIDC_ISSUER');
  });
});
