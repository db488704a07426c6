import { setTimeout as pause } from 'node:timers/promises';
import { NOTICES } from '../../../../libs/rules/src/calendar/notice/testing/notices';
import { serveSite, type Browser, type ServedSite } from '../testing/served-site';
import { accepted, at, event } from '../testing/site';

describe('rules, calendar, what-if and statistics over HTTP', () => {
  let served: ServedSite;
  let inspector: Browser;
  let head: Browser;

  beforeAll(async () => {
    served = await serveSite('2026-09-14T10:00:05');
    const { site, monitor } = served;
    for (let i = 0; i < 500 && !monitor.isReady; i++) await pause(10);
    await site.send(
      accepted('C-1', '2026-09-14T10:00'),
      accepted('C-2', '2026-09-14T10:00'),
      event('case.decided', 'C-2', '2026-09-18T10:00', { result: 'granted' }),
    );
    await monitor.intake.drain();
    site.clock.moveTo(at('2026-09-24T09:00'));
    await monitor.sweep.runOnce(site.clock.now());
    await served.addUser('ins', ['inspector']);
    await served.addUser('market', ['department-head'], 'market');
    inspector = await served.signedIn('ins');
    head = await served.signedIn('market');
  });
  afterAll(() => served.close());

  it('shows items with their limits as the ruleset writes them, and which version is in force', async () => {
    const { status, body } = await inspector.ask('GET', '/v1/rules');
    expect(status).toBe(200);
    expect(body.items).toEqual([
      expect.objectContaining({
        code: 'A0101',
        name: '建设工程规划许可证核发',
        promise: '7wd',
        statutory: null,
        delivery: 'none',
        departmentName: '住房和城乡建设局',
      }),
    ]);
    expect(body.versions).toEqual([{ version: '1', inForceFrom: '2020-01-01', state: 'in-force' }]);
    expect((await inspector.ask('GET', '/v1/rules?version=9')).status).toBe(404);
  });

  it('shows a department its own items alone', async () => {
    const { body } = await head.ask('GET', '/v1/rules');
    expect(body.items).toEqual([]);
    expect(body.departments).toEqual([{ code: 'market', name: '市场监督管理局', district: null }]);
  });

  it('has every day of a year', async () => {
    const { body } = await inspector.ask('GET', '/v1/calendar?year=2026');
    expect(body.days).toHaveLength(365);
    expect(body.days[0]).toMatchObject({
      date: '2026-01-01',
      weekday: 3,
      kind: 'working-day',
      isWorked: true,
    });
    expect(body.workingDays).toBe(261);
    expect((await inspector.ask('GET', '/v1/calendar?year=1999')).status).toBe(400);
  });

  it('previews a holiday notice and says where it cannot be read', async () => {
    const { text } = NOTICES.find(({ year }) => year === 2026)!;
    const body = { text, knownSince: '2025-11-04' };
    const preview = await inspector.ask('POST', '/v1/calendar/notice-preview', body);
    expect(preview.body.problems).toEqual([]);
    expect(preview.body.added).toContainEqual(expect.objectContaining({ date: '2026-10-01', off: true }));
    expect(preview.body.workingDays).toEqual({ before: 261, after: 248 });
    const bad = { ...body, text: text.replace('10月1日（周四）', '10月1日（周五）') };
    const unread = await inspector.ask('POST', '/v1/calendar/notice-preview', bad);
    expect(unread.body.problems.length).toBeGreaterThan(0);
    expect((await head.ask('POST', '/v1/calendar/notice-preview', body)).status).toBe(403);
  });

  it('says which cases another promise would have turned', async () => {
    const path = '/v1/rules/what-if?item=A0101&since=2026-09-01&until=2026-09-24&promise=';
    const { body } = await inspector.ask('GET', `${path}3wd`);
    expect(body).toMatchObject({ cases: 2, red: { before: 1, after: 2 }, changedCount: 2, isCut: false });
    expect(body.changed).toContainEqual({
      caseNo: 'C-2',
      departmentName: '住房和城乡建设局',
      before: 'green',
      after: 'red',
    });
    expect((await inspector.ask('GET', `${path}soon`)).status).toBe(400);
    expect((await head.ask('GET', `${path}3wd`)).status).toBe(403);
  });

  it('counts ended cases by light and the lights of each day, of the own department alone', async () => {
    const path = '/v1/statistics?since=2026-09-20&until=2026-09-24';
    const { body } = await inspector.ask('GET', path);
    expect(body.days).toEqual([
      { date: '2026-09-20', yellow: 0, red: 0 },
      { date: '2026-09-21', yellow: 0, red: 0 },
      { date: '2026-09-22', yellow: 1, red: 0 },
      { date: '2026-09-23', yellow: 0, red: 0 },
      { date: '2026-09-24', yellow: 0, red: 1 },
    ]);
    expect(body.departments).toEqual([]);
    const whole = await inspector.ask('GET', '/v1/statistics?since=2026-09-01&until=2026-09-24');
    expect(whole.body.departments).toEqual([
      expect.objectContaining({ department: 'housing', ended: 1, green: 1, red: 0 }),
    ]);
    expect((await head.ask('GET', path)).body.days[4]).toEqual({ date: '2026-09-24', yellow: 0, red: 0 });
    expect((await inspector.ask('GET', '/v1/statistics?since=2026-09-24&until=2026-09-20')).status).toBe(400);
  });
});
