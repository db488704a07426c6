import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { StepEvent } from '@mingjian/contracts';
import { openEmbeddedLog } from '@mingjian/log';
import { createLogger, observeProcess, openRegistry, Settings, SystemClock } from '@mingjian/runtime';
import { departmentsOf, cityNamed, simulatedEvents, sourceOf } from '@mingjian/simulator';
import { openAnyStore, RowScope } from '@mingjian/store';
import {
  COLLECTOR_PORTS,
  FileSourceRegistry,
  loadFeeds,
  openFeeds,
  pacesOf,
  Publisher,
  type CollectorPorts,
} from '../../apps/collector/src';
import { DaemonModule } from '../../apps/mingjian/src/daemon/daemon.module';
import { httpAdapter } from '../../apps/monitor/src/api/http-adapter';
import { setUpHttp } from '../../apps/monitor/src/api/http-setup';
import { accessSettingsOf } from '../../apps/monitor/src/identity/access-settings';
import { Monitor } from '../../apps/monitor/src/monitor';
import { monitorSettingsOf } from '../../apps/monitor/src/monitor-settings';
import { HOUSING_HEAD, INSPECTOR } from '../../apps/monitor/src/testing/people';
import { ROOT } from '../acceptance/product';
import { until } from '../acceptance/until';

const CITY = 'fangchenggang';
const DAY_MS = 86_400_000;
/** History of the city; every so-and-so-many-th case of it, whole. */
const HISTORY_DAYS = 24;
const ONE_IN = 15;
const ALL = RowScope.everything;

/** An item that comes due at the instant that its case carries: the only way to see a light come on while one waits. */
const DUE_SOON = `
  A0998:
    name: 到点即亮的事项
    department: housing
    promise: carried
    statutory: 20wd
    delivery: none
`;
const RECIPIENTS = `
recipients: watched-city
version: '1'
link: http://127.0.0.1:8080
channels:
  platform: { kind: webhook, url: 'http://127.0.0.1:9/', secretFile: secret }
people:
  housing-window: { name: 住建窗口, roles: [post], departments: [housing], via: { platform: housing-window } }
`;
const FEED = `
feed: housing-drop
kind: folder
mapping: MAPPING
folder: FOLDER
files: ['*.csv']
every: 1s
`;

/** The whole daemon in this process, on the machine's clock and a real database, with a simulated city behind it. */
export class WatchedCity {
  private constructor(
    readonly url: string,
    readonly monitor: Monitor,
    private readonly keys: ReadonlyMap<string, string>,
    private readonly clock: SystemClock,
    readonly close: () => Promise<void>,
  ) {}

  /** Opens it. Where that fails, what was open until then is closed. */
  static async open(databaseUrl: string): Promise<WatchedCity> {
    const closers: (() => unknown)[] = [];
    const close = async (): Promise<void> => {
      for (const one of closers.splice(0).reverse()) await one();
    };
    try {
      return await WatchedCity.put(databaseUrl, closers, close);
    } catch (error) {
      await close();
      throw error;
    }
  }

  private static async put(
    databaseUrl: string,
    closers: (() => unknown)[],
    close: () => Promise<void>,
  ): Promise<WatchedCity> {
    const dir = mkdtempSync(join(tmpdir(), 'mingjian-watched-'));
    closers.push(() => rmSync(dir, { recursive: true, force: true }));
    const clock = new SystemClock();
    const settings = Settings.parse({
      port: 0,
      ...writeDocuments(dir),
      calendars: join(ROOT, 'rulesets/calendars'),
      sweepIntervalSeconds: 1,
      secondOpinionSeconds: 1,
      auditSeconds: 1,
    });
    const logger = createLogger({ level: 'silent' });
    const registry = openRegistry();
    observeProcess(registry);
    const log = openEmbeddedLog({ file: join(dir, 'log.db'), partitions: 2, clock });
    closers.push(() => log.close());
    const store = await openAnyStore({ databaseUrl, databasePassword: '', databaseCa: '' }, '');
    closers.push(() => store.close());
    const sources = new FileSourceRegistry(join(dir, 'sources.json'), logger);
    const keys = new Map(
      departmentsOf().map((department) => {
        const name = sourceOf(cityNamed(CITY), department);
        return [name, sources.addSource(name, department)];
      }),
    );
    const feeds = loadFeeds(settings.feeds);
    const access = accessSettingsOf(settings, true, join(dir, 'sealing-keys.json'));
    const app = await NestFactory.create<NestFastifyApplication>(
      DaemonModule.register(
        {
          ...{ store, log, clock, wall: clock, registry, logger },
          ledger: {
            keyFile: join(dir, 'ledger.pem'),
            algorithm: 'sha256',
          },
          settings: monitorSettingsOf(settings, null, null, access),
        },
        { log, clock, sources, registry, logger, settings, paces: pacesOf(feeds, clock) },
      ),
      httpAdapter(settings),
      { logger: ['error', 'fatal'], abortOnError: false },
    );
    closers.push(() => app.close());
    await setUpHttp(app, null);
    await app.listen(0, '127.0.0.1');
    const runner = openFeeds(feeds, {
      ...{ store, registry, joinFile: join(dir, 'joins.db'), publisher: app.get(Publisher) },
      ports: app.get<CollectorPorts>(COLLECTOR_PORTS),
    });
    closers.push(() => runner.stop());
    await runner.start();
    const monitor = app.get(Monitor);
    await until('a monitor that is ready', () => (monitor.isReady ? true : null));
    return new WatchedCity(await app.getUrl(), monitor, keys, clock, close);
  }

  /** History, then repeats, what cannot be read, signs of life, a case that is due in some seconds. */
  async live(): Promise<void> {
    const now = this.clock.now();
    const from = new Date(now - HISTORY_DAYS * DAY_MS).toISOString().slice(0, 10);
    const to = new Date(now).toISOString().slice(0, 10);
    const bySource = new Map<string, StepEvent[]>();
    for (const { event, arrivesAt } of simulatedEvents({ city: CITY, seed: 'watched', from, to }))
      if (arrivesAt <= now && Number(event.subject.replace(/\D/g, '').slice(-6)) % ONE_IN === 0)
        bySource.set(event.source, [...(bySource.get(event.source) ?? []), event]);
    for (const [source, events] of bySource)
      for (let i = 0; i < events.length; i += 500) await this.push(source, events.slice(i, i + 500));
    const [first] = bySource.entries();
    if (first === undefined) throw new Error('the city has no events');
    await this.push(first[0], first[1].slice(0, 50));
    await this.push(first[0], [{ ...first[1][0]!, type: 'no.such' as never, id: 'unreadable' }]);
    for (const source of this.keys.keys()) await this.heartbeat(source);
    await this.dueSoon();
  }

  /** A case that falls due in four seconds. */
  async dueSoon(): Promise<void> {
    const now = this.clock.now();
    const source = [...this.keys.keys()].find((name) => name.endsWith(':housing'))!;
    await this.push(source, [
      {
        specversion: '1.0',
        id: `due/${now}`,
        source,
        type: 'case.accepted',
        subject: `DUE-${now}`,
        time: new Date(now).toISOString(),
        data: { item: 'A0998', department: 'housing', promiseDueAt: new Date(now + 4_000).toISOString() },
      },
    ]);
  }

  /** A complaint, orders and an appeal, open and over. */
  async act(): Promise<void> {
    const { orders, appeals, complaints } = this.monitor.acts;
    const content = {
      department: 'housing',
      colour: 'blue' as const,
      title: '逾期办件督办',
      content: '请说明原因',
      basis: '行政许可法第四十二条',
      sources: [],
    };
    await orders.issue(content, INSPECTOR, ALL);
    await complaints.register(
      {
        policy: 'complaint',
        channel: 'window',
        kind: 'delay',
        department: 'housing',
        title: '规划许可超期未办',
        request: '请尽快办结并说明原因。',
      },
      INSPECTOR,
      ALL,
    );
    const over = await orders.issue(content, INSPECTOR, ALL);
    await orders.act(
      over.row.id,
      { version: over.facts.version, act: { type: 'withdrawn', reason: '重复' } },
      INSPECTOR,
      ALL,
    );
    const [light] = await until('a red light of housing', async () => {
      const rows = await this.monitor.ports.store.query<{ id: number }>(
        "SELECT id FROM light_change WHERE department = 'housing' AND to_light = 'red' AND superseded_at IS NULL ORDER BY became_at DESC LIMIT 1",
      );
      return rows.length === 0 ? null : rows;
    });
    await appeals.file(
      { light: { id: light!.id }, reason: 'late-upload', text: '已办结，未上传。', evidence: '办结通知书' },
      HOUSING_HEAD,
      ALL,
    );
  }

  private async push(source: string, events: readonly StepEvent[]): Promise<void> {
    const response = await fetch(`${this.url}/v1/step-events`, {
      method: 'POST',
      headers: { ...this.sender(source), 'content-type': 'application/x-ndjson' },
      body: events.map((event) => JSON.stringify(event)).join('\n'),
    });
    if (response.status !== 202 && response.status !== 422)
      throw new Error(`${response.status} ${await response.text()}`);
  }

  private async heartbeat(source: string): Promise<void> {
    const response = await fetch(`${this.url}/v1/heartbeats`, {
      method: 'POST',
      headers: { ...this.sender(source), 'content-type': 'application/json' },
      body: JSON.stringify({
        specversion: '1.0',
        id: `beat/${this.clock.now()}`,
        source,
        type: 'source.heartbeat',
        time: new Date(this.clock.now()).toISOString(),
      }),
    });
    if (response.status !== 202) throw new Error(`${response.status} ${await response.text()}`);
  }

  private sender(source: string): Record<string, string> {
    return { authorization: `Bearer ${this.keys.get(source)}` };
  }
}

function writeDocuments(dir: string): { rulesets: string; recipients: string; feeds: string } {
  for (const name of ['rulesets', 'feeds', 'drop']) mkdirSync(join(dir, name));
  const rules = readFileSync(join(ROOT, 'rulesets/demo-city/demo-city.yaml'), 'utf8');
  writeFileSync(
    join(dir, 'rulesets/demo-city.yaml'),
    rules.replace(/^items:\n/m, (line) => line + DUE_SOON.slice(1)),
  );
  writeFileSync(join(dir, 'secret'), 'secret');
  writeFileSync(join(dir, 'recipients.yaml'), RECIPIENTS);
  writeFileSync(
    join(dir, 'feeds/housing-drop.yaml'),
    FEED.replace('MAPPING', join(ROOT, 'feeds/mappings/exchange-view.yaml')).replace(
      'FOLDER',
      join(dir, 'drop'),
    ),
  );
  return {
    rulesets: join(dir, 'rulesets'),
    recipients: join(dir, 'recipients.yaml'),
    feeds: join(dir, 'feeds'),
  };
}
