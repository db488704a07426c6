import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import { CollectorModule } from '../../apps/collector/src/collector.module';
import { openSources } from '../../apps/collector/src/source/open-sources';
import type { Site } from '../../apps/monitor/src/testing/site';

/** A real collector on the store and log of the site. */
export interface RunningCollector {
  /** Sends an event until it is answered with a status: the collector looks at the store every two seconds. @throws when it never is. */
  answers(status: number, key: string, id: string, source: string): Promise<void>;
  close(): Promise<void>;
}

/** Starts one that takes events by HTTP from whom the site lets send. */
export async function startCollector({ dir, store, log, clock, monitor }: Site): Promise<RunningCollector> {
  const { logger } = monitor.ports;
  const { sources, stop } = await openSources(join(dir, 'sources.json'), store, clock, logger);
  const settings = { bodyLimitBytes: 1_000_000, futureToleranceSeconds: 300, intakeBatch: 10 };
  const module = await Test.createTestingModule({
    imports: [CollectorModule.register({ log, clock, sources, logger, settings, registry: null })],
  }).compile();
  const app = module.createNestApplication<NestFastifyApplication>(new FastifyAdapter(), { logger: false });
  await app.init();
  await app.getHttpAdapter().getInstance().ready();
  return {
    async answers(status, key, id, source) {
      const answered: number[] = [];
      for (let i = 0; i < 100 && answered.at(-1) !== status; i++) {
        if (i > 0) await pause(100);
        const { statusCode } = await app.inject({
          method: 'POST',
          url: '/v1/step-events',
          headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
          payload: {
            ...{ specversion: '1.0', id, source, type: 'case.accepted', subject: id },
            time: '2026-09-24T08:30:00+08:00',
            data: { item: 'M0101', department: 'market' },
          },
        });
        answered.push(statusCode);
      }
      if (answered.at(-1) !== status)
        throw new Error(`${id} was answered ${answered.join(', ')}, never ${status}`);
    },
    async close() {
      await app.close();
      await stop();
    },
  };
}
