import type { StepEvent } from '@mingjian/contracts';
import { SystemClock } from '@mingjian/runtime';
import { simulatedEvents } from '@mingjian/simulator';
import { RowScope } from '@mingjian/store';
import { HOUSING_HEAD, INSPECTOR } from '../../apps/monitor/src/testing/people';
import { until } from '../acceptance/until';
import { CITY, openCityProcesses, type CityProcesses } from './city-processes';

const DAY_MS = 86_400_000;
/** History of the city; every so-and-so-many-th case of it, whole. */
const HISTORY_DAYS = 24;
const ONE_IN = 15;
const ALL = RowScope.everything;

/** Two monitors and a collector in this process, on the machine's clock, real Kafka and a real database, with a simulated city behind them. */
export class WatchedCity {
  private readonly clock = new SystemClock();

  private constructor(
    private readonly processes: CityProcesses,
    readonly close: () => Promise<void>,
  ) {}

  /** Opens it. Where that fails, what was open until then is closed. */
  static async open(engines: { databaseUrl: string; brokers: readonly string[] }): Promise<WatchedCity> {
    const closers: (() => unknown)[] = [];
    const close = async (): Promise<void> => {
      for (const one of closers.splice(0).reverse()) await one();
    };
    try {
      return new WatchedCity(await openCityProcesses(engines, closers), close);
    } catch (error) {
      await close();
      throw error;
    }
  }

  /** Where the two monitors answer, host and port. */
  get addresses(): readonly string[] {
    return this.processes.urls.map((url) => new URL(url).host);
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
    for (const source of this.processes.keys.keys()) await this.heartbeat(source);
    await this.dueSoon();
  }

  /** A case that falls due in four seconds. */
  async dueSoon(): Promise<void> {
    const now = this.clock.now();
    const source = [...this.processes.keys.keys()].find((name) => name.endsWith(':housing'))!;
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
    const [{ acts, ports }] = this.processes.monitors;
    const { orders, appeals, complaints } = acts;
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
      const rows = await ports.store.query<{ id: number }>(
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

  /** Rows of light changes, whoever wrote them. */
  async lightChanges(): Promise<number> {
    const [{ ports }] = this.processes.monitors;
    const [row] = await ports.store.query<{ n: number | string }>('SELECT COUNT(*) AS n FROM light_change');
    return Number(row?.n);
  }

  private async push(source: string, events: readonly StepEvent[]): Promise<void> {
    const response = await fetch(`${this.processes.urls[0]}/v1/step-events`, {
      method: 'POST',
      headers: { ...this.sender(source), 'content-type': 'application/x-ndjson' },
      body: events.map((event) => JSON.stringify(event)).join('\n'),
    });
    if (response.status !== 202 && response.status !== 422)
      throw new Error(`${response.status} ${await response.text()}`);
  }

  private async heartbeat(source: string): Promise<void> {
    const response = await fetch(`${this.processes.urls[0]}/v1/heartbeats`, {
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
    return { authorization: `Bearer ${this.processes.keys.get(source)}` };
  }
}
