import type { QuarantineRecord } from '@mingjian/contracts';
import { endQuarantine, keepQuarantined, noteSourceClock } from '@mingjian/store';
import { accepted, at } from '../../apps/monitor/src/testing/site';
import { accessibilityProblems, describeInBrowser } from './browser';
import { useRoleSite } from './role-site';

const SOURCE = 'urn:dept:housing';

describeInBrowser('the page of the sources', () => {
  const site = useRoleSite();

  const record = (id: string): QuarantineRecord => ({
    ...{ id, source: SOURCE, feed: 'http', place: 'record 1', reason: 'invalid', field: 'time' },
    ...{ expected: 'a time', got: 'soon', hint: '', raw: '{}' },
    receivedat: new Date(at('2026-09-24T08:00')).toISOString(),
  });
  beforeEach(() =>
    site.served.site.store.write(async (transaction) => {
      const measuredAt = at('2026-09-24T08:59');
      const clock = { source: SOURCE, measuredAt };
      await noteSourceClock(transaction, { ...clock, way: 'table', offsetMs: -95_000, withinMs: 250 });
      await noteSourceClock(transaction, { ...clock, way: 'topic', offsetMs: 3_000, withinMs: null });
      await keepQuarantined(transaction, [record('mended'), record('open')]);
      await endQuarantine(transaction, 'mended', { state: 'resolved', at: measuredAt, by: SOURCE });
    }),
  );

  it('says in words how far each clock is off and how sure that is, and what came again mended', async () => {
    const page = await site.signIn('jiancha', '/actions/sources');
    const row = page.locator('tbody tr', { hasText: SOURCE });
    await row.waitFor();
    expect(await row.textContent()).toMatch(
      /库表 慢 1 分 35 秒 · 误差 0\.3 秒 以内\s+2026-09-24 周四 08:59.*消息 至少快 3\.0 秒/s,
    );
    await page.getByText('待处理 1 条，补正重报后已接收 1 条。').waitFor();
    expect(await accessibilityProblems(page)).toEqual([]);
    expect(site.others()).toEqual([]);
  });

  it('says nothing of records to a department, which may not see them', async () => {
    const own = 'urn:dept:housing:windows';
    await site.served.site.send({ ...accepted('H-2', '2026-09-24T08:30'), source: own });
    await site.served.monitor.intake.drain();
    const page = await site.signIn('zhujian', '/actions/sources');
    await page.locator('tbody tr', { hasText: own }).waitFor();
    expect(await page.getByText('无法使用的记录').count()).toBe(0);
    expect(site.others()).toEqual([]);
  });
});
