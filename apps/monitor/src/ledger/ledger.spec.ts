import { chmodSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { LedgerVerifier, newSigningKey, type LedgerReport } from '@mingjian/ledger';
import { openRegistry } from '@mingjian/runtime';
import { appendLedger } from '@mingjian/store';
import { accepted, at, openSite, removeSite, rulesetText, type Site } from '../testing/site';
import { exportLedger, type LedgerPeriod } from './export-ledger';
import { publicKeyFileOf } from './key-file';
import { LedgerKeeper } from './ledger-keeper';
import { openSigningKey, rotateKey } from './ledger-keys';
import { recordRules } from './record-rules';
import { LedgerBrokenError, signRoot } from './sign-root';

const DAY_MS = 86_400_000;
const EVERYTHING: LedgerPeriod = { from: null, to: null };

describe('the ledger of a site', () => {
  let site: Site;
  let keyFile: string;
  let keeper: LedgerKeeper;
  beforeEach(async () => {
    site = await openSite('2026-09-14T10:00:05');
    keyFile = join(site.dir, 'ledger-key.pem');
    keeper = keeperOf(site, keyFile);
  });
  afterEach(async () => {
    await site.close();
    removeSite(site.dir);
  });

  function keeperOf(of: Site, file: string): LedgerKeeper {
    return new LedgerKeeper({
      store: of.store,
      clock: of.clock,
      registry: openRegistry(),
      logger: of.monitor.ports.logger,
      keyFile: file,
      algorithm: 'sha256',
      startOfDay: (now) => Math.floor((now + 8 * 3_600_000) / DAY_MS) * DAY_MS - 8 * 3_600_000,
    });
  }

  /** A week of lights, a root each day. */
  async function live(): Promise<void> {
    for (let n = 0; n < 20; n++)
      await site.receive(accepted(`C-${n}`, `2026-09-14T10:${String(10 + n).padStart(2, '0')}`));
    for (let day = 15; day <= 25; day++) {
      site.clock.moveTo(at(`2026-09-${day}T00:30`));
      await site.monitor.sweep.runOnce(site.clock.now());
      await keeper.runOnce();
    }
  }

  async function exported(period = EVERYTHING): Promise<string[]> {
    const key = await keeper.open();
    const lines: string[] = [];
    for await (const line of exportLedger(site.store, period, key!, site.clock.now()))
      lines.push(line.slice(0, -1));
    return lines;
  }

  function verify(lines: readonly string[], pinned: string | null = null): LedgerReport {
    const verifier = new LedgerVerifier(pinned);
    for (const line of lines) if (!verifier.take(line)) break;
    return verifier.end();
  }

  it('signs one root a day, and what it exports is good, as a whole and from any day on', async () => {
    await live();
    await keeper.runOnce();
    const whole = verify(await exported());
    expect(whole).toMatchObject({ problem: null, roots: 11 });
    // Each case turns yellow and then red.
    const [{ lights } = { lights: 0 }] = await site.store.query<{ lights: number }>(
      'SELECT COUNT(*) AS lights FROM light_change',
    );
    expect(whole.rows).toBe(Number(lights) + 11 + 1);
    const part = verify(await exported({ from: at('2026-09-22T00:00'), to: at('2026-09-24T23:59') }));
    expect(part).toMatchObject({ problem: null, roots: 3 });
  });

  it('makes its key on the first start, for its owner alone, and goes on with it after a restart', async () => {
    const key = await keeper.open();
    expect(statSync(keyFile).mode & 0o777).toBe(0o600);
    expect(readFileSync(publicKeyFileOf(keyFile), 'utf8')).toMatch(/BEGIN PUBLIC KEY/);
    expect((await keeperOf(site, keyFile).open())?.id).toBe(key?.id);
  });

  it('signs nothing with a key that is not the one in force, and says so', async () => {
    await keeper.open();
    rmSync(keyFile);
    site.clock.moveTo(at('2026-09-16T10:00'));
    expect(await keeper.runOnce()).toBeNull();
    writeFileSync(keyFile, newSigningKey().pem, { mode: 0o600 });
    expect(await keeper.runOnce()).toBeNull();
    expect(site.logged.join('')).toMatch(/does not hold the key in force/);
    chmodSync(keyFile, 0o644);
    expect(await keeper.open()).toBeNull();
    expect(site.logged.join('')).toMatch(/cannot be used/);
  });

  it('goes on under a new key for which the old one vouches', async () => {
    await live();
    const first = await openSigningKey(site.store, keyFile, 'sha256', site.clock.now());
    const second = await rotateKey(site.store, keyFile, first!, 'operator', site.clock.now());
    site.clock.moveTo(at('2026-09-26T00:30'));
    await keeper.runOnce();
    expect((await keeper.open())?.id).toBe(second.id);
    for (const pinned of [first!.id, second.id])
      expect(verify(await exported(), pinned)).toMatchObject({ problem: null, keys: [first!.id, second.id] });
    const late = await exported({ from: at('2026-09-26T00:00'), to: null });
    expect(verify(late, first!.id)).toMatchObject({ problem: null, roots: 1 });
    expect(verify(await exported(), newSigningKey().key.id).problem?.what).toMatch(/another key/);
  });

  it('finds what was changed in the tables when the day is signed, and signs nothing then', async () => {
    await live();
    const mend = 'UPDATE ledger_entry SET body = ? WHERE chain = ? AND seq = 2';
    const [row] = await site.store.query<{ chain: string; body: string }>(
      "SELECT chain, body FROM ledger_entry WHERE chain LIKE 'shard-%' AND seq = 2",
    );
    const key = (await keeper.open())!;
    // Rows under a root are found in an export; those since the last one when they are to be signed.
    await site.store.write((tx) => tx.execute(mend, ['{"to":"green"}', row!.chain]));
    expect(verify(await exported()).problem).toMatchObject({ chain: row!.chain, seq: 2 });
    await site.store.write((tx) => tx.execute(mend, [row!.body, row!.chain]));
    await site.store.write((tx) =>
      appendLedger(tx, [{ chain: 'orders', kind: 'x', at: 0, actor: null, subject: 'x', body: {} }]),
    );
    await site.store.write((tx) =>
      tx.execute("UPDATE ledger_entry SET subject = 'y' WHERE chain = 'orders'"),
    );
    await expect(signRoot(site.store, key, site.clock.now())).rejects.toThrow(LedgerBrokenError);
    site.clock.moveTo(at('2026-09-27T00:30'));
    expect(await keeper.runOnce()).toBeNull();
    expect(site.logged.join('')).toMatch(/broken at row 1 of chain orders/);
  });

  it('finds the last row of a chain taken away, with its head set back', async () => {
    await live();
    const key = (await keeper.open())!;
    const [head] = await site.store.query<{ chain: string; seq: number }>(
      "SELECT chain, seq FROM ledger_head WHERE chain LIKE 'shard-%' AND seq > 2",
    );
    await site.store.write(async (tx) => {
      await tx.execute('DELETE FROM ledger_entry WHERE chain = ? AND seq = ?', [head!.chain, head!.seq]);
      await tx.execute(
        'UPDATE ledger_head SET seq = seq - 1, hash = (SELECT hash FROM ledger_entry e WHERE e.chain = ledger_head.chain AND e.seq = ledger_head.seq - 1) WHERE chain = ?',
        [head!.chain],
      );
    });
    expect(verify(await exported()).problem?.what).toMatch(/missing/);
    await expect(signRoot(site.store, key, site.clock.now())).rejects.toThrow(/not its last row/);
  });

  it('says which rules are in force, once, and again when others are', async () => {
    const said = async (): Promise<string[]> =>
      (
        await site.store.query<{ body: string }>(
          "SELECT body FROM ledger_entry WHERE chain = 'rules' ORDER BY seq",
        )
      ).map(({ body }) => (JSON.parse(body) as { rulesetDigest: string }).rulesetDigest);
    const first = site.monitor.rules.current;
    await recordRules(site.store, first, site.clock.now());
    await recordRules(site.store, first, site.clock.now());
    expect(await said()).toEqual([first.rulesetDigest]);
    site.writeRuleset(rulesetText('15wd'));
    await site.monitor.followRules();
    const second = site.monitor.rules.current;
    expect(second.rulesetDigest).not.toBe(first.rulesetDigest);
    expect(await said()).toEqual([first.rulesetDigest, second.rulesetDigest]);
  });
});
