import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { openStore } from '@mingjian/store';
import { approveMapping } from '../../../collector/src/feed/testing/approve-mapping';
import { runCli } from './program';

const MAPPING = `mapping: window
format: csv
source: urn:dept:1:window
zone: Asia/Shanghai
unmatched: ignore
events:
  - type: case.accepted
    once: true
    id: '{办件编号}/accepted'
    subject: '{办件编号}'
    time: '{受理时间}'
    data: { item: A0101 }
  - type: step.finished
    when: { field: 环节, present: true }
    id: '{办件编号}/{环节}'
    subject: '{办件编号}'
    time: '{结束时间}'
    data: { step: '{环节}' }
`;
const CSV = [
  '办件编号,受理时间,环节,结束时间',
  'A-1,2026-09-14 09:00:00,审核,2026-09-14 10:00:00',
  'A-1,2026-09-14 09:00:00,批准,soon',
  'A-2,2099-09-14 09:00:00,,',
].join('\n');

describe('mingjian import --dry-run', () => {
  let home: string;
  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), 'mingjian-dry-'));
    writeFileSync(join(home, 'window.csv'), CSV);
    writeFileSync(join(home, 'mapping.yaml'), MAPPING);
  });
  afterEach(() => rmSync(home, { recursive: true }));

  async function run(...args: string[]) {
    const said = { out: '', err: '' };
    const code = await runCli(
      ['import', join(home, 'window.csv'), '--mapping', join(home, 'mapping.yaml'), ...args],
      {
        stdin: Readable.from([]),
        out: async (text) => void (said.out += text),
        err: (text) => void (said.err += text),
        now: () => Date.parse('2026-09-20T08:00:00Z'),
      },
    );
    return { code, out: said.out.replaceAll(home, ''), err: said.err };
  }

  it('shows each record beside its events, each with the line of its rule, and writes nothing', async () => {
    const { code, out } = await run('--dry-run', '--data-dir', join(home, 'data'));
    expect(code).toBe(1);
    const lines = out.split('\n').map((line) => line.trimEnd());
    expect(lines.slice(0, 8)).toEqual([
      '/window.csv:2',
      '  办件编号  A-1                                  │ → case.accepted  A-1  2026-09-14T09:00:00.000+08:00  ← /mapping.yaml:7',
      '  受理时间  2026-09-14 09:00:00                  │     id A-1/accepted',
      '  环节  审核                                     │     item=A0101',
      '  结束时间  2026-09-14 10:00:00                  │ → step.finished  A-1  2026-09-14T10:00:00.000+08:00  ← /mapping.yaml:13',
      '                                                 │     id A-1/审核',
      '                                                 │     step=审核',
      '',
    ]);
    expect(out).toContain('✗ unmappable  ← /mapping.yaml:13');
    expect(out).toContain('结束时间: expected a time written as iso, got "soon"');
    expect(out).toContain('✗ time-in-future  ← /mapping.yaml:7');
    expect(out).toContain('records read       3\nevents             2 (1 case.accepted, 1 step.finished)\n');
    expect(out).toContain('rejects            1 unmappable, 1 time-in-future\n');
    expect(out).toContain('repeated events    1\n');
    expect(readdirSync(home).sort()).toEqual(['mapping.yaml', 'window.csv']);
  });

  it('gives programs a line for each record, and stops where it is told to', async () => {
    const { code, out } = await run('--dry-run', '--json', '--limit', '1');
    expect(code).toBe(0);
    const [first, last] = out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(first).toMatchObject({
      place: '/window.csv:2',
      record: { 办件编号: 'A-1' },
      events: [{ rule: '/mapping.yaml:7', event: { type: 'case.accepted' } }, { rule: '/mapping.yaml:13' }],
      rejects: [],
    });
    expect(last).toEqual({
      summary: {
        records: 1,
        events: 2,
        eventsByType: { 'case.accepted': 1, 'step.finished': 1 },
        rejectsByReason: {},
        ignored: 0,
        skippedRepeats: 0,
      },
    });
  });

  it('refuses a limit that is no number of records, and one without a dry run', async () => {
    expect(await run('--dry-run', '--limit', 'ten')).toMatchObject({ code: 64 });
    expect(await run('--limit', '10')).toMatchObject({ code: 64 });
  });

  it('reads by what was approved under a name, and says where nothing was', async () => {
    const approved = ['--mapping', 'approved:window', '--dry-run', '--data-dir', join(home, 'data')];
    const none = await run(...approved);
    expect([none.code, none.err]).toEqual([
      65,
      expect.stringContaining('expected a mapping window that was approved, got none of that name'),
    ]);
    const store = await openStore({ file: join(home, 'data/store.db') });
    await approveMapping(store, MAPPING.replaceAll('A0101', 'B0202'), { base: null, draft: 3, at: 0 });
    await store.close();
    const { out } = await run(...approved);
    expect(out).toContain('approved:window events.0');
    expect(out).toContain('B0202');
  });
});
