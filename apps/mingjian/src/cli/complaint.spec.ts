import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { runCli } from './program';

const HEAD =
  '工单编号,问题类型,被投诉单位,标题,主要诉求,登记时间,转办时间,答复时间,答复内容,办结时间,认定结果,满意度,投诉人,联系电话';
const ANSWERED =
  'W-1,服务态度,housing,窗口态度,请核查,2026-09-14 09:00,2026-09-14 10:00,2026-09-17 16:00,已致歉,2026-09-18 10:00,有效投诉,满意,张三,13800138000';
const OPEN = 'W-2,超时办理,housing,超期,请尽快办结,2026-09-15 09:00,2026-09-15 10:00,,,,,,,';

/* What this spec guarantees: a hotline's export is taken row by row, once, with the instants at which things happened; a bad row is
   told with its place and its field, and stops no other. */
describe('mingjian complaint', () => {
  let dir: string;
  beforeAll(async () => {
    dir = mkdtempSync(join(tmpdir(), 'mingjian-complaint-'));
    await run('user', 'add', 'li', '--role', 'inspector');
    await run('user', 'add', 'wang', '--role', 'department-head', '--department', 'housing');
  }, 60_000);
  afterAll(() => rmSync(dir, { recursive: true }));

  const run = async (...args: string[]): Promise<{ code: number; out: string; err: string }> => {
    const said = { out: '', err: '' };
    const code = await runCli([...args, '--data-dir', dir], {
      stdin: Readable.from([]),
      out: async (text) => void (said.out += text),
      err: (text) => void (said.err += text),
      now: () => Date.parse('2026-09-28T10:00:00+08:00'),
    });
    return { code, ...said };
  };
  const importing = (name: string, ...rows: string[]) => {
    const path = join(dir, name);
    writeFileSync(path, [HEAD, ...rows].join('\n'));
    return run('complaint', 'import', '--file', path, '--source', 'hotline', '--by', 'li');
  };

  it('imports what has happened with its own instants, and nothing twice', async () => {
    expect(await importing('a.csv', ANSWERED, OPEN)).toMatchObject({
      code: 0,
      err: '',
      out: '2 rows with something new, 0 known already, 0 refused\n',
    });
    expect((await importing('a.csv', ANSWERED, OPEN)).out).toBe(
      '0 rows with something new, 2 known already, 0 refused\n',
    );
    const listed = (await run('complaint', 'list', '--by', 'li')).out.trimEnd().split('\n');
    expect(listed[0]).toMatch(/^2 +handling +red +housing/);
    expect(listed[1]).toMatch(/^1 +closed +green +housing/);
    // The next export knows more of the second one: it was answered in time.
    const more = OPEN.replace(',,,,,,,', ',2026-09-18 16:00,已办结,,,,,');
    expect((await importing('b.csv', ANSWERED, more)).out).toBe(
      '1 rows with something new, 1 known already, 0 refused\n',
    );
    const shown = await run('complaint', 'show', '2', '--by', 'wang', '--json');
    expect(JSON.parse(shown.out)).toMatchObject({ complaint: { state: 'replied' } });
    expect(shown.out).not.toContain('W-2');
  });

  it('tells of each bad row what was expected, without what a person wrote, and takes the others', async () => {
    const { code, err, out } = await importing(
      'bad.csv',
      'W-3,服务态度,housing,窗口态度,请核查,昨天,,,,,,,,',
      'W-4,喜欢,housing,窗口态度,请核查,2026-09-14 09:00,,,,,,,,',
      'W-5,服务态度,nobody,窗口态度,请核查,2026-09-14 09:00,,,,,,,,',
      'W-6,服务态度,housing,窗口态度,请核查,2026-09-14 09:00,,2026-09-15 09:00,,,,,,',
      'W-7,服务态度,housing,窗口态度,请核查,2026-12-14 09:00,,,,,,,,',
      'W-8,服务态度,housing,窗口态度,请核查,2026-09-14 09:00,,,,,,,张三,电话不便告知',
      'W-9,服务态度,housing,窗口态度,请核查,2026-09-14 09:00,,,,,,,,',
      ANSWERED.replace('请核查', '另一诉求'),
    );
    expect(code).toBe(65);
    expect(out).toBe('1 rows with something new, 0 known already, 7 refused\n');
    const lines = err.trimEnd().split('\n');
    for (const [row, field] of [
      [2, '登记时间'],
      [3, '问题类型'],
      [4, 'nobody'],
      [5, '答复内容'],
      [6, 'still to come'],
      [7, '联系电话'],
      [9, 'idempotency key'],
    ] as const)
      expect(lines.find((line) => line.includes(`bad.csv:${row}`))).toContain(field);
    expect(err).not.toContain('电话不便告知');
  });

  it('takes 复查 and 复核 of a petition from their columns, once, and refuses them as a person would be', async () => {
    const head = `${HEAD},办理规则,复查申请时间,复查机关,复查申请理由,复查意见时间,复查结论,复查意见,复核申请时间,复核机关,复核申请理由,听证开始时间,听证结束时间`;
    const told = (no: string, asked: string, hearing: string): string =>
      `${no},拒不受理,housing,不予受理,请受理,2026-07-01 09:00,2026-07-02 09:00,2026-07-20 09:00,不符合条件,2026-07-21 09:00,无效投诉,,,,信访,` +
      `${asked},市局,不服,2026-08-10 09:00,维持,维持原意见,2026-08-20 09:00,市政府,不服,${hearing}`;
    const path = join(dir, 'petitions.csv');
    const rows = [
      told('P-1', '2026-07-30 09:00', '2026-09-01 09:00,2026-09-02 17:00'),
      told('P-2', '2026-08-25 09:00', ','),
      told('P-3', '2026-07-30 09:00', '2026-09-01 09:00,'),
      told('P-4', '2026-07-30 09:00', '2026-08-19 09:00,2026-08-19 17:00'),
      told('P-5', '2026-07-30 09:00', ',').replace('维持,', '很好,'),
    ];
    writeFileSync(path, [head, ...rows].join('\n'));
    const take = () => run('complaint', 'import', '--file', path, '--source', 'petitions', '--by', 'li');
    const { code, out, err } = await take();
    expect({ code, out }).toEqual({
      code: 65,
      out: '1 rows with something new, 0 known already, 4 refused\n',
    });
    const lines = err.trimEnd().split('\n');
    for (const [row, ...words] of [
      [3, '复查意见时间', 'a time not before reviewRequestedAt'],
      [4, '听证结束时间'],
      [5, '听证开始时间', 'a time not before recheckRequestedAt'],
      [6, '复查结论'],
    ] as const)
      for (const word of words)
        expect(lines.find((line) => line.includes(`petitions.csv:${row}`))).toContain(word);
    const listed = (await run('complaint', 'list', '--by', 'li', '--json')).out;
    const { complaints } = JSON.parse(listed) as { complaints: { id: number; externalNo: string }[] };
    const { id } = complaints.find(({ externalNo }) => externalNo === 'P-1')!;
    const shown = await run('complaint', 'show', String(id), '--by', 'li', '--json');
    expect(JSON.parse(shown.out)).toMatchObject({ complaint: { state: 'rechecking' } });
    // Thirty days after 21 July end on 20 August.
    const late = told('P-6', '2026-08-21 00:00', ',')
      .replace('2026-08-10', '2026-08-22')
      .replace('2026-08-20', '2026-08-23');
    writeFileSync(path, [head, rows[0], late].join('\n'));
    const again = await take();
    expect(again.out).toBe('0 rows with something new, 1 known already, 1 refused\n');
    expect(again.err).toContain('petitions.csv:3: 复查申请时间 2026-08-20T16:00:00.000Z: 复查 and 复核');
  });

  it('reads a workbook as it reads a table', async () => {
    const { default: writeXlsxFile } = await import('write-excel-file/node');
    const rows = [HEAD, ANSWERED.replaceAll('W-1', 'X-1')].map((row) => row.split(','));
    const path = join(dir, 'export.xlsx');
    await writeXlsxFile(rows).toFile(path);
    expect(
      await run('complaint', 'import', '--file', path, '--source', 'hotline', '--by', 'li'),
    ).toMatchObject({ code: 0, out: '1 rows with something new, 0 known already, 0 refused\n' });
  });

  it('is for inspectors', async () => {
    const path = join(dir, 'a.csv');
    expect((await run('complaint', 'import', '--file', path, '--source', 'h', '--by', 'wang')).code).toBe(64);
    expect((await run('complaint', 'leads', '--by', 'wang')).code).toBe(64);
  });
});
