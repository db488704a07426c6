import { TOPICS } from '@mingjian/contracts';
import { listContacts, noticesInState, receiptLags, RowScope } from '@mingjian/store';
import { listCases } from '../api/case-list';
import {
  openNotifySite,
  recipientsText,
  removeRecipients,
  writeRecipients,
} from '../notify/testing/notify-site';
import type { Receiver } from '../notify/testing/receivers';
import { at, event, removeSite, rulesetText, type Site } from '../testing/site';
import { balances } from './reconcile';

const SOURCE = 'urn:dept:housing';

function heartbeat(
  time: string,
  more: { receivedAt?: string; sent?: { date: string; events: number }[] } = {},
) {
  return {
    specversion: '1.0',
    id: `beat/${time}`,
    source: SOURCE,
    type: 'source.heartbeat',
    time: new Date(at(time)).toISOString(),
    receivedat: new Date(at(more.receivedAt ?? time)).toISOString(),
    data: { department: 'housing', ...(more.sent === undefined ? {} : { sent: more.sent }) },
  };
}

describe('the health of a source', () => {
  let site: Site;
  let recipients: string;
  beforeEach(async () => {
    // Nobody listens there: the spec looks at what is to be told.
    const nobody = { port: 9 } as Receiver;
    recipients = writeRecipients(recipientsText(nobody, nobody));
    site = await openNotifySite('2026-09-14T10:00', recipients);
  });
  afterEach(async () => {
    await site.close();
    removeSite(site.dir);
    removeRecipients(recipients);
  });

  const beat = async (...heartbeats: object[]): Promise<void> => {
    await site.log.append(
      TOPICS.sourceHeartbeats,
      heartbeats.map((one) => ({ key: SOURCE, value: JSON.stringify(one) })),
    );
    await site.monitor.heartbeats.drain();
  };
  const told = async (): Promise<string[]> =>
    (await noticesInState(site.store, 0, 'waiting', 100))
      .filter(({ kind }) => kind === 'source')
      .map(({ subject, grade }) => `${grade} ${subject}`);
  const accepted = (n: number, time: string) =>
    event('case.accepted', `C-${n}`, time, { item: 'A0101', department: 'housing' });

  it('falls silent after four working hours while its rhythm is not known, and is told of once', async () => {
    await site.receive(accepted(1, '2026-09-14T10:00'));
    site.clock.moveTo(at('2026-09-14T15:00'));
    expect(await site.monitor.silence.runOnce()).toBe(0);
    site.clock.moveTo(at('2026-09-14T16:00'));
    for (let n = 0; n < 100; n++) await site.monitor.silence.runOnce();
    expect(await told()).toEqual([`yellow 数据来源静默：${SOURCE}`]);
    // Nobody said that it sends steadily: it may have been filled from a file.
    expect([...(await site.monitor.sources.silentDepartments())]).toEqual([]);
    await beat(heartbeat('2026-09-14T09:50'));
    expect([...(await site.monitor.sources.silentDepartments())]).toEqual(['housing']);
    const silent = new Set(['housing']);
    const listed = async (light: 'green' | 'grey'): Promise<string[]> =>
      (await listCases(site.store, RowScope.everything, { light, limit: 10 }, silent)).rows.map(
        ({ caseNo }) => caseNo,
      );
    expect([await listed('green'), await listed('grey')]).toEqual([[], ['C-1']]);
    expect(await site.registry.metrics()).toContain(
      'mingjian_cases{department="housing",item_class="promised",light="grey"} 1',
    );
    await site.receive(accepted(2, '2026-09-14T16:01'));
    expect(await site.monitor.silence.runOnce()).toBe(1);
    expect(await told()).toEqual([`yellow 数据来源静默：${SOURCE}`, `info 数据来源恢复报送：${SOURCE}`]);
    expect([...(await site.monitor.sources.silentDepartments())]).toEqual([]);
  });

  it('is judged by its own rhythm once that is known', async () => {
    let n = 0;
    for (const day of ['07', '08', '09', '10', '11', '14'])
      for (const hour of ['09', '10', '11', '14', '15', '16'])
        for (const minute of ['02', '17', '32', '47'])
          await site.receive(accepted(n++, `2026-09-${day}T${hour}:${minute}`));
    site.clock.moveTo(at('2026-09-15T09:02'));
    await site.receive(accepted(n, '2026-09-15T09:02'));
    site.clock.moveTo(at('2026-09-15T09:31'));
    expect((await site.monitor.sources.read())[0]).toMatchObject({ learnedDays: 5, isAlive: true });
    site.clock.moveTo(at('2026-09-15T11:31'));
    expect((await site.monitor.sources.read())[0]).toMatchObject({ isAlive: false });
    expect((await site.monitor.sources.read())[0]?.silentWorkingMs).toBeLessThan(4 * 3_600_000);
  });

  it('stays alive by heartbeats where nothing happens, and its clock is measured by them', async () => {
    await site.receive(accepted(1, '2026-09-14T10:00'));
    await beat(heartbeat('2026-09-14T15:59', { receivedAt: '2026-09-14T15:57' }));
    site.clock.moveTo(at('2026-09-14T16:30'));
    expect((await site.monitor.sources.read())[0]).toMatchObject({ isAlive: true, clockOffsetMs: 120_000 });
    // Late, and delivered twice: what is newer stands.
    await beat(heartbeat('2026-09-14T15:00'), heartbeat('2026-09-14T15:00'));
    expect(await listContacts(site.store)).toMatchObject([
      { clockOffsetMs: 120_000, heartbeatAt: at('2026-09-14T15:57'), department: 'housing' },
    ]);
  });

  const reading = (way: string, time: string, receivedAt: string, withinMs: number | null = 10) => ({
    specversion: '1.0',
    id: `clock/${way}/${receivedAt}`,
    source: SOURCE,
    type: 'source.clock',
    time: new Date(at(time)).toISOString(),
    receivedat: new Date(at(receivedAt)).toISOString(),
    data: { way, withinMs },
  });

  it('has its clock measured at other exchanges, too, which are no signs of life', async () => {
    await site.receive(accepted(1, '2026-09-14T10:00'));
    await beat(
      reading('table', '2026-09-14T15:03', '2026-09-14T15:00'),
      reading('table', '2026-09-14T14:00', '2026-09-14T14:30'),
      reading('http', '2026-09-14T14:59', '2026-09-14T15:00', null),
      reading('topic', '1970-01-01T08:00', '2026-09-14T15:00'),
    );
    site.clock.moveTo(at('2026-09-14T16:00'));
    const [source] = await site.monitor.sources.read();
    expect(source).toMatchObject({
      isAlive: false,
      lastReceivedAt: at('2026-09-14T10:00') + 4_000,
      clockOffsetMs: null,
      clocks: [
        { way: 'http', offsetMs: -60_000, withinMs: null, measuredAt: at('2026-09-14T15:00') },
        { way: 'table', offsetMs: 180_000, withinMs: 10, measuredAt: at('2026-09-14T15:00') },
        // Off by decades: by how much plays no part.
        { way: 'topic', offsetMs: -(2 ** 31 - 1) },
      ],
    });
    expect(await site.registry.metrics()).toContain(
      `mingjian_source_clock_offset_measured_seconds{source="${SOURCE}",way="table"} 180`,
    );
  });

  it('falls silent when the ruleset of the site says so', async () => {
    await site.receive(accepted(1, '2026-09-14T10:00'));
    site.clock.moveTo(at('2026-09-14T11:00'));
    expect((await site.monitor.sources.read())[0]).toMatchObject({ isAlive: true });
    site.writeRuleset(`${rulesetText()}sources: { silentAfter: 30wm }\n`);
    await site.monitor.followRules();
    expect((await site.monitor.sources.read())[0]).toMatchObject({ isAlive: false });
  });

  it('tells date by date what it sent and what did not arrive, repeats counted once', async () => {
    await site.receive(accepted(1, '2026-09-14T09:30'), accepted(2, '2026-09-14T09:31'));
    await site.receive(accepted(1, '2026-09-14T09:30'));
    await beat(heartbeat('2026-09-14T09:50', { sent: [{ date: '2026-09-14', events: 5 }] }));
    await beat(heartbeat('2026-09-14T09:40', { sent: [{ date: '2026-09-14', events: 1 }] }));
    expect(await balances(site.store, '2026-09-01')).toEqual([
      {
        source: SOURCE,
        date: '2026-09-14',
        arrived: 2,
        sent: 5,
        missing: 3,
        statedAt: at('2026-09-14T09:50'),
      },
    ]);
    await site.receive(
      accepted(3, '2026-09-14T09:32'),
      accepted(4, '2026-09-14T09:33'),
      accepted(5, '2026-09-13T09:33'),
    );
    expect(await balances(site.store, '2026-09-01')).toMatchObject([
      { date: '2026-09-14', missing: 1 },
      { date: '2026-09-13', arrived: 1, sent: null, missing: null },
    ]);
    const scraped = await site.registry.metrics();
    expect(scraped).toContain(`mingjian_source_events_missing{source="${SOURCE}"} 1`);
    expect(scraped).toContain(`mingjian_source_clock_offset_seconds{source="${SOURCE}"} 0`);
  });

  it('says how late its events come', async () => {
    await site.receive(
      accepted(1, '2026-09-14T10:00'),
      event('case.decided', 'C-1', '2026-09-11T10:00', {}, { receivedAt: '2026-09-14T10:00' }),
    );
    expect(await receiptLags(site.store, 0)).toEqual([
      { source: SOURCE, withinMinute: 1, withinHour: 0, withinDay: 0, later: 1 },
    ]);
  });
});
