import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { runCli } from './program';

/* What this spec guarantees: orders, appeals and cards at the command line, on the store that the daemon uses. */
describe('mingjian order, appeal and card', () => {
  let dir: string;
  beforeAll(async () => {
    dir = mkdtempSync(join(tmpdir(), 'mingjian-order-'));
    await run('user', 'add', 'li', '--role', 'inspector');
    await run('user', 'add', 'wang', '--role', 'department-head', '--department', 'housing');
  });
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
  const file = (name: string, text: string): string => {
    const path = join(dir, name);
    writeFileSync(path, text);
    return path;
  };

  it('issues an order by an inspector, takes the reply of its department, and prints both', async () => {
    const content = file(
      'order.yaml',
      'department: housing\ntitle: 逾期办件督办\ncontent: 请说明原因\nbasis: 行政许可法第四十二条\n',
    );
    expect((await run('order', 'list')).out).toBe('no orders\n');
    const issued = await run('order', 'issue', '--file', content, '--by', 'li', '--key', 'k1');
    expect(issued).toMatchObject({ code: 0, err: '' });
    expect(issued.out).toContain('督办〔2026〕1号  待反馈  逾期办件督办\nid 1  version 1  light green');
    expect((await run('order', 'issue', '--file', content, '--by', 'li', '--key', 'k1')).out).toBe(
      issued.out,
    );
    const reply = file(
      'reply.yaml',
      'version: 1\nact: { type: replied, cause: 人手不足, measures: 增派两人 }\n',
    );
    const wrong = await run('order', 'act', '1', '--file', reply, '--by', 'li');
    expect(wrong).toMatchObject({ code: 64 });
    expect((await run('order', 'act', '1', '--file', reply, '--by', 'wang')).out).toContain('待核实');
    expect((await run('order', 'list')).out).toMatch(
      /^1 +awaiting-verification +green +housing .* 督办〔2026〕1号/,
    );
    expect((await run('order', 'print', '1')).out).toContain('<h1>效能监察督办单</h1>');
    expect((await run('order', 'receipt', '1')).out).toContain('增派两人');
    const shown = JSON.parse((await run('order', 'show', '1', '--json')).out) as {
      order: { version: number };
    };
    expect(shown.order.version).toBe(2);
  });

  it('names file, field and what is expected, and who may act', async () => {
    const bad = file('bad.yaml', 'department: housing\ncolour: pink\ntitle: 题\ncontent: 文\nbasis: 据\n');
    const { code, err } = await run('order', 'issue', '--file', bad, '--by', 'li');
    expect(code).toBe(65);
    expect(err).toMatch(/bad\.yaml.*colour.*blue, orange, red/);
    expect((await run('order', 'issue', '--file', bad)).err).toContain('--by ACCOUNT');
    expect((await run('order', 'show', '9')).err).toContain('there is no order 9');
    expect((await run('order', 'fly')).err).toContain('the actions are');
    expect((await run('card', 'list')).out).toBe('no cards\n');
    expect((await run('appeal', 'list', '--state', 'x')).err).toContain('--state: one of filed');
    const figures = await run('appeal', 'statistics', '--since', '2026-09-01', '--until', '2026-09-30');
    expect(figures.out).toMatch(/^department +light +gross +upheld +withdrawn +net/);
  });
});
