import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TOPICS, type StepEvent, type StepEventData, type StepEventType } from '@mingjian/contracts';
import { openEmbeddedLog, type EventLog } from '@mingjian/log';
import { createLogger, openRegistry } from '@mingjian/runtime';
import { TestClock } from '../../../../libs/runtime/src/testing/test-clock';
import { openStore, storedDigest, verdictDigest, type Store } from '@mingjian/store';
import type { Registry } from 'prom-client';
import { ACCESS_DEFAULTS } from '../identity/access-settings';
import { Monitor } from '../monitor';
import { MONITOR_DEFAULTS, type MonitorSettings } from '../monitor-settings';

export const CALENDAR = `
calendar: office
version: '1'
timezone: Asia/Shanghai
weekly:
  mon: [["09:00","12:00"],["13:30","17:00"]]
  tue: [["09:00","12:00"],["13:30","17:00"]]
  wed: [["09:00","12:00"],["13:30","17:00"]]
  thu: [["09:00","12:00"],["13:30","17:00"]]
  fri: [["09:00","12:00"],["13:30","17:00"]]
publishedThrough: 2026-12-31
`;

/** A ruleset whose item A0101 is promised in `promise`, with the statutory 20 working days beside it. */
export const rulesetText = (promise = '7wd'): string => `
ruleset: test
version: '1'
inForceFrom: 2020-01-01
calendar: office
departments:
  housing: { name: 住房和城乡建设局 }
  market: { name: 市场监督管理局 }
items:
  A0101:
    name: 建设工程规划许可证核发
    department: housing
    promise: ${promise}
    delivery: none
`;

/** A Chinese local time, `2026-09-14T10:00`. */
export function at(text: string): number {
  const seconds = text.length === 16 ? ':00' : '';
  return Date.parse(`${text}${seconds}+08:00`);
}

/** A step event as a collector would hand it on; received four seconds after it happened unless said otherwise. */
export function event(
  type: StepEventType,
  caseNo: string,
  time: string,
  data: StepEventData = {},
  more: { id?: string; source?: string; receivedAt?: string } = {},
): StepEvent {
  return {
    specversion: '1.0',
    id: more.id ?? `${caseNo}/${type}/${time}`,
    source: more.source ?? 'urn:dept:housing',
    type,
    subject: caseNo,
    time: new Date(at(time)).toISOString(),
    receivedat: new Date(more.receivedAt ? at(more.receivedAt) : at(time) + 4_000).toISOString(),
    data,
  };
}

export function accepted(caseNo: string, time: string, item = 'A0101'): StepEvent {
  return event('case.accepted', caseNo, time, { item, department: 'housing' });
}

/** One monitor on a real store and a real log in a folder of its own, with a clock that the test moves. */
export interface Site {
  dir: string;
  clock: TestClock;
  store: Store;
  log: EventLog;
  registry: Registry;
  monitor: Monitor;
  /** Lines that were logged, JSON. */
  logged: string[];
  /** Appends events to the log. */
  send(...events: readonly StepEvent[]): Promise<void>;
  /** Sends and takes them in. */
  receive(...events: readonly StepEvent[]): Promise<void>;
  writeRuleset(text: string): void;
  verdictDigest(): Promise<string>;
  storedDigest(): Promise<string>;
  /** Light changes that hold: `C-1 promise null>yellow 2026-09-22T08:00:00.000Z time`. */
  lights(): Promise<string[]>;
  close(): Promise<void>;
}

/**
 * Opens a site; with `dir` the one that was closed (or crashed) there before, with `store` on another engine than SQLite. It
 * closes the store with itself.
 */
export async function openSite(
  now: string,
  options: { dir?: string; settings?: Partial<MonitorSettings>; partitions?: number; store?: Store } = {},
): Promise<Site> {
  const dir = options.dir ?? mkdtempSync(join(tmpdir(), 'mingjian-monitor-'));
  if (options.dir === undefined) {
    mkdirSync(join(dir, 'rulesets'));
    writeFileSync(join(dir, 'calendar.yaml'), CALENDAR);
    writeFileSync(join(dir, 'rulesets', 'test.yaml'), rulesetText());
  }
  const clock = new TestClock(at(now));
  const store = options.store ?? (await openStore({ file: join(dir, 'store.db') }));
  const log = openEmbeddedLog({ file: join(dir, 'log.db'), partitions: options.partitions ?? 2, clock });
  const registry = openRegistry();
  const logged: string[] = [];
  const monitor = new Monitor({
    store,
    log,
    clock,
    wall: clock,
    settings: {
      ...MONITOR_DEFAULTS,
      countsFreshForMs: 0,
      // Specs that are not about who may what are asked nothing.
      access: {
        ...ACCESS_DEFAULTS,
        auth: 'demo',
        isSecure: false,
        sealingKeys: join(dir, 'sealing-keys.json'),
      },
      rulesets: join(dir, 'rulesets'),
      calendars: join(dir, 'calendar.yaml'),
      ...options.settings,
    },
    registry,
    logger: createLogger({ level: 'debug', json: true, sink: { write: (line) => logged.push(line) } }),
  });
  await monitor.load();
  await monitor.rejudge.runOnce();
  const send = (...events: readonly StepEvent[]): Promise<void> =>
    log.append(
      TOPICS.stepEvents,
      events.map((one) => ({ key: one.subject, value: JSON.stringify(one) })),
    );
  return {
    dir,
    clock,
    store,
    log,
    registry,
    monitor,
    logged,
    send,
    receive: async (...events) => {
      await send(...events);
      await monitor.intake.drain();
    },
    writeRuleset: (text) => writeFileSync(join(dir, 'rulesets', 'test.yaml'), text),
    verdictDigest: () => verdictDigest(store, monitor.rules.current.book, clock.now()),
    storedDigest: () => storedDigest(store),
    lights: async () => {
      const rows = await store.query<Record<string, string>>(
        "SELECT case_no || ' ' || clock || ' ' || COALESCE(from_light, 'null') || '>' || to_light || ' ' || became_at " +
          "|| ' ' || reason AS line FROM light_change WHERE superseded_at IS NULL ORDER BY id",
      );
      return rows.map(({ line }) => line ?? '');
    },
    close: async () => {
      await monitor.stop();
      await log.close();
      await store.close();
    },
  };
}

/** Removes a site's folder. */
export function removeSite(dir: string): void {
  rmSync(dir, { recursive: true, force: true });
}
