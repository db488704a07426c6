import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  appendFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readlinkSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT } from '../acceptance/product';

/** A release as scripts/offline-bundle.mjs lays it out, with little in it. */
function release(dir: string, name: string): string {
  const folder = join(dir, name);
  mkdirSync(join(folder, 'bin'), { recursive: true });
  for (const path of ['deploy', 'rulesets'])
    cpSync(join(ROOT, path), join(folder, path), { recursive: true });
  cpSync(join(ROOT, 'deploy/bundle/install.sh'), join(folder, 'install.sh'));
  writeFileSync(join(folder, 'VERSION'), `${name}\n`);
  writeFileSync(
    join(folder, 'PLATFORM'),
    `linux ${spawnSync('uname', ['-m'], { encoding: 'utf8' }).stdout.trim()}\n`,
  );
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1));
  const line = (file: string): string =>
    `${createHash('sha256')
      .update(readFileSync(join(folder, file)))
      .digest('hex')}  ${file}\n`;
  writeFileSync(join(folder, 'SHA256SUMS'), files.map(line).join(''));
  return folder;
}

const install = (folder: string, root: string): { status: number | null; stderr: string } =>
  spawnSync('sh', [join(folder, 'install.sh'), '--root', root], { encoding: 'utf8' });

describe('the installation of a release without a network', () => {
  let dir: string;
  let root: string;
  beforeAll(() => {
    dir = mkdtempSync(join(tmpdir(), 'mingjian-install-'));
    root = join(dir, 'root');
  });
  afterAll(() => rmSync(dir, { recursive: true }));

  it('lays out the release, its settings, rules and units', () => {
    expect(install(release(dir, 'mingjian-1'), root)).toMatchObject({ status: 0, stderr: '' });
    expect(readlinkSync(join(root, 'opt/mingjian/current'))).toBe('releases/mingjian-1');
    for (const path of [
      'etc/mingjian/mingjian.env',
      'etc/mingjian/rulesets/demo-city.yaml',
      'etc/mingjian/calendars/cn.yaml',
      'etc/systemd/system/mingjian.service',
      'usr/local/bin/mingjian',
    ])
      expect(existsSync(join(root, path))).toBe(true);
  });

  it('puts a second one beside it, changes over in one step, and leaves what the site wrote', () => {
    appendFileSync(join(root, 'etc/mingjian/mingjian.env'), '# of this site\n');
    appendFileSync(join(root, 'etc/mingjian/rulesets/demo-city.yaml'), '# of this site\n');
    expect(install(release(dir, 'mingjian-2'), root).status).toBe(0);
    expect(readlinkSync(join(root, 'opt/mingjian/current'))).toBe('releases/mingjian-2');
    expect(readdirSync(join(root, 'opt/mingjian/releases'))).toEqual(['mingjian-1', 'mingjian-2']);
    for (const path of ['etc/mingjian/mingjian.env', 'etc/mingjian/rulesets/demo-city.yaml'])
      expect(readFileSync(join(root, path), 'utf8')).toContain('# of this site');
  });

  it('refuses a release that was damaged on its way, or is for another machine, and installs nothing', () => {
    const damaged = release(dir, 'mingjian-3');
    appendFileSync(join(damaged, 'deploy/systemd/mingjian.service'), 'x');
    expect(install(damaged, root)).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('damaged') as string,
    });
    const other = release(dir, 'mingjian-4');
    const sums = readFileSync(join(other, 'SHA256SUMS'), 'utf8');
    writeFileSync(join(other, 'PLATFORM'), 'linux pdp11\n');
    writeFileSync(join(other, 'SHA256SUMS'), sums.replace(/^.* {2}PLATFORM\n/m, ''));
    expect(install(other, root).stderr).toContain('pdp11');
    expect(readlinkSync(join(root, 'opt/mingjian/current'))).toBe('releases/mingjian-2');
    expect(readdirSync(join(root, 'opt/mingjian/releases'))).toEqual(['mingjian-1', 'mingjian-2']);
  });
});
