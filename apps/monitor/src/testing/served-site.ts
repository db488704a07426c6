import { join } from 'node:path';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { setUpHttp } from '../api/http-setup';
import type { Store } from '@mingjian/store';
import { ACCESS_DEFAULTS, type AccessSettings } from '../identity/access-settings';
import { Identity } from '../identity/identity';
import type { Role } from '../identity/principal';
import { Monitor } from '../monitor';
import { MonitorModule } from '../monitor.module';
import type { MonitorSettings } from '../monitor-settings';
import { openSite, removeSite, type Site } from './site';

/** A password that the rules take. */
export const PASSWORD = 'tulip-cable-fourteen';

/* A spec says what it looks for in an answer; the type of it is no help there. */
/* eslint-disable-next-line @typescript-eslint/no-explicit-any */
type Body = Record<string, any>;

/** Somebody's browser: keeps its cookie, sends what our pages send. */
export class Browser {
  cookie = '';

  constructor(private readonly url: string) {}

  /** A request of our own page. */
  async ask(
    method: string,
    path: string,
    body?: unknown,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<{ status: number; body: Body; text: string; headers: Headers }> {
    const response = await fetch(this.url + path, {
      method,
      redirect: 'manual',
      headers: {
        'x-mingjian-request': '1',
        ...(this.cookie === '' ? {} : { cookie: this.cookie }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const given = response.headers.get('set-cookie');
    if (given !== null) this.cookie = given.split(';')[0] ?? '';
    const text = await response.text();
    return { status: response.status, body: parsed(text), text, headers: response.headers };
  }

  signIn(name: string, password: string, code?: string) {
    return this.ask('POST', '/v1/session', { name, password, ...(code === undefined ? {} : { code }) });
  }
}

function parsed(text: string): Body {
  try {
    return JSON.parse(text) as Body;
  } catch {
    return {};
  }
}

/** A site whose API is served, with accounts of its own. */
export interface ServedSite {
  site: Site;
  app: NestFastifyApplication;
  /** The application's monitor, on the store and log of the site. */
  monitor: Monitor;
  identity: Identity;
  url: string;
  browser(): Browser;
  /** Adds an account whose password is {@link PASSWORD} already. @returns its id. */
  addUser(
    name: string,
    roles: readonly Role[],
    department?: string | null,
    district?: string | null,
  ): Promise<string>;
  /** The browser of somebody who is signed in. */
  signedIn(name: string): Promise<Browser>;
  close(): Promise<void>;
}

/** Serves a monitor at `now` whose API asks everybody who they are; on SQLite unless a store is given. */
export async function serveSite(
  now: string,
  access: Partial<AccessSettings> = {},
  prepare: (site: Site) => void = () => undefined,
  settings: Partial<MonitorSettings> = {},
  store?: Store,
): Promise<ServedSite> {
  const site = await openSite(now, store === undefined ? {} : { store });
  prepare(site);
  await site.monitor.stop();
  site.registry.clear();
  const app = await NestFactory.create<NestFastifyApplication>(
    MonitorModule.register({
      ...site.monitor.ports,
      settings: {
        ...site.monitor.ports.settings,
        sweepIntervalMs: 0,
        rulesPollMs: 0,
        secondOpinionIntervalMs: 0,
        auditIntervalMs: 0,
        requestsPerMinute: 1_000_000,
        ...settings,
        access: {
          ...ACCESS_DEFAULTS,
          isSecure: false,
          sealingKeys: join(site.dir, 'sealing-keys.json'),
          ...access,
        },
      },
    }),
    new FastifyAdapter({ forceCloseConnections: true }),
    { logger: ['error'], abortOnError: false },
  );
  await setUpHttp(app, settings.consoleDir ?? null);
  await app.listen(0, '127.0.0.1');
  const identity = app.get(Identity);
  const monitor = app.get(Monitor);
  const url = await app.getUrl();
  const browser = (): Browser => new Browser(url);
  return {
    site,
    app,
    monitor,
    identity,
    url,
    browser,
    addUser: async (name, roles, department = null, district = null) => {
      const { account, oneTimePassword } = await identity.accounts.add(
        { name, displayName: name, roles, department, district },
        null,
      );
      const origin = { address: '127.0.0.1', device: 'spec' };
      await identity.own.changePassword(account, oneTimePassword, PASSWORD, origin);
      return account.id;
    },
    signedIn: async (name) => {
      const opened = browser();
      const { status, text } = await opened.signIn(name, PASSWORD);
      if (status !== 200) throw new Error(`${name} could not sign in: ${status} ${text}`);
      return opened;
    },
    close: async () => {
      await app.close();
      await site.log.close();
      await site.store.close();
      removeSite(site.dir);
    },
  };
}
