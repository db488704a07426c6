import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { strToU8, unzipSync, zipSync } from 'fflate';
import { accepted, at, openSite, removeSite } from '../../../monitor/src/testing/site';
import { runCli } from './program';

const OCTOBER = ['--since', '2026-09-01', '--until', '2026-10-31'];

describe('mingjian handover', () => {
  let dir: string;
  let out: string;
  beforeAll(async () => {
    const site = await openSite('2026-09-14T10:00:05');
    dir = site.dir;
    out = mkdtempSync(join(tmpdir(), 'mingjian-handover-'));
    process.env['MINGJIAN_RULESETS'] = join(dir, 'rulesets');
    process.env['MINGJIAN_CALENDARS'] = join(dir, 'calendar.yaml');
    await site.receive(accepted('C-1', '2026-09-14T10:00'), accepted('C-2', '2026-09-14T10:00'));
    site.clock.moveTo(at('2026-09-25T10:00'));
    await site.monitor.sweep.runOnce(site.clock.now());
    await site.close();
  });
  afterAll(() => {
    delete process.env['MINGJIAN_RULESETS'];
    delete process.env['MINGJIAN_CALENDARS'];
    removeSite(dir);
    rmSync(out, { recursive: true });
  });

  async function run(command: string, ...args: string[]) {
    const said = { out: '', err: '' };
    const where = args[0] === 'verify' ? [] : ['--data-dir', dir];
    const code = await runCli([command, ...args, ...where], {
      stdin: Readable.from([]),
      out: (text) => Promise.resolve(void (said.out += text)),
      err: (text) => (said.err += text),
      now: () => at('2026-09-25T10:00'),
    });
    return { code, ...said };
  }

  it('writes both packages, which verify offline with the key of the site, and registers them', async () => {
    await run('ledger', 'root');
    const made = await run(
      'handover',
      ...['case', 'C-1', '--reason', '群众反映超期', '--actor', 'inspector-1', '--out', out, '--json'],
    );
    const { no, files } = JSON.parse(made.out) as { no: string; files: [string, string] };
    expect(no).toBe('移交〔2026〕1号');
    for (const file of files) {
      expect(statSync(file).mode & 0o777).toBe(0o600);
      const verified = await run('handover', 'verify', file, '--key', join(dir, 'ledger-key.pub.pem'));
      expect(verified).toMatchObject({
        code: 0,
        out: expect.stringMatching(/4 files, 2 rows of the ledger proven, 0 under no root/) as string,
      });
    }
    expect((await run('handover', 'list')).out).toMatch(
      /移交〔2026〕1号 .* case C-1 {2}inspector-1 {2}群众反映超期/,
    );
  });

  it('finds a package in which a file was changed, taken out or added', async () => {
    const { files } = JSON.parse(
      (await run('handover', 'case', 'C-2', '--reason', '核查', '--out', out, '--json')).out,
    ) as { files: [string, string] };
    const entries = unzipSync(readFileSync(files[0]));
    const { 'handover.html': page, ...rest } = entries;
    for (const [other, said] of [
      [{ ...entries, 'handover.html': strToU8('其他') }, 'handover.html was changed'],
      [rest, 'handover.html is missing'],
      [{ ...entries, 'more.html': page! }, 'more.html was added'],
    ] as const) {
      const file = join(out, 'other.zip');
      writeFileSync(file, zipSync(other));
      expect(await run('handover', 'verify', file)).toMatchObject({ code: 1, out: `NOT GOOD  ${said}\n` });
    }
  });

  it('names the departments that reached a threshold, and hands them over when told why', async () => {
    const found = await run('handover', 'lead', '--red', '2', ...OCTOBER);
    expect(found).toMatchObject({
      code: 1,
      out: 'housing  red 2, bad ratings 0, returned 0, complaints 0, reopened 0\n',
    });
    expect((await run('handover', 'lead', '--red', '3', ...OCTOBER)).code).toBe(0);
    const made = await run(
      'handover',
      'lead',
      '--red',
      '2',
      ...OCTOBER,
      '--reason',
      '两次红灯',
      '--out',
      out,
    );
    expect(made).toMatchObject({
      code: 0,
      out: expect.stringMatching(/^移交〔2026〕3号 {2}2 cases/) as string,
    });
  });

  it('says what is missing', async () => {
    expect(await run('handover', 'case', 'C-1')).toMatchObject({
      code: 64,
      err: expect.stringMatching(/needs --reason/) as string,
    });
    expect((await run('handover', 'lead', ...OCTOBER)).err).toMatch(
      /--red, --ratings, --returned, --complaints or --reopened/,
    );
    expect(await run('handover', 'case', 'C-9', '--reason', '核查')).toMatchObject({ code: 65 });
  });
});
