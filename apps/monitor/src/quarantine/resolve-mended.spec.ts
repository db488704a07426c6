import { TOPICS, type QuarantineRecord } from '@mingjian/contracts';
import { findQuarantined } from '@mingjian/store';
import { accepted, at, openSite, removeSite, type Site } from '../testing/site';

const RECEIVED = '2026-09-14T10:00';

/** A record that would have been the acceptance of a case. */
function record(id: string, caseNo: string, more: Partial<QuarantineRecord> = {}): QuarantineRecord {
  return {
    ...{ id, source: 'urn:dept:housing', feed: 'http', place: 'record 1', reason: 'invalid', field: 'time' },
    ...{ expected: 'a time', got: 'soon', hint: '', raw: '{}' },
    receivedat: new Date(at(RECEIVED)).toISOString(),
    meant: { id: accepted(caseNo, '2026-09-14T09:00').id, subject: caseNo },
    ...more,
  };
}

describe('a record in quarantine that comes again, mended', () => {
  let site: Site;
  beforeEach(async () => {
    site = await openSite(RECEIVED);
  });
  afterEach(async () => {
    await site.close();
    removeSite(site.dir);
  });

  const keep = async (...records: QuarantineRecord[]): Promise<void> => {
    await site.log.append(
      TOPICS.quarantine,
      records.map((one) => ({ key: one.id, value: JSON.stringify(one) })),
    );
    await site.monitor.quarantine.drain();
  };
  const arrive = (caseNo: string, receivedAt: string) =>
    site.receive({
      ...accepted(caseNo, '2026-09-14T09:00'),
      receivedat: new Date(at(receivedAt)).toISOString(),
    });
  const states = async (): Promise<string[]> =>
    (
      await site.store.query<{ id: string; state: string }>('SELECT id, state FROM quarantine ORDER BY id')
    ).map(({ id, state }) => `${id} ${state}`);

  it('is resolved by the event that it would have been, and kept with what resolved it', async () => {
    await keep(record('a', 'C-1'), record('b', 'C-2'));
    await arrive('C-1', '2026-09-14T11:00');
    site.clock.moveTo(at('2026-09-14T11:01'));
    expect(await site.monitor.mended.runOnce()).toBe(1);
    expect(await site.monitor.mended.runOnce()).toBe(0);
    expect(await findQuarantined(site.store, 'a')).toMatchObject({
      state: 'resolved',
      releasedAt: at('2026-09-14T11:01'),
      endedBy: 'urn:dept:housing',
      endedWith: accepted('C-1', '2026-09-14T09:00').id,
      raw: '{}',
    });
    expect(await states()).toEqual(['a resolved', 'b held']);
    const scraped = await site.registry.metrics();
    for (const [state, count] of Object.entries({ held: 1, resolved: 1, released: 0, discarded: 0 }))
      expect(scraped).toContain(`mingjian_quarantine_records{state="${state}"} ${count}`);
  });

  it('is not resolved by what was there before it, by another source, nor where two things share an identity', async () => {
    await arrive('C-1', '2026-09-14T09:30');
    await keep(
      record('a', 'C-1'),
      record('b', 'C-2', { source: 'urn:dept:market' }),
      record('c', 'C-2', { reason: 'identity-conflict' }),
    );
    await arrive('C-2', '2026-09-14T11:00');
    expect(await site.monitor.mended.runOnce()).toBe(0);
    expect(await states()).toEqual(['a held', 'b held', 'c held']);
  });

  it('is found among many that are held, however many one run looks at', async () => {
    const many = Array.from({ length: 1_500 }, (_, n) => record(`k${String(n).padStart(4, '0')}`, `C-${n}`));
    await keep(...many);
    await arrive('C-1400', '2026-09-14T11:00');
    expect([await site.monitor.mended.runOnce(), await site.monitor.mended.runOnce()]).toEqual([0, 1]);
    expect(await states()).toContain('k1400 resolved');
  });

  it('is ended by its feed, which says so, and by nobody twice', async () => {
    const end = {
      resolvedat: '2026-09-14T03:00:00Z',
      endedby: 'feed housing-table',
      endedwith: 'C-1/accepted~2',
    };
    await keep(record('a', 'C-1'), { ...record('a', 'C-1'), ...end });
    await keep({ ...record('a', 'C-1'), ...end, endedby: 'somebody else' });
    expect(await findQuarantined(site.store, 'a')).toMatchObject({
      state: 'resolved',
      endedBy: 'feed housing-table',
      endedWith: 'C-1/accepted~2',
      releasedAt: Date.parse('2026-09-14T03:00:00Z'),
    });
  });
});
