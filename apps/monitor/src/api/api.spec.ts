import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { setTimeout as pause } from 'node:timers/promises';
import { Monitor } from '../monitor';
import { MonitorModule } from '../monitor.module';
import { accepted, at, event, openSite, removeSite, type Site } from '../testing/site';
import { findConsoleDir } from './console-dir';
import { setUpHttp } from './http-setup';

/** An entry of any list in an answer, as far as the specs look into it. */
interface Entry {
  id: number;
  caseNo: string;
  light: string;
  clock: string;
  to: string;
  name: string;
  field: string;
  ledger: { lines: object[]; countedUntilDue: number };
}

/** What the specs look into of any answer. */
interface Body {
  status: string;
  message: string;
  text: string;
  next: string | number | null;
  cases: Entry[];
  departments: Entry[];
  problems: Entry[];
  lights: Entry[];
  lightChanges: Entry[];
  findings: Entry[];
  sources: Entry[];
  events: Entry[];
  case: Entry;
  clocks: Entry[];
  verdict: { clocks: Entry[] };
  paths: Record<string, { get: { parameters: Entry[] } }>;
}

describe('the HTTP API', () => {
  let site: Site;
  let app: NestFastifyApplication;
  let monitor: Monitor;

  beforeAll(async () => {
    site = await openSite('2026-09-14T10:00:05');
    await site.monitor.stop();
    // The application's own monitor, on the same store and log.
    site.registry.clear();
    app = await NestFactory.create<NestFastifyApplication>(
      MonitorModule.register({
        ...site.monitor.ports,
        settings: { ...site.monitor.ports.settings, sweepIntervalMs: 0, rulesPollMs: 0 },
      }),
      new FastifyAdapter({ forceCloseConnections: true }),
      { logger: ['error'], abortOnError: false },
    );
    await setUpHttp(app, findConsoleDir());
    await app.listen(0, '127.0.0.1');
    monitor = app.get(Monitor);
    for (let i = 0; i < 200 && !monitor.isReady; i++) await pause(10);
    await site.send(
      accepted('C-1', '2026-09-14T10:00'),
      accepted('C-2', '2026-09-16T10:00'),
      accepted('C-3', '2026-09-14T10:00', 'ZZ'),
      event('case.decided', 'C-4', '2026-09-15T10:00', { result: 'granted', item: 'A0101' }),
      accepted('C-4', '2026-09-14T10:00'),
    );
    await site.log.append('mingjian.step-events', [
      { key: 'x', value: 'no JSON: 身份证 420684199001011234' },
    ]);
    await monitor.intake.drain();
    await monitor.quarantine.drain();
    site.clock.moveTo(at('2026-09-24T09:00'));
    await monitor.sweep.runOnce(site.clock.now());
  });
  afterAll(async () => {
    await app.close();
    await site.log.close();
    await site.store.close();
    removeSite(site.dir);
  });

  const get = async (
    url: string,
  ): Promise<{ status: number; body: Body; headers: Record<string, unknown> }> => {
    const answer = await app.inject({ method: 'GET', url });
    let body: unknown = answer.body;
    try {
      body = JSON.parse(answer.body);
    } catch {
      // Not every answer is JSON.
    }
    return { status: answer.statusCode, body: body as Body, headers: answer.headers };
  };

  it('gives the counts of open cases by light and department, in the calendar’s time', async () => {
    const { status, body } = await get('/v1/overview');
    expect(status).toBe(200);
    expect(body).toMatchObject({
      now: '2026-09-24T09:00:00.000+08:00',
      demo: null,
      lights: { red: 1, yellow: 1, grey: 1, green: 0 },
      sources: { alive: 0, total: 1 },
      quarantineHeld: 1,
      ready: true,
    });
    expect(body.departments).toContainEqual({
      department: 'housing',
      departmentName: '住房和城乡建设局',
      red: 1,
      yellow: 1,
      grey: 1,
      green: 0,
    });
  });

  it('lists open cases by urgency, page by page', async () => {
    const first = await get('/v1/cases?limit=2');
    expect(first.body.cases.map((one) => [one.caseNo, one.light])).toEqual([
      ['C-1', 'red'],
      ['C-2', 'yellow'],
    ]);
    expect(first.body.cases[0]).toMatchObject({
      itemName: '建设工程规划许可证核发',
      clock: 'promise',
      dueAt: '2026-09-23T23:59:59.999+08:00',
      workingMsLeft: 0,
      workingDaysLeft: -1,
    });
    const second = await get(`/v1/cases?limit=2&cursor=${first.body.next}`);
    expect(second.body.cases.map((one) => one.caseNo)).toEqual(['C-3']);
    expect(second.body.next).toBeNull();
    expect((await get('/v1/cases?open=false')).body.cases.map((one) => one.caseNo)).toEqual(['C-4']);
    expect((await get('/v1/cases?light=red&department=housing')).body.cases).toHaveLength(1);
    expect((await get('/v1/cases?q=C-')).body.cases).toHaveLength(4);
    expect((await get('/v1/cases?q=C-4')).body.cases).toHaveLength(1);
  });

  it('refuses what it does not know in a query, naming field, expectation and finding', async () => {
    const { status, body } = await get('/v1/cases?light=blue&limit=0&colour=red');
    expect(status).toBe(400);
    expect(body.problems).toEqual(
      expect.arrayContaining([
        expect.objectContaining({
          place: 'query',
          field: 'light',
          expected: 'one of red, yellow, grey, green',
          got: '"blue"',
        }),
        expect.objectContaining({ field: 'limit' }),
        expect.objectContaining({ expected: 'no unknown key (colour)' }),
      ]),
    );
    expect((await get('/v1/cases?cursor=zzz')).body.problems[0]?.field).toBe('cursor');
    expect((await get('/v1/lights?since=yesterday')).body.problems[0]?.field).toBe('since');
  });

  it('shows one case with its clocks, events as reported, findings and light changes', async () => {
    const { body } = await get('/v1/cases/C-1');
    expect(body.case).toMatchObject({ caseNo: 'C-1', light: 'red' });
    expect(body.verdict.clocks.map((clock) => clock.clock)).toEqual(
      expect.arrayContaining(['promise', 'statutory']),
    );
    expect(body.events).toEqual([
      expect.objectContaining({
        type: 'case.accepted',
        delaySeconds: 4,
        occurredAt: '2026-09-14T10:00:00.000+08:00',
      }),
    ]);
    expect(body.lightChanges.map((change) => change.to)).toEqual(['yellow', 'red']);
  });

  it('names the case that it does not have', async () => {
    const { status, body } = await get('/v1/cases/C-99');
    expect(status).toBe(404);
    expect(body.message).toBe('no case has the number "C-99"');
    expect((await get('/v1/cases/C-99/explanation')).status).toBe(404);
  });

  it('explains a light day by day', async () => {
    const { body } = await get('/v1/cases/C-1/explanation?clock=promise');
    expect(body.clocks).toHaveLength(1);
    expect(body.clocks[0]?.ledger.lines[0]).toMatchObject({ date: '2026-09-14', reason: 'start-day' });
    expect(body.clocks[0]?.ledger.countedUntilDue).toBe(7);
    expect(body.text).toContain('依据');
    expect((await get('/v1/cases/C-1/explanation?clock=nonsense')).body.message).toContain('it has: promise');
  });

  it('has the explanation as a page to print, which may run and fetch nothing', async () => {
    const page = await app.inject({ method: 'GET', url: '/v1/cases/C-1/explanation.html' });
    expect(page.headers['content-type']).toBe('text/html; charset=utf-8');
    expect(page.headers['content-security-policy']).toMatch(/^default-src 'none'; style-src 'sha256-[^']+'$/);
    expect(page.body).toContain('办件时限计算依据');
    expect((await get('/v1/cases/C-99/explanation.html')).status).toBe(404);
  });

  it('lists light changes newest first, findings, sources and quarantine without content', async () => {
    const lights = await get('/v1/lights?limit=2');
    expect(lights.body.lights).toHaveLength(2);
    expect(lights.body.lights[0]?.id).toBe((lights.body.lights[1]?.id ?? 0) + 1);
    const older = await get(`/v1/lights?before=${lights.body.next}`);
    expect(older.body.lights.every((change) => change.id < Number(lights.body.next))).toBe(true);
    expect((await get('/v1/lights?to=red')).body.lights.every((change) => change.to === 'red')).toBe(true);
    expect((await get('/v1/lights?since=2026-09-25T00:00:00%2B08:00')).body.lights).toEqual([]);
    expect((await get('/v1/findings')).body.findings.length).toBeGreaterThan(0);
    expect((await get('/v1/sources')).body.sources).toEqual([
      expect.objectContaining({ source: 'urn:dept:housing', state: 'silent' }),
    ]);
    const quarantine = await app.inject({ method: 'GET', url: '/v1/quarantine' });
    expect(JSON.parse(quarantine.body).records).toEqual([
      expect.objectContaining({ reason: 'malformed', state: 'held' }),
    ]);
    expect(JSON.parse(quarantine.body).records[0]).not.toHaveProperty('raw');
  });

  it('streams light changes live, and from where a listener left off', async () => {
    const url = `${(await app.getUrl()).replace('[::1]', '127.0.0.1')}/v1/lights/stream`;
    const oldest = (await get('/v1/lights?limit=500')).body.lights.at(-1)?.id ?? 0;
    const replay = await fetch(url, { headers: { 'Last-Event-ID': String(oldest) } });
    expect(replay.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
    expect(replay.headers.get('content-security-policy')).toContain("default-src 'none'");
    const live = await fetch(url);
    const replayed = await readUntil(replay, '"to":"red"');
    expect(replayed).toContain(`id: ${oldest + 1}\nevent: light\ndata: {"id":${oldest + 1},`);
    await readUntil(live, 'retry: 3000', false);
    site.clock.moveTo(at('2026-09-28T00:00'));
    await monitor.sweep.runOnce(site.clock.now());
    expect(await readUntil(live, '"caseNo":"C-2"')).toContain('event: light');
  });

  it('tells liveness by progress, readiness, and metrics with every series of closed lists at 0', async () => {
    expect((await get('/healthz')).body.status).toBe('ok');
    expect((await get('/readyz')).status).toBe(200);
    const { body, headers } = await get('/metrics');
    expect(headers['content-type']).toContain('text/plain');
    const text = body as unknown as string;
    expect(text).toContain('mingjian_cases{department="housing",item_class="promised",light="red"} ');
    expect(text).toContain('mingjian_cases{department="market",item_class="joint",light="grey"} 0');
    expect(text).toContain('mingjian_clocks{clock="statutory",light="red"} 0');
    expect(text).toContain(
      'mingjian_light_changes_total{department="housing",clock="promise",to="red",reason="time"} ',
    );
    expect(text).toContain(
      'mingjian_light_changes_total{department="market",clock="step",to="red",reason="rule"} 0',
    );
    expect(text).toContain('mingjian_warning_lag_seconds_count{stage="lit"} ');
    expect(text).toContain('mingjian_log_lag{partition="0"} 0');
    expect(text).toContain('mingjian_calendar_days_left{calendar="office"} ');
    expect(text).toContain('mingjian_overdue_age_working_seconds_count{clock="promise"} ');
    expect(text).toContain('mingjian_source_silent_seconds{source="urn:dept:housing"} ');
    expect(text).not.toContain('C-1');
  });

  it('sends security headers, and documents itself', async () => {
    const { headers, body } = await get('/docs-json');
    expect(headers['x-content-type-options']).toBe('nosniff');
    expect(Object.keys(body.paths)).toEqual(
      expect.arrayContaining([
        '/v1/overview',
        '/v1/cases',
        '/v1/cases/{id}/explanation',
        '/v1/lights/stream',
      ]),
    );
    expect(body.paths['/v1/cases']?.get.parameters.map((one) => one.name)).toContain('cursor');
    expect((await get('/docs')).status).toBe(200);
    const page = await get('/');
    expect(page.headers['content-type']).toContain('text/html');
    expect(page.headers['content-security-policy']).not.toContain('unsafe');
  });
});

/** Reads a stream until it holds `text`; bounded by the test's own time limit. */
async function readUntil(response: Response, text: string, cancel = true): Promise<string> {
  const reader = response.body!.getReader();
  let read = '';
  while (!read.includes(text)) {
    const { value, done } = await reader.read();
    if (done) break;
    read += Buffer.from(value).toString('utf8');
  }
  if (cancel) await reader.cancel();
  else reader.releaseLock();
  return read;
}
