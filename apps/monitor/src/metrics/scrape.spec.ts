import { createLogger, openRegistry } from '@mingjian/runtime';
import { Counter, Gauge } from 'prom-client';
import { openSite, removeSite } from '../testing/site';
import { Scrape } from './scrape';

/* What this spec guarantees: a number that cannot be read is missing, and is counted as missing; all others are there. */

describe('what Prometheus reads', () => {
  const quiet = createLogger({ level: 'silent' });

  it('is all there where all can be read', async () => {
    const registry = openRegistry();
    new Counter({ name: 'things_total', help: 'Things', registers: [registry] }).inc(3);
    new Gauge({ name: 'state', help: 'State', registers: [registry], collect: async () => undefined });
    const scrape = new Scrape(registry, quiet);
    const text = await scrape.text();
    expect(text).toContain('\nthings_total 3\n');
    expect(text).toContain('\nmingjian_metrics_unreadable 0\n');
    expect(text).toBe(await registry.metrics());
  });

  it('lacks what fails and what does not come in time, and nothing else', async () => {
    const registry = openRegistry();
    let asked = 0;
    let answer: () => void = () => undefined;
    new Gauge({
      name: 'of_the_database',
      help: 'Fails',
      registers: [registry],
      collect: () => Promise.reject(new Error('no database')),
    }).set(7);
    const hanging = new Gauge({
      name: 'of_the_log',
      help: 'Hangs',
      registers: [registry],
      collect() {
        asked++;
        return new Promise<void>((resolve) => {
          answer = resolve;
        });
      },
    });
    hanging.set(8);
    new Counter({ name: 'failures_total', help: 'Failures', registers: [registry] }).inc();
    const lines: string[] = [];
    const sink = { write: (line: string) => lines.push(line) };
    const scrape = new Scrape(registry, createLogger({ level: 'info', json: true, sink }), 20);
    for (let n = 0; n < 2; n++) {
      const text = await scrape.text();
      expect(text).toContain('failures_total 1');
      expect(text).not.toMatch(/of_the_(database|log)/);
      expect(text).toContain('mingjian_metrics_unreadable 2');
    }
    expect(asked).toBe(1);
    expect(lines).toHaveLength(1);
    expect(JSON.parse(lines[0]!)).toMatchObject({
      level: 'warn',
      metrics: ['of_the_database', 'of_the_log'],
    });
    const next = scrape.text();
    answer();
    expect(await next).toContain('of_the_log 8');
  });

  it('still tells what the monitor itself did when neither rows nor log can be read', async () => {
    const site = await openSite('2026-09-14T10:00');
    const scrape = new Scrape(site.registry, quiet);
    expect(await scrape.text()).toContain('mingjian_log_lag{');
    site.clock.moveTo(site.clock.now() + 10_000);
    await site.log.close();
    const withoutLog = await scrape.text();
    expect(withoutLog).toMatch(/^mingjian_cases\{/m);
    expect(withoutLog).not.toMatch(/^mingjian_log_lag/m);
    expect(withoutLog).toContain('mingjian_metrics_unreadable 1');
    site.clock.moveTo(site.clock.now() + 10_000);
    await site.store.close();
    await scrape.text();
    const text = await scrape.text();
    expect(text).not.toMatch(/^mingjian_(cases|orders|outbox|source_state)\{/m);
    expect(text).toMatch(/^mingjian_store_failures_total\{operation="read"\} [1-9]/m);
    expect(text).toMatch(/^mingjian_last_progress_timestamp_seconds\{stage="sweep"\}/m);
    await site.monitor.stop();
    removeSite(site.dir);
  });
});
