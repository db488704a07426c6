import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openStore } from '@mingjian/store';
import { runProduct, MAPPING, SAMPLE, type Outcome } from './product';

describe('replay and rebuild', () => {
  let dir: string;
  const env = {
    MINGJIAN_RULESETS: join(SAMPLE, 'ruleset-carried.yaml'),
    MINGJIAN_CALENDARS: join(SAMPLE, 'calendar.yaml'),
  };
  const call = (...args: string[]): Promise<Outcome> => runProduct([...args, '--data-dir', dir], { env });
  beforeAll(async () => {
    dir = mkdtempSync(join(tmpdir(), 'mingjian-replay-test-'));
    const imported = await call(
      'import',
      join(SAMPLE, 'wabo-receipt-events.csv.gz'),
      '--mapping',
      MAPPING,
      '--judge',
    );
    if (imported.code !== 0) throw new Error(imported.err);
  });
  afterAll(() => rmSync(dir, { recursive: true }));

  it('folds the log again into what is in use', async () => {
    const { code, out } = await call('replay', '--json');
    const told = JSON.parse(out) as { inUse: object; replayed: object; isSame: boolean };
    expect(told.replayed).toEqual(told.inUse);
    expect(told.isSame).toBe(true);
    expect(code).toBe(0);
  });

  it('names the case that says something else, and a rebuild mends it and keeps the old store', async () => {
    const store = await openStore({ file: join(dir, 'store.db') });
    const ledger = `SELECT chain, seq, hash FROM ledger_entry WHERE chain <> 'store' ORDER BY chain, seq`;
    const written = await store.query(ledger);
    expect(written.length).toBeGreaterThan(1000);
    await store.write((tx) =>
      tx.execute("DELETE FROM step_event WHERE case_no = 'case-10011' AND type = 'case.accepted'"),
    );
    await store.close();
    const before = await call('replay');
    expect(before.out).toContain('differs   case-10011\n');
    expect(before.code).toBe(1);
    const rebuilt = await call('rebuild');
    expect(rebuilt.out).toMatch(/^rebuilt {3}1434 cases/);
    expect(readdirSync(dir).filter((name) => name.startsWith('store.db.before-'))).not.toEqual([]);
    expect(existsSync(join(dir, 'store.db.next'))).toBe(false);
    expect((await call('replay')).code).toBe(0);
    const again = await openStore({ file: join(dir, 'store.db') });
    expect(await again.query('SELECT id FROM outbox LIMIT 1')).toEqual([]);
    // What was written for ever is as it was; it says besides that the store was rebuilt, and what that changed.
    expect(await again.query(ledger)).toEqual(written);
    const [said] = await again.query<{ body: string }>("SELECT body FROM ledger_entry WHERE chain = 'store'");
    const { before: wrong, after } = JSON.parse(said!.body) as Record<string, { verdicts: string }>;
    expect(wrong!.verdicts).not.toBe(after!.verdicts);
    expect((await call('ledger', 'root')).code).toBe(0);
    await again.close();
  });
});
