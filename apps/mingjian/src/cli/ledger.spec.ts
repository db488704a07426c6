import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { gunzipSync, gzipSync } from 'node:zlib';
import { newSigningKey } from '@mingjian/ledger';
import { appendLedger, openStore } from '@mingjian/store';
import { runCli } from './program';

const NOW = Date.parse('2026-09-25T02:00:00Z');

describe('mingjian ledger', () => {
  let dir: string;
  let file: string;
  beforeAll(async () => {
    dir = mkdtempSync(join(tmpdir(), 'mingjian-ledger-cli-'));
    file = join(dir, 'ledger.ndjson.gz');
    const store = await openStore({ file: join(dir, 'store.db') });
    for (let n = 0; n < 50; n++)
      await store.write((tx) =>
        appendLedger(tx, [
          {
            chain: `shard-${n % 3}`,
            kind: 'light.changed',
            at: NOW,
            actor: null,
            subject: `C-${n}`,
            body: { n },
          },
        ]),
      );
    await store.close();
    await run('root');
    await run('export', '--out', file);
  });
  afterAll(() => rmSync(dir, { recursive: true }));

  async function run(action: string, ...more: string[]) {
    const said = { out: '', err: '' };
    const where = action === 'verify' ? [] : ['--data-dir', dir];
    const code = await runCli(['ledger', action, ...more, ...where], {
      stdin: Readable.from([]),
      out: (text) => Promise.resolve(void (said.out += text)),
      err: (text) => (said.err += text),
      now: () => NOW,
    });
    return { code, ...said };
  }

  const publicKey = (): string => join(dir, 'ledger-key.pub.pem');
  const lines = (): string[] => gunzipSync(readFileSync(file)).toString().trimEnd().split('\n');
  function tampered(name: string, content: string | Buffer): string {
    const other = join(dir, name);
    writeFileSync(other, content);
    return other;
  }

  it('finds an untouched export good, with the key that was handed over and the root that was given', async () => {
    const { root } = JSON.parse((await run('root', '--json')).out) as { root: string };
    await run('export', '--out', file);
    const { code, out } = await run('verify', file, '--key', publicKey(), '--json');
    expect(code).toBe(0);
    const report = JSON.parse(out) as { rows: number; head: string; chains: number };
    expect(report).toMatchObject({ problem: null, chains: 3 });
    expect((await run('verify', file, '--head', report.head)).code).toBe(0);
    expect((await run('verify', file, '--head', root)).out).toMatch(/the last root is/);
  });

  it('names the first row that was changed', async () => {
    const changed = lines().map((line) => line.replace('"subject":"C-7"', '"subject":"C-8"'));
    const other = tampered('changed.gz', gzipSync(`${changed.join('\n')}\n`));
    const { code, out } = await run('verify', other);
    expect(code).toBe(1);
    expect(out).toMatch(/^NOT GOOD {2}line \d+, row 3 of chain shard-1: changed/);
  });

  it('does not take a part for the whole, however it was cut', async () => {
    const packed = readFileSync(file);
    for (const content of [
      packed.subarray(0, packed.length - 30),
      packed.subarray(0, 20),
      Buffer.alloc(0),
      gzipSync(`${lines().slice(0, -1).join('\n')}\n`),
      gzipSync(`${lines().slice(0, 10).join('\n')}\n${lines().at(-1)}\n`),
    ]) {
      const { code, out } = await run('verify', tampered('cut.gz', content));
      expect([code, out.slice(0, 8)]).toEqual([1, 'NOT GOOD']);
    }
  });

  it('does not take another key for the one given, and says how to give one', async () => {
    const { code, out } = await run('verify', file, '--key', newSigningKey().key.publicKey);
    expect(code).toBe(1);
    expect(out).toMatch(/signed by another key/);
    expect(await run('verify', file, '--key', 'nonsense')).toMatchObject({
      code: 64,
      err: expect.stringMatching(/--key takes/) as string,
    });
    expect(await run('verify', join(dir, 'none.gz'))).toMatchObject({ code: 65 });
  });

  it('goes on after a new key, and the first key still vouches for all', async () => {
    const first = tampered('first.pem', readFileSync(publicKey()));
    expect((await run('rotate', '--actor', 'operator-1')).code).toBe(0);
    await run('export', '--out', file);
    expect((await run('verify', file, '--key', first)).code).toBe(0);
    expect((await run('verify', file, '--key', publicKey())).code).toBe(0);
  });

  it('says that the store was tampered with, and exports and signs nothing then', async () => {
    const store = await openStore({ file: join(dir, 'store.db') });
    await store.write(async (tx) => {
      await appendLedger(tx, [
        { chain: 'orders', kind: 'order.issued', at: NOW, actor: null, subject: 'O-1', body: {} },
      ]);
      await tx.execute("UPDATE ledger_entry SET actor = 'nobody' WHERE chain = 'orders'");
    });
    await store.close();
    const { code, out } = await run('root');
    expect(code).toBe(1);
    expect(out).toMatch(/row 1 of chain orders: changed/);
    expect((await run('export', '--out', join(dir, 'none.gz'))).code).toBe(1);
    expect(() => readFileSync(join(dir, 'none.gz'))).toThrow();
  });
});
