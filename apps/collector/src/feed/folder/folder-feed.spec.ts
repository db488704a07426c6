import { existsSync, mkdirSync, readdirSync, statSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { strToU8, zipSync } from 'fflate';
import { TOPICS } from '@mingjian/contracts';
import type { EventLog } from '@mingjian/log';
import { listFeedStates, requestOfFeed } from '@mingjian/store';
import { TestClock } from '../../../../../libs/runtime/src/testing/test-clock';
import { EXCHANGE_MAPPING } from '../testing/exchange-table';
import { Publisher } from '../../intake/publish';
import { FeedSite } from '../testing/feed-site';
import { RejectFile } from './reject-file';

const AT = Date.parse('2026-09-14T10:00:00+08:00');
const HEADER = 'YWLSH,SLSJ,BJSJ,BLR';
const FEED = `
feed: housing-drop
kind: folder
mapping: mapping.yaml
folder: drop
settled: 10s
batch: 10
`;

describe('a feed of a drop folder', () => {
  let site: FeedSite;
  let clock: TestClock;
  beforeEach(async () => {
    clock = new TestClock(AT);
    site = await FeedSite.open(clock);
    mkdirSync(join(site.home, 'drop'));
    site.write('mapping.yaml', EXCHANGE_MAPPING);
    site.write('feed.yaml', FEED);
  });
  afterEach(() => site.dispose());

  /** Puts a file into the folder; `age`: seconds since it was last written. */
  function drop(name: string, text: string, age = 60): void {
    site.write(join('drop', name), text);
    touch(name, age);
  }
  function touch(name: string, age: number): void {
    utimesSync(join(site.home, 'drop', name), clock.now() / 1000, clock.now() / 1000 - age);
  }
  const row = (no: string): string => `${no},2026-09-14 09:00:00,,0417`;
  const csv = (...nos: string[]): string => [HEADER, ...nos.map(row), ''].join('\n');
  const files = (folder = ''): string[] => readdirSync(join(site.home, 'drop', folder)).sort();
  const ids = async (): Promise<string[]> =>
    [...(await site.published()).events.values()].map(({ id }) => id).sort();

  it('reads files in order of their names, and moves them to done', async () => {
    drop('b.csv', csv('C-2'));
    drop('a.csv', csv('C-1'));
    drop('notes.txt', 'not for us');
    const runner = site.runner('feed.yaml');
    expect(await runner.runOnce('housing-drop')).toMatchObject({ outcome: 'done', changed: 2, waiting: 0 });
    expect(await ids()).toEqual(['C-1/accepted', 'C-2/accepted']);
    expect([files(), files('done')]).toEqual([
      ['done', 'notes.txt'],
      ['a.csv', 'b.csv'],
    ]);
  });

  it('leaves a file alone that somebody still writes, and one that was renamed from .part is read when it has settled', async () => {
    drop('a.csv', csv('C-1'), 3);
    drop('b.csv.part', csv('C-2'));
    const runner = site.runner('feed.yaml');
    expect(await runner.runOnce('housing-drop')).toMatchObject({ outcome: 'done', waiting: 1 });
    clock.moveTo(AT + 5_000);
    drop('a.csv', csv('C-1', 'C-3'), 0);
    expect(await runner.runOnce('housing-drop')).toMatchObject({ waiting: 1 });
    clock.moveTo(AT + 15_000);
    await runner.runOnce('housing-drop');
    expect(await ids()).toEqual(['C-1/accepted', 'C-3/accepted']);
    expect(files()).toEqual(['b.csv.part', 'done']);
  });

  it('sees that a file has settled also where its times come from a clock that is ahead', async () => {
    drop('a.csv', csv('C-1'), -86_400);
    const runner = site.runner('feed.yaml');
    await runner.runOnce('housing-drop');
    expect(await ids()).toEqual([]);
    clock.moveTo(AT + 10_000);
    await runner.runOnce('housing-drop');
    expect(await ids()).toEqual(['C-1/accepted']);
  });

  it('reads no content twice, whatever its name, and overwrites nothing that was moved', async () => {
    drop('a.csv', csv('C-1'));
    const runner = site.runner('feed.yaml');
    await runner.runOnce('housing-drop');
    drop('again.csv', csv('C-1'));
    drop('a.csv', csv('C-2'));
    expect(await runner.runOnce('housing-drop')).toMatchObject({ changed: 1 });
    expect((await site.published()).repeats).toBe(0);
    expect(files('done')).toEqual([expect.stringMatching(/^a-[0-9a-f]{12}\.csv$/), 'a.csv', 'again.csv']);
  });

  it('lists what could not be used beside the file, with line and reason', async () => {
    drop('a.csv', `${HEADER}\n${row('C-1')}\n=HYPERLINK(1),soon,,\n${row('C-3')},extra\n${row('C-2')}\n`);
    const runner = site.runner('feed.yaml');
    await runner.runOnce('housing-drop');
    expect(await ids()).toEqual(['C-1/accepted', 'C-2/accepted']);
    const lines = site.read('drop/done/a.csv.rejects.csv').split('\r\n');
    expect(lines[0]).toBe('\uFEFFline,reason,field,expected,got,hint');
    expect(lines[1]).toMatch(/^"3","unmappable","SLSJ","a time written as/);
    expect(lines[2]).toMatch(/^"4","malformed","","4 columns, as in the header","5"/);
    expect((await site.published()).rejected).toEqual(
      expect.arrayContaining(['a.csv:3', 'a.csv:4']) as string[],
    );
  });

  it('moves a file to failed that cannot be used as a whole, says why beside it, and goes on with the next', async () => {
    drop('a.csv', 'NO,OTHER\n1,2\n');
    drop('b.csv', csv('C-1'));
    const runner = site.runner('feed.yaml');
    expect(await runner.runOnce('housing-drop')).toMatchObject({ outcome: 'done', waiting: 0 });
    expect(files('failed')).toEqual(['a.csv', 'a.csv.rejects.csv']);
    expect(site.read('drop/failed/a.csv.rejects.csv')).toContain('"YWLSH","a column of this name');
    expect(await ids()).toEqual(['C-1/accepted']);
  });

  it.each([
    ['of no bytes', ''],
    ['of blank lines', ' \n\r\n'],
  ])(
    'takes a file %s for a broken one, not for a day without cases, and says so each time',
    async (_, text) => {
      drop('a.csv', text);
      const runner = site.runner('feed.yaml');
      expect(await runner.runOnce('housing-drop')).toMatchObject({ outcome: 'done', changed: 0, waiting: 0 });
      expect(files('failed')).toEqual(['a.csv', 'a.csv.rejects.csv']);
      expect(site.read('drop/failed/a.csv.rejects.csv')).toContain(
        '"a header line, or at least one record","an empty file","an empty file does not prove that there was nothing to send',
      );
      drop('b.csv', text);
      await runner.runOnce('housing-drop');
      expect(files('failed')).toEqual(['a.csv', 'a.csv.rejects.csv', 'b.csv', 'b.csv.rejects.csv']);
      expect(site.lines.filter((line) => line.includes('A file cannot be used.'))).toHaveLength(2);
    },
  );

  it('takes a file with its header alone for a day without cases', async () => {
    drop('a.csv', `${HEADER}\n`);
    await site.runner('feed.yaml').runOnce('housing-drop');
    expect([files(), files('done')]).toEqual([['done'], ['a.csv']]);
  });

  it('reads a file that failed once more when the mapping was mended and the file is put back', async () => {
    drop('a.csv', csv('C-1'));
    site.write('mapping.yaml', EXCHANGE_MAPPING.replaceAll('SLSJ', 'SLRQ'));
    const runner = site.runner('feed.yaml');
    await runner.runOnce('housing-drop');
    await runner.stop();
    expect(files('failed')).toContain('a.csv');
    site.write('mapping.yaml', EXCHANGE_MAPPING);
    drop('a.csv', csv('C-1'));
    await site.runner('feed.yaml').runOnce('housing-drop');
    expect(await ids()).toEqual(['C-1/accepted']);
  });

  it('keeps what it had listed of a file that turns out to be unusable further on', async () => {
    const text = `${HEADER}\n${Array.from({ length: 10 }, () => 'broken').join('\n')}\n${row('C-1')}\n`;
    writeBytes(
      'a.csv',
      Buffer.concat([Buffer.from(text.padEnd(70_000, '\n')), Buffer.from([0xff, 0xfe, 0x0a])]),
    );
    await site.runner('feed.yaml').runOnce('housing-drop');
    const lines = site.read('drop/failed/a.csv.rejects.csv').trim().split('\r\n');
    expect(lines).toHaveLength(12);
    expect(lines[11]).toContain('text in utf-8');
  });

  it('reads a workbook by the same rules', async () => {
    site.write('feed.yaml', `${FEED}files: '*.xlsx'\n`);
    site.write('mapping.yaml', EXCHANGE_MAPPING.replace('format: csv', 'format: xlsx'));
    site.write('drop/a.xlsx', '');
    const cells = [HEADER, row('C-1'), row('C-2')].map((line) => line.split(','));
    writeBytes('a.xlsx', workbook(cells));
    await site.runner('feed.yaml').runOnce('housing-drop');
    expect(await ids()).toEqual(['C-1/accepted', 'C-2/accepted']);
  });

  it('stops within a file when it must, and goes on behind the last record that it noted', async () => {
    const nos = Array.from({ length: 35 }, (_, n) => `C-${String(n).padStart(2, '0')}`);
    drop('a.csv', `${csv(...nos.slice(0, 12))}broken\n${nos.slice(12).map(row).join('\n')}\n`);
    const first = site.runner('feed.yaml', { owner: 'first', publisher: failingAfter(2) });
    expect(await first.runOnce('housing-drop')).toMatchObject({ outcome: 'failed' });
    await first.stop();
    expect((await listFeedStates(site.store))[0]).toMatchObject({ records: 20, events: 19, rejects: 1 });
    expect(files()).toContain('a.csv');
    const second = site.runner('feed.yaml', { owner: 'second' });
    expect(await second.runOnce('housing-drop')).toMatchObject({ outcome: 'done', changed: 16 });
    const { events, repeats } = await site.published();
    expect([events.size, repeats]).toEqual([35, 0]);
    expect(site.read('drop/done/a.csv.rejects.csv').trim().split('\r\n')).toHaveLength(2);
  });

  it('reads a file again that an operator puts back after a backfill of its day', async () => {
    drop('a.csv', csv('C-1'));
    const runner = site.runner('feed.yaml');
    await runner.runOnce('housing-drop');
    const request = { from: new Date(AT - 1000).toISOString(), until: new Date(AT + 1000).toISOString() };
    await site.store.write((tx) => requestOfFeed(tx, 'housing-drop', JSON.stringify(request)));
    drop('a.csv', csv('C-1'));
    expect(await runner.runOnce('housing-drop')).toMatchObject({ changed: 1 });
    expect((await site.published()).repeats).toBe(1);
    expect(existsSync(join(site.home, 'drop/a.csv'))).toBe(false);
  });

  it('writes no cell that a spreadsheet would take for a formula', async () => {
    const list = new RejectFile(join(site.home, 'list.csv'), 0);
    const quarantine = {
      reason: 'malformed' as const,
      field: '=cmd()',
      expected: '+1',
      got: '@x',
      hint: '"',
    };
    await list.add([{ line: null, quarantine }]);
    const [, line] = site.read('list.csv').split('\r\n');
    expect(line).toBe(['""', '"malformed"', `"'=cmd()"`, `"'+1"`, `"'@x"`, '""""'].join(','));
  });

  it('writes lists of rejects for its group only', async () => {
    drop('a.csv', `${HEADER}\nbroken\n`);
    await site.runner('feed.yaml').runOnce('housing-drop');
    expect(statSync(join(site.home, 'drop/done/a.csv.rejects.csv')).mode & 0o007).toBe(0);
  });

  function writeBytes(name: string, bytes: Uint8Array): void {
    site.writeBytes(join('drop', name), bytes);
    touch(name, 60);
  }

  /** A publisher that works so many times, as one does whose brokers then go away. */
  function failingAfter(times: number): Publisher {
    let left = times;
    const { log } = site;
    const append: EventLog['append'] = async (topic, records) => {
      if (topic === TOPICS.stepEvents && left-- <= 0) throw new Error('the brokers are away');
      return log.append(topic, records);
    };
    return new Publisher({ append } as EventLog, 500, null);
  }
});

/** The least that a workbook needs, with texts in its cells. */
function workbook(rows: string[][]): Uint8Array {
  const sheet = rows
    .map(
      (cells, r) =>
        `<row r="${r + 1}">${cells
          .map(
            (text, c) =>
              `<c r="${String.fromCharCode(65 + c)}${r + 1}" t="inlineStr"><is><t>${text}</t></is></c>`,
          )
          .join('')}</row>`,
    )
    .join('');
  const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
  const rel = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
  const pack = 'http://schemas.openxmlformats.org/package/2006';
  return zipSync({
    '[Content_Types].xml': strToU8(`<Types xmlns="${pack}/content-types"/>`),
    '_rels/.rels': strToU8(
      `<Relationships xmlns="${pack}/relationships"><Relationship Id="r1" Type="${rel}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    ),
    'xl/workbook.xml': strToU8(
      `<workbook xmlns="${main}" xmlns:r="${rel}"><sheets><sheet name="办件" sheetId="1" r:id="r1"/></sheets></workbook>`,
    ),
    'xl/_rels/workbook.xml.rels': strToU8(
      `<Relationships xmlns="${pack}/relationships"><Relationship Id="r1" Type="${rel}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
    ),
    'xl/worksheets/sheet1.xml': strToU8(
      `<worksheet xmlns="${main}"><sheetData>${sheet}</sheetData></worksheet>`,
    ),
  });
}
