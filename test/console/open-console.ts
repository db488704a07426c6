import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { TOPICS, type StepEvent, type StepEventData, type StepEventType } from '@mingjian/contracts';
import { openEmbeddedLog } from '@mingjian/log';
import { createLogger, openRegistry } from '@mingjian/runtime';
import { openStore } from '@mingjian/store';
import { findConsoleDir } from '../../apps/monitor/src/api/console-dir';
import { setUpHttp } from '../../apps/monitor/src/api/http-setup';
import { ACCESS_DEFAULTS } from '../../apps/monitor/src/identity/access-settings';
import { Monitor } from '../../apps/monitor/src/monitor';
import { MonitorModule } from '../../apps/monitor/src/monitor.module';
import { MONITOR_DEFAULTS } from '../../apps/monitor/src/monitor-settings';
import { TestClock } from '../../libs/runtime/src/testing/test-clock';

const root = join(__dirname, '../..');

/** The served console over a real monitor, store and log, with a clock that the test moves. */
export interface ServedConsole {
  url: string;
  clock: TestClock;
  /** Appends events and waits until they are judged. */
  receive(...events: readonly StepEvent[]): Promise<void>;
  /** Lets what is due by the clock turn. */
  sweep(): Promise<void>;
  close(): Promise<void>;
}

export async function openConsole(
  now: string,
  demo: { speed: number; city: string } | null,
): Promise<ServedConsole> {
  const dir = mkdtempSync(join(tmpdir(), 'mingjian-console-'));
  const consoleDir = findConsoleDir();
  if (consoleDir === null) throw new Error('the console is not built: npm run build');
  const clock = new TestClock(Date.parse(now));
  const store = await openStore({ file: join(dir, 'store.db') });
  const log = openEmbeddedLog({ file: join(dir, 'log.db'), partitions: 1, clock });
  const settings = {
    ...MONITOR_DEFAULTS,
    // The clock of a spec stands still: counts would stay fresh for ever.
    countsFreshForMs: 0,
    rulesets: join(root, 'rulesets/demo-city'),
    calendars: join(root, 'rulesets/calendars/cn.yaml'),
    access: { ...ACCESS_DEFAULTS, auth: 'demo' as const, isSecure: false },
    scoreScheme: join(root, 'rulesets/schemes/county-monthly.yaml'),
    consoleDir,
    demo,
  };
  const logger = createLogger({ level: 'silent' });
  const module = MonitorModule.register({
    store,
    log,
    clock,
    wall: clock,
    settings,
    registry: openRegistry(),
    logger,
  });
  const app = await NestFactory.create<NestFastifyApplication>(module, new FastifyAdapter(), {
    logger: false,
    forceCloseConnections: true,
  });
  await setUpHttp(app, consoleDir);
  await app.listen(0, '127.0.0.1');
  const monitor = app.get(Monitor);
  return {
    url: await app.getUrl(),
    clock,
    receive: async (...events) => {
      const records = events.map((event) => ({ key: event.subject, value: JSON.stringify(event) }));
      await log.append(TOPICS.stepEvents, records);
      await monitor.intake.drain();
    },
    sweep: () => monitor.timer.sweepNow().then(() => undefined),
    close: async () => {
      await app.close();
      await log.close();
      await store.close();
      rmSync(dir, { recursive: true });
    },
  };
}

/** A step event of a case of the housing department, received as it happened. */
export function housingEvent(
  type: StepEventType,
  caseNo: string,
  time: string,
  data: StepEventData = {},
): StepEvent {
  return {
    specversion: '1.0',
    id: `${caseNo}/${type}/${time}`,
    source: 'urn:dept:housing',
    type,
    subject: caseNo,
    time,
    receivedat: time,
    data: { item: 'A0101', department: 'housing', ...data },
  };
}
