import { join } from 'node:path';
import { Readable } from 'node:stream';
import { runCli } from './program';

const CN = join(__dirname, '../../../../rulesets/calendars/cn.yaml');

async function run(args: string[], input = '') {
  const said = { out: '', err: '' };
  const code = await runCli(['due', '--calendar', CN, ...args], {
    stdin: Readable.from([input]),
    out: (text) => Promise.resolve(void (said.out += text)),
    err: (text) => (said.err += text),
    now: () => 0,
  });
  return { code, ...said };
}

describe('mingjian due beyond the published calendar', () => {
  const LATE = ['--from', '2026-12-29T10:00', '--limit', '5wd'];

  it('says between which instants the answer may come to lie', async () => {
    expect((await run(LATE)).out).toBe(
      '2027-01-05T23:59:59.999+08:00  (provisional: beyond the published calendar; between 2027-01-03T23:59:59.999+08:00 and 2027-01-08T23:59:59.999+08:00)\n',
    );
    expect(JSON.parse((await run([...LATE, '--json'])).out)).toEqual({
      dueAt: '2027-01-05T23:59:59.999+08:00',
      provisional: true,
      range: ['2027-01-03T23:59:59.999+08:00', '2027-01-08T23:59:59.999+08:00'],
    });
  });

  it('says nothing of the kind of a final answer', async () => {
    const { out } = await run(['--from', '2026-12-01T10:00', '--limit', '5wd', '--json']);
    expect(JSON.parse(out)).toEqual({ dueAt: '2026-12-08T23:59:59.999+08:00', provisional: false });
  });

  it('says it in bulk when asked to', async () => {
    const questions = [
      { id: 1, from: '2026-12-29T10:00', limit: '5wd' },
      { id: 2, from: '2026-12-01T10:00', limit: '5wd' },
      { id: 3, from: '2027-01-05T10:00', limit: '5wd', direction: 'back' },
      { id: 4, from: '2026-12-29T10:00', limit: '5wd', pauses: [['2026-12-30T10:00', null]] },
    ];
    const input = questions.map((question) => JSON.stringify(question)).join('\n');
    const ranges = async (...more: string[]) =>
      (await run(['--stdin', ...more], input)).out
        .trimEnd()
        .split('\n')
        .map((line) => (JSON.parse(line) as { range?: string[] }).range?.map((text) => text.slice(0, 10)));
    expect(await ranges('--range')).toEqual([['2027-01-03', '2027-01-08'], undefined, undefined, undefined]);
    expect(await ranges()).toEqual([undefined, undefined, undefined, undefined]);
  });
});
