import { NO_HASH } from '@mingjian/ledger';
import { accepted, event, at, openSite, removeSite, type Site } from '../testing/site';

describe('the ledger of lights', () => {
  let site: Site;
  beforeEach(async () => (site = await openSite('2026-09-14T10:00')));
  afterEach(async () => {
    await site.close();
    removeSite(site.dir);
  });

  const rows = (): Promise<{ kind: string; subject: string; body: string }[]> =>
    site.store.query("SELECT kind, subject, body FROM ledger_entry WHERE chain LIKE 'shard-%' ORDER BY seq");

  it('says of each light when it came on, why, and by which rules, once', async () => {
    await site.receive(accepted('C-1', '2026-09-14T10:00'));
    site.clock.moveTo(at('2026-09-22T00:00'));
    for (let n = 0; n < 3; n++) await site.monitor.sweep.runOnce(site.clock.now());
    await site.receive(accepted('C-1', '2026-09-14T10:00'));
    expect((await rows()).map((row) => ({ ...row, body: JSON.parse(row.body) as unknown }))).toEqual([
      {
        kind: 'light.changed',
        subject: 'C-1',
        body: {
          clock: 'promise',
          from: 'green',
          to: 'yellow',
          becameAt: '2026-09-21T16:00:00.000Z',
          dueAt: '2026-09-23T15:59:59.999Z',
          department: 'housing',
          item: 'A0101',
          reason: 'time',
          issue: 'automatic',
          ruleset: expect.any(String) as string,
          calendar: expect.any(String) as string,
        },
      },
    ]);
  });

  it('keeps what late data makes untrue, and says that it no longer holds', async () => {
    await site.receive(accepted('C-1', '2026-09-14T10:00'));
    site.clock.moveTo(at('2026-09-23T10:00'));
    await site.monitor.sweep.runOnce(site.clock.now());
    await site.receive(
      event('case.decided', 'C-1', '2026-09-18T10:00', {}, { receivedAt: '2026-09-23T10:00' }),
    );
    const promise = (await rows())
      .map((row) => ({ kind: row.kind, ...(JSON.parse(row.body) as { clock: string }) }))
      .filter((row) => row.clock === 'promise');
    expect(promise).toEqual([
      expect.objectContaining({ kind: 'light.changed', to: 'yellow' }),
      expect.objectContaining({ kind: 'light.superseded', to: 'yellow', because: 'late_data' }),
    ]);
  });

  it('is committed with the lights or not at all', async () => {
    await site.receive(accepted('C-1', '2026-09-14T10:00'));
    site.clock.moveTo(at('2026-09-22T00:00'));
    // A chain whose end was moved by hand has a row where the next one is to stand.
    const shard = site.log.partitionOf('C-1');
    await site.store.write(async (tx) => {
      await tx.execute("INSERT INTO ledger_head (chain, algorithm, seq, hash) VALUES (?, 'sha256', 0, ?)", [
        `shard-${shard}`,
        NO_HASH,
      ]);
      await tx.execute(
        "INSERT INTO ledger_entry (chain, seq, at, kind, subject, body, hash) VALUES (?, 1, '2026-09-14 00:00:00.000', 'x', 'x', '{}', ?)",
        [`shard-${shard}`, NO_HASH],
      );
    });
    await site.monitor.sweep.runOnce(site.clock.now()).catch(() => undefined);
    expect(await site.lights()).toEqual([]);
    await site.store.write((tx) => tx.execute("DELETE FROM ledger_entry WHERE kind = 'x'"));
    await site.monitor.sweep.runOnce(site.clock.now());
    expect(await site.lights()).toHaveLength(1);
    expect(await rows()).toHaveLength(1);
  });
});
