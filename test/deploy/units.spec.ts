import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { ROOT } from '../acceptance/product';
import { describeWithTool } from '../services/with-tool';

jest.setTimeout(120_000);

const SYSTEM_UNITS = '/usr/lib/systemd/system';
const analyze = (...args: string[]): { status: number | null; out: string } => {
  const { status, stdout, stderr } = spawnSync('systemd-analyze', args, { encoding: 'utf8' });
  return { status, out: `${stdout}${stderr}` };
};
// A program of distributions with systemd, which others do not have.
const missing =
  analyze('--version').status === 0 ? null : 'needs systemd-analyze: install the package systemd';

/** Nothing is started: systemd reads the units in a tree of their own. */
describeWithTool('the units in the eyes of systemd', missing, () => {
  let root: string;
  const units = readdirSync(join(ROOT, 'deploy/systemd'))
    .filter((name) => /\.(service|timer)$/.test(name))
    .map((name) => [name.replace('@.', '@8080.')]);

  beforeAll(() => {
    root = mkdtempSync(join(tmpdir(), 'mingjian-units-'));
    cpSync(SYSTEM_UNITS, join(root, SYSTEM_UNITS), { recursive: true, verbatimSymlinks: true });
    cpSync(join(ROOT, 'deploy/systemd'), join(root, 'etc/systemd/system'), { recursive: true });
    for (const program of ['opt/mingjian/current/bin/node', 'bin/sh', 'usr/bin/find']) {
      mkdirSync(dirname(join(root, program)), { recursive: true });
      writeFileSync(join(root, program), '#!/bin/sh\n');
      chmodSync(join(root, program), 0o755);
    }
  });
  afterAll(() => rmSync(root, { recursive: true }));

  it.each(units)('%s: has nothing that systemd does not understand', (unit) => {
    expect(analyze('verify', `--root=${root}`, unit)).toEqual({ status: 0, out: '' });
  });

  it.each(units.filter(([unit]) => unit!.endsWith('.service')))('%s: exposes little', (unit) => {
    // In tenths; systemd calls what is under 20 OK.
    const { status, out } = analyze(
      'security',
      '--offline=yes',
      '--threshold=15',
      `--root=${root}`,
      '--no-pager',
      unit,
    );
    expect(out).toContain('Overall exposure level');
    expect(status).toBe(0);
  });
});
