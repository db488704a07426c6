import { SignInDocument } from '@mingjian/contracts';
import { serveSite, type ServedSite } from '../../apps/monitor/src/testing/served-site';
import type { AccessSettings } from '../../apps/monitor/src/identity/access-settings';
import { runProvider, type Person, type ProviderOptions, type RunningProvider } from './running-provider';
import { REDIRECT } from './walk';

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
export interface User {
  id: string;
  version: number;
  issuer: string | null;
}

/** Providers and the site of a suite, which ends what it started. One provider runs from the beginning to the end. */
export class OidcSites {
  provider!: RunningProvider;
  served!: ServedSite;
  private readonly running: RunningProvider[] = [];

  /** Registers what has to happen before and after the specs of the suite that calls it. */
  static ofSuite(): OidcSites {
    const sites = new OidcSites();
    beforeAll(async () => {
      sites.provider = await sites.start();
    });
    afterEach(() => sites.served.close());
    afterAll(() => Promise.all(sites.running.map((one) => one.stop())));
    return sites;
  }

  /** Starts another provider. */
  async start(options: Partial<ProviderOptions> = {}): Promise<RunningProvider> {
    const one = await runProvider({
      people: PEOPLE,
      redirect: REDIRECT,
      secret: 's3cret of site',
      ...options,
    });
    this.running.push(one);
    return one;
  }

  /** Serves a site whose people sign in by the provider of that address. */
  async serve(
    issuer: string,
    access: Partial<AccessSettings> = {},
    clientSecret = 's3cret of site',
  ): Promise<ServedSite> {
    const rules = SignInDocument.parse(RULES);
    const oidc = { issuer, clientId: 'mingjian', clientSecret, redirect: REDIRECT, rules };
    this.served = await serveSite('2026-09-14T10:00', { oidc, ...access });
    await this.served.identity.firstAdministrator();
    return this.served;
  }

  rows<T extends object>(sql: string): Promise<T[]> {
    return this.served.site.store.query<T>(sql);
  }
}
