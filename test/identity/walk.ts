import type { ServedSite } from '../../apps/monitor/src/testing/served-site';

/** Where the provider sends people back to; in specs nobody listens there: the walk goes on at the site under test. */
export const REDIRECT = 'https://mingjian.test/v1/session/oidc/callback';

/** A browser that keeps the cookies of each host, and follows nothing by itself. */
export class Jar {
  private readonly cookies = new Map<string, Map<string, string>>();

  async get(address: string, init: RequestInit = {}): Promise<Response> {
    const { host } = new URL(address);
    const known = this.cookies.get(host) ?? new Map<string, string>();
    const cookie = [...known].map(([name, value]) => `${name}=${value}`).join('; ');
    const headers = { ...(init.headers as Record<string, string>), ...(cookie === '' ? {} : { cookie }) };
    const response = await fetch(address, { ...init, redirect: 'manual', headers });
    for (const line of response.headers.getSetCookie()) {
      const [pair = ''] = line.split(';');
      const [name = '', value = ''] = pair.split(/=(.*)/s);
      if (value === '' || /expires=Thu, 01 Jan 1970/i.test(line)) known.delete(name);
      else known.set(name, value);
    }
    this.cookies.set(host, known);
    return response;
  }

  /** The cookie of this name that the host of an address gave. */
  cookie(address: string, name: string): string | undefined {
    return this.cookies.get(new URL(address).host)?.get(name);
  }
}

/** How a walk ended: at which page of ours, and, where somebody was let in, as whom. */
export interface Arrival {
  /** `/cases/C-1`, or `/login?refused=…`. */
  page: string;
  /** The query with which the provider sent the browser back. */
  back: string;
  session: { status: number; body: Record<string, unknown> };
}

/** Goes to the provider. @returns the address that the browser was sent to. */
export async function goThere(served: ServedSite, jar: Jar, to = '/cases/C-1'): Promise<URL> {
  const start = await jar.get(`${served.url}/v1/session/oidc/start?to=${encodeURIComponent(to)}`);
  return new URL(start.headers.get('location') ?? '', served.url);
}

/** Signs in at the provider as `login`, or declines where that is null. @returns the query that it gives back. */
export async function signInThere(jar: Jar, address: URL, login: string | null): Promise<string> {
  let next = address.href;
  for (let steps = 0; steps < 10; steps++) {
    const answer = login === null ? 'decline=yes' : `login=${login}`;
    const asking = /\/ask\/[^/?]+$/.test(next) ? `${next}?${answer}` : next;
    const response = await jar.get(asking);
    const location = response.headers.get('location');
    if (location === null) throw new Error(`${asking} answered ${response.status}: ${await response.text()}`);
    next = new URL(location, asking).href;
    if (next.startsWith(REDIRECT)) return new URL(next).search;
  }
  throw new Error('the provider sends the browser round in circles');
}

/** Comes back with what the provider gave. */
export async function comeBack(served: ServedSite, jar: Jar, back: string): Promise<Arrival> {
  const response = await jar.get(`${served.url}/v1/session/oidc/callback${back}`);
  const session = await jar.get(`${served.url}/v1/session`);
  return {
    page: response.headers.get('location') ?? `${response.status}`,
    back,
    session: { status: session.status, body: (await session.json()) as Record<string, unknown> },
  };
}

/** Ends the session at the provider, and says yes where it asks. @returns where it leads then. */
export async function signOutThere(jar: Jar, address: string): Promise<string | null> {
  const asking = await jar.get(address);
  const [, xsrf = ''] = /name="xsrf" value="([^"]+)"/.exec(await asking.text()) ?? [];
  const confirmed = await jar.get(`${new URL(address).origin}/session/end/confirm`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ xsrf, logout: 'yes' }).toString(),
  });
  return confirmed.headers.get('location');
}

/** The whole way. */
export async function walk(served: ServedSite, login: string | null, jar = new Jar()): Promise<Arrival> {
  const address = await goThere(served, jar);
  return comeBack(served, jar, await signInThere(jar, address, login));
}
