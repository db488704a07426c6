import { existsSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync, mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import Database from 'libsql';
import { SystemClock } from '@mingjian/runtime';
import { openStore } from '@mingjian/store';
import { approveMapping } from '../../../collector/src/feed/testing/approve-mapping';
import { runCli } from './program';

const EXAMPLES = join(__dirname, '../../../../feeds');

const clock = new SystemClock();

describe('mingjian feed', () => {
  let home: string;
  let out: string;
  let err: string;
  beforeEach(() => (home = mkdtempSync(join(tmpdir(), 'mingjian-feed-cli-'))));
  afterEach(() => rmSync(home, { recursive: true }));

  async function feed(...args: string[]): Promise<number> {
    [out, err] = ['', ''];
    return runCli(['feed', ...args, '--feeds', join(home, 'feeds'), '--data-dir', join(home, 'data')], {
      stdin: Readable.from([]),
      out: async (text) => void (out += text),
      err: (text) => (err += text),
      now: () => clock.now(),
    });
  }
  const json = <T>() => JSON.parse(out) as T;

  /** The example documents, as a newcomer would change them. */
  function connect(): Database.Database {
    mkdirSync(join(home, 'feeds/mappings'), { recursive: true });
    const mapping = readFileSync(join(EXAMPLES, 'mappings/exchange-view.yaml'));
    writeFileSync(join(home, 'feeds/mappings/exchange-view.yaml'), mapping);
    const table = readFileSync(join(EXAMPLES, 'housing-table.yaml'), 'utf8')
      .replace('enabled: false', 'enabled: true')
      .replace(/driver: .*/, 'driver: sqlite')
      .replace(/url: .*/, 'url: ../exchange.db')
      .replace(/ {2}passwordFile: .*\n/, '');
    writeFileSync(join(home, 'feeds/housing-table.yaml'), table);
    const database = new Database(join(home, 'exchange.db'));
    database.exec(
      'CREATE TABLE V_BANJIAN (YWLSH TEXT, SJBBH INTEGER, SXBM TEXT, SLSJ TEXT, BJSJ TEXT, BJJGDM TEXT, BLRGH TEXT, RKSJ TEXT)',
    );
    const insert = database.prepare('INSERT INTO V_BANJIAN VALUES (?, 1, ?, ?, ?, ?, ?, ?)');
    insert.run('C-1', 'A0101', '2026-09-14 10:00:00', null, null, '0417', '2026-09-14 10:00:05');
    insert.run(
      'C-2',
      'A0101',
      '2026-09-14 11:00:00',
      '2026-09-15 09:00:00',
      '1',
      '0417',
      '2026-09-15 09:00:05',
    );
    return database;
  }

  it('connects a department with the example documents: list, run once, show', async () => {
    connect().close();
    expect(await feed('list')).toBe(0);
    expect(out).toMatch(/housing-table +table +never run/);
    expect(await feed('run-once', 'housing-table', '--json')).toBe(0);
    expect(json()).toEqual({ feed: 'housing-table', outcome: 'done', changed: 2, waiting: 0 });
    expect(await feed('show', 'housing-table', '--json')).toBe(0);
    expect(json()).toMatchObject({ records: 2, events: 3, rejects: 0, failures: 0, state: 'not run' });
    expect(await feed('run-once', 'housing-table')).toBe(0);
    expect(out).toBe('feed housing-table, outcome done, changed 0, waiting 0\n');
  });

  it('reads with what was approved, and says with what it reads', async () => {
    connect().close();
    const file = join(home, 'feeds/mappings/exchange-view.yaml');
    const before = readFileSync(file, 'utf8');
    await feed('run-once', 'housing-table');
    await feed('show', 'housing-table', '--json');
    expect(json()).toMatchObject({ mapping: { mapping: 'exchange-view', origin: 'file' } });
    const changed = before.replace(/^version: .*$/m, "version: '2'");
    const store = await openStore({ file: join(home, 'data/store.db') });
    await approveMapping(store, changed, { base: before, draft: 5, at: clock.now() });
    await store.close();
    expect(await feed('run-once', 'housing-table')).toBe(0);
    await feed('show', 'housing-table', '--json');
    expect(json()).toMatchObject({ mapping: { mapping: 'exchange-view', origin: 'approved', draft: 5 } });
    writeFileSync(file, before.replace(/^version: .*$/m, "version: '3'"));
    expect(await feed('run-once', 'housing-table')).toBe(65);
    expect(err).toContain(
      'nothing other than version 2 of exchange-view, approved for use, got another content of version 3',
    );
  });

  it('pauses, resumes, and reads a period again when it is asked to', async () => {
    connect().close();
    expect(await feed('pause', 'housing-table')).toBe(0);
    expect(out).toBe('feed housing-table: paused\n');
    expect(await feed('run-once', 'housing-table', '--json')).toBe(1);
    expect(json()).toMatchObject({ outcome: 'paused' });
    expect(await feed('resume', 'housing-table')).toBe(0);
    const period = ['--from', '2026-09-14', '--until', '2026-09-15T00:00:00+08:00'];
    expect(await feed('backfill', 'housing-table', ...period, '--json')).toBe(0);
    expect(json()).toMatchObject({
      request: { from: '2026-09-14 00:00:00.000', until: '2026-09-15 00:00:00.000' },
    });
    expect(await feed('run-once', 'housing-table', '--json')).toBe(0);
    expect(await feed('show', 'housing-table', '--json')).toBe(0);
    expect(json()).toMatchObject({ request: null });
    await feed('backfill', 'housing-table', ...period);
    expect(out).toBe(
      'feed housing-table: not run; its next run reads 2026-09-14 00:00:00.000 until 2026-09-15 00:00:00.000 again\n',
    );
  });

  it('says what may lie in the folder of documents where a mapping lies there', async () => {
    connect().close();
    const mapping = readFileSync(join(home, 'feeds/mappings/exchange-view.yaml'));
    writeFileSync(join(home, 'feeds/exchange-view.yaml'), mapping);
    expect(await feed('list')).toBe(65);
    expect(err).toMatch(
      /exchange-view.yaml:\d+: kind: expected one of table, folder, topic, http, got nothing — .*put mappings into a folder below it/,
    );
  });

  it('says what is expected where a member may be one or many', async () => {
    connect().close();
    const document = join(home, 'feeds/housing-table.yaml');
    writeFileSync(document, readFileSync(document, 'utf8').replace('columns: [RKSJ]', 'column: RKSJ'));
    expect(await feed('list')).toBe(65);
    expect(err).toContain('watermark.columns: expected a text, or a list of texts, got nothing');
  });

  it('tells a trouble of the source, with exit 1, and never the password', async () => {
    connect().close();
    const document = join(home, 'feeds/housing-table.yaml');
    const server = 'driver: mariadb\n  url: mariadb://reader:${MINGJIAN_TEST_PASSWORD}@127.0.0.1:9/exchange';
    writeFileSync(document, readFileSync(document, 'utf8').replace(/driver: sqlite.*\n.*url: .*/, server));
    process.env.MINGJIAN_TEST_PASSWORD = 's3cret-word';
    expect(await feed('run-once', 'housing-table')).toBe(1);
    expect(out + err).toContain('ECONNREFUSED');
    expect(await feed('list')).toBe(1);
    expect(out).toContain('failing');
    expect(await feed('show', 'housing-table', '--json')).toBe(1);
    expect(out + err).not.toContain('s3cret-word');
    delete process.env.MINGJIAN_TEST_PASSWORD;
  });

  it('tells every fault of a document with its line', async () => {
    connect().close();
    const document = join(home, 'feeds/housing-table.yaml');
    const text = readFileSync(document, 'utf8')
      .replace('overlap: 10m', 'overlap: ten minutes')
      .replace('url: ../exchange.db', 'url: mariadb://reader:secret@host/db')
      .replace('table: V_BANJIAN', 'table: V_BANJIAN; DROP TABLE X');
    writeFileSync(document, text);
    expect(await feed('list')).toBe(65);
    expect(err).not.toContain('secret');
    const lineOf = (what: string): number => text.split('\n').findIndex((line) => line.includes(what)) + 1;
    expect(err).toContain(
      `housing-table.yaml:${lineOf('overlap:')}: overlap: expected a length of time with its unit`,
    );
    expect(err).toContain(
      `housing-table.yaml:${lineOf('url:')}: database.url: expected an address without a password`,
    );
    expect(err).toContain(
      `housing-table.yaml:${lineOf('table: V')}: table: expected the name of a table or view`,
    );
  });

  it('tells what is wrong with a command', async () => {
    connect().close();
    expect([await feed('run-once', 'other'), err]).toEqual([64, expect.stringContaining('housing-table')]);
    expect([await feed('start', 'housing-table'), err]).toEqual([64, expect.stringContaining('backfill')]);
    expect(await feed('backfill', 'housing-table', '--from', '2026-09-14')).toBe(64);
    expect(await feed('backfill', 'housing-table', '--from', 'soon', '--until', 'later')).toBe(64);
  });

  it('reads a folder, and tells of its files', async () => {
    connect().close();
    mkdirSync(join(home, 'drop'));
    const document = readFileSync(join(EXAMPLES, 'housing-drop.yaml'), 'utf8')
      .replace('enabled: false', 'enabled: true')
      .replace(/folder: \/.*/, 'folder: ../drop');
    writeFileSync(join(home, 'feeds/housing-drop.yaml'), document);
    const file = join(home, 'drop/a.csv');
    writeFileSync(file, 'YWLSH,SXBM,SLSJ,BJSJ,BJJGDM,BLRGH\nC-1,A0101,2026-09-14 10:00:00,,,0417\n');
    utimesSync(file, 1_750_000_000, 1_750_000_000);
    expect(await feed('run-once', 'housing-drop', '--json')).toBe(0);
    expect(existsSync(join(home, 'drop/done/a.csv'))).toBe(true);
    expect(await feed('show', 'housing-drop', '--json')).toBe(0);
    expect(json()).toMatchObject({
      files: [{ name: 'a.csv', state: 'done', records: 1, events: 1, rejects: 0 }],
    });
  });

  it('has examples that can all be used as they are', async () => {
    [out, err] = ['', ''];
    const io = {
      stdin: Readable.from([]),
      out: async (text: string) => void (out += text),
      err: (text: string) => (err += text),
    };
    const args = ['feed', 'list', '--json', '--feeds', EXAMPLES, '--data-dir', join(home, 'data')];
    expect([await runCli(args, { ...io, now: () => clock.now() }), err]).toEqual([0, '']);
    expect(
      json<{ feeds: { kind: string; state: string }[] }>().feeds.map(({ kind, state }) => [kind, state]),
    ).toEqual([
      ['folder', 'disabled'],
      ['http', 'disabled'],
      ['table', 'disabled'],
      ['topic', 'disabled'],
    ]);
  });
});
