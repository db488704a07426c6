import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TOPICS, type StepEvent, type StepEventType } from '@mingjian/contracts';
import { SystemClock } from '@mingjian/runtime';
import { FileSourceRegistry } from '../../../apps/collector/src';
import { until } from '../../acceptance/until';
import { buildInto } from '../../chaos/build';
import { SOURCE } from '../../chaos/load';
import { QUICK_ITEM, writeRules } from '../../chaos/rules';
import { Site } from '../../chaos/site';
import { OwnServices } from '../../services/own-services';
import { freePort } from '../free-port';
import { AlertHistory } from './alert-history';
import { Receiver } from './receiver';
import { Watchers } from './watchers';

/** A source beside the one that sends all the time. */
export const QUIET_SOURCE = 'urn:dept:450600:quiet';
/** What the settings of a site are where nobody sets any; the site of the chaos runs is quicker. */
const AS_SHIPPED = {
  MINGJIAN_KAFKA_SESSION_TIMEOUT_MS: '15000',
  MINGJIAN_INTAKE_BATCH: '1000',
  MINGJIAN_SWEEP_BATCH: '500',
  MINGJIAN_SWEEP_INTERVAL_SECONDS: '15',
  MINGJIAN_AUDIT_SECONDS: '30',
  MINGJIAN_SECOND_OPINION_SECONDS: '10',
};
const SEND_EVERY_MS = 5_000;

const recipientsOf = (url: string): string => `recipients: drill
version: '1'
link: http://127.0.0.1:8080
channels:
  platform: { kind: webhook, url: '${url}/notices', secretFile: secret }
people:
  tax-window: { name: 税务窗口, roles: [post], departments: [tax], via: { platform: tax-window }, quiet: never }
`;

/** A site of two monitors and a collector on Kafka and MariaDB, as it is shipped, with Prometheus and Alertmanager before it. */
export class WatchedSite {
  readonly clock = new SystemClock();
  private readonly closers: (() => unknown)[] = [];
  private readonly quietKey: string;
  private sent = 0;
  private timer: NodeJS.Timeout | undefined;

  private constructor(
    readonly site: Site,
    readonly receiver: Receiver,
    readonly history: AlertHistory,
    readonly watchers: Watchers,
  ) {
    this.quietKey = new FileSourceRegistry(join(site.dir, 'sources.json')).addSource(QUIET_SOURCE, 'tax');
  }

  /** @param say told what happens, a line each */
  static async open(say: (line: string) => void): Promise<WatchedSite> {
    const closers: (() => unknown)[] = [];
    try {
      const watched = await WatchedSite.put(say, closers);
      watched.closers.push(...closers);
      return watched;
    } catch (error) {
      for (const close of closers.reverse()) await close();
      throw error;
    }
  }

  private static async put(say: (line: string) => void, closers: (() => unknown)[]): Promise<WatchedSite> {
    const dir = mkdtempSync(join(tmpdir(), 'mingjian-drill-'));
    closers.push(() => rmSync(dir, { recursive: true, force: true }));
    const history = new AlertHistory(() => performance.now(), say);
    const receiver = await Receiver.open((told) => history.told(told));
    closers.push(() => receiver.close());
    mkdirSync(join(dir, 'rules'));
    writeFileSync(join(dir, 'secret'), 'secret');
    writeFileSync(join(dir, 'recipients.yaml'), recipientsOf(receiver.url));
    const ports = new Map<string, number>();
    for (const name of ['collector', 'monitor-1', 'monitor-2']) ports.set(name, await freePort());
    const [kafka, mariadb] = [new OwnServices(), new OwnServices()];
    closers.push(
      () => kafka.dispose(),
      () => mariadb.dispose(),
    );
    const site = await Site.open({
      ...{ build: buildInto(join(dir, 'build')), kafka, mariadb, monitors: 2 },
      rules: writeRules(join(dir, 'rules')),
      env: { ...AS_SHIPPED, MINGJIAN_RECIPIENTS: join(dir, 'recipients.yaml') },
      envOf: (name) => ({ MINGJIAN_PORT: String(ports.get(name)) }),
    });
    closers.push(() => site.close());
    const targets = [...ports.values()].map((port) => `127.0.0.1:${port}`);
    mkdirSync(join(dir, 'watchers'));
    const watchers = await Watchers.start(join(dir, 'watchers'), targets, `${receiver.url}/alerts`);
    closers.push(() => watchers.stop());
    history.follow(watchers.prometheusUrl);
    closers.push(() => history.stop());
    return new WatchedSite(site, receiver, history, watchers);
  }

  /** Starts the processes and lets a department send all the time. */
  async live(): Promise<void> {
    for (const one of this.site.processes) one.start();
    this.timer = setInterval(() => void this.sendFinished().catch(() => undefined), SEND_EVERY_MS);
    this.closers.push(() => clearInterval(this.timer));
    await this.untilWell();
  }

  /** All answer, and the log can be read. */
  async untilWell(): Promise<void> {
    await until(
      'a site that is well',
      async () => {
        const [up, lag] = [
          await this.watchers.number('sum(up{job="mingjian"})'),
          await this.watchers.number('count(count by (instance) (mingjian_log_lag))'),
        ];
        return up === 3 && lag === 2 ? true : null;
      },
      { withinMs: 300_000, everyMs: 1_000 },
    );
  }

  /** A case that turns red in some seconds, of which somebody is told. */
  quickCase(): Promise<void> {
    return this.send(SOURCE, this.site.key, [this.event(SOURCE, 'case.accepted', this.next())]);
  }

  /** The quiet source sends something, through the collector. */
  quietSends(): Promise<void> {
    return this.send(QUIET_SOURCE, this.quietKey, this.finished(QUIET_SOURCE));
  }

  /** Puts into the log what a collector took from the quiet source at an instant of the past. */
  async quietSentAt(instant: number): Promise<void> {
    const log = await this.site.openLog();
    try {
      const receivedat = new Date(instant).toISOString();
      const events = this.finished(QUIET_SOURCE, instant).map((event) => ({ ...event, receivedat }));
      await log.append(
        TOPICS.stepEvents,
        events.map((event) => ({ key: event.subject, value: JSON.stringify(event) })),
      );
    } finally {
      await log.close();
    }
  }

  async close(): Promise<void> {
    for (const close of this.closers.splice(0).reverse()) await close();
  }

  private sendFinished(): Promise<void> {
    return this.send(SOURCE, this.site.key, this.finished(SOURCE));
  }

  /** A case that is decided as soon as it is accepted: nobody is told of it. */
  private finished(source: string, at?: number): StepEvent[] {
    const caseNo = this.next();
    return [
      this.event(source, 'case.accepted', caseNo, {}, at),
      this.event(source, 'case.decided', caseNo, { result: 'granted' }, at),
    ];
  }

  private next(): string {
    return `DRILL-${++this.sent}`;
  }

  private event(
    source: string,
    type: StepEventType,
    caseNo: string,
    data: object = {},
    at = this.clock.now(),
  ): StepEvent {
    return {
      ...{ specversion: '1.0' as const, id: `${caseNo}/${type}`, source, type, subject: caseNo },
      time: new Date(at).toISOString(),
      data: { item: QUICK_ITEM, department: 'tax', ...data },
    };
  }

  /** @throws where it is not acknowledged; a sender would send again. */
  private async send(source: string, key: string, events: readonly StepEvent[]): Promise<void> {
    const response = await fetch(`${this.site.address}/v1/step-events`, {
      method: 'POST',
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/x-ndjson' },
      body: events.map((event) => JSON.stringify(event)).join('\n'),
      signal: AbortSignal.timeout(30_000),
    });
    const text = await response.text();
    if (response.status !== 202) throw new Error(`${source}: ${response.status} ${text}`);
  }
}
