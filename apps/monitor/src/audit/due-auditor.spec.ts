import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { accepted, at, openSite, removeSite, type Site } from '../testing/site';

describe('the auditor', () => {
  let site: Site;
  let server: Server;
  let beats = 0;
  beforeAll(async () => {
    server = createServer((_, response) => {
      beats++;
      response.end();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });
  afterAll(() => server.close());
  beforeEach(async () => {
    beats = 0;
    site = await openSite('2026-09-14T10:00', {
      settings: { heartbeatUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/` },
    });
    site.monitor.ports.settings.heartbeatFile = join(site.dir, 'heartbeat');
    await site.receive(accepted('C-1', '2026-09-14T10:00'), accepted('C-2', '2026-09-14T10:00'));
  });
  afterEach(async () => {
    await site.close();
    removeSite(site.dir);
  });

  const metric = async (line: string): Promise<string | undefined> =>
    (await site.registry.metrics()).split('\n').find((text) => text.startsWith(line));

  it('beats the heart when everything due is lit', async () => {
    site.clock.moveTo(at('2026-09-24T10:00'));
    await site.monitor.sweep.runOnce(site.clock.now());
    expect(await site.monitor.auditor.runOnce()).toEqual({ unjudged: [], unlit: [] });
    expect(beats).toBe(1);
    expect(readFileSync(join(site.dir, 'heartbeat'), 'utf8')).toBe('2026-09-24T02:00:00.000Z\n');
    expect(await metric('mingjian_audit_last_passed_timestamp_seconds ')).toContain(
      String(at('2026-09-24T10:00') / 1000),
    );
  });

  it('finds what the sweep should have lit and did not, and lets the heart stop', async () => {
    site.clock.moveTo(at('2026-09-24T10:00'));
    const found = await site.monitor.auditor.runOnce();
    expect(found?.unjudged.sort()).toEqual(['C-1', 'C-2']);
    expect(found?.unlit.sort()).toEqual(['C-1', 'C-2']);
    expect(beats).toBe(0);
    expect(existsSync(join(site.dir, 'heartbeat'))).toBe(false);
    expect(await metric('mingjian_audit_cases{kind="unlit"}')).toBe('mingjian_audit_cases{kind="unlit"} 2');
  });

  it('finds an unlit case that the sweep can no longer see', async () => {
    site.clock.moveTo(at('2026-09-24T10:00'));
    await site.store.write((tx) =>
      tx.execute("UPDATE case_file SET next_change_at = NULL WHERE case_no = 'C-1'"),
    );
    await site.monitor.sweep.runOnce(site.clock.now());
    expect(await site.monitor.auditor.runOnce()).toEqual({ unjudged: [], unlit: ['C-1'] });
  });

  it('gives the sweep a moment before it complains', async () => {
    site.clock.moveTo(at('2026-09-22T00:00') + 1_000);
    expect(await site.monitor.auditor.runOnce()).toEqual({ unjudged: [], unlit: [] });
  });

  it('says so where it cannot tell anybody', async () => {
    site.monitor.ports.settings.heartbeatFile = join(site.dir, 'no', 'such', 'folder');
    expect(await site.monitor.auditor.runOnce()).toBeNull();
    expect(site.logged.join('')).toContain('The heartbeat did not reach everybody');
    expect(await metric('mingjian_audits_total{result="failed"}')).toContain(' 1');
  });
});
