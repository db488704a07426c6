import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const SCRIPT = join(__dirname, '../../scripts/check-dependencies.mjs');

function check(...folder: string[]): { status: number | null; text: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [SCRIPT, ...folder], { encoding: 'utf8' });
  return { status, text: stdout + stderr };
}

describe('the check of dependencies', () => {
  let dir: string;
  beforeEach(() => (dir = mkdtempSync(join(tmpdir(), 'mingjian-dependencies-'))));
  afterEach(() => rmSync(dir, { recursive: true }));

  const lockWith = (entry: object, manifest: object = {}): { status: number | null; text: string } => {
    const good = { version: '1.0.0', license: 'MIT', integrity: 'sha512-x' };
    const packages = { '': {}, 'node_modules/it': { ...good, ...entry } };
    writeFileSync(join(dir, 'package-lock.json'), JSON.stringify({ packages }));
    writeFileSync(join(dir, 'package.json'), JSON.stringify(manifest));
    return check(dir);
  };

  it('finds nothing in what we use', () => {
    expect(check()).toMatchObject({ status: 0, text: expect.stringContaining('nothing to object to') });
  });

  it.each([
    ['GPL-3.0-only', {}, 1],
    ['(MIT OR GPL-3.0-or-later)', {}, 0],
    ['(MIT AND GPL-3.0-or-later)', {}, 1],
    ['MPL-2.0', {}, 1],
    ['MPL-2.0', { dev: true }, 0],
    [undefined, {}, 1],
  ])('judges the licence %s %j', (license, more, status) => {
    expect(lockWith({ license, ...more }).status).toBe(status);
  });

  it('wants the hash of everything, a registry behind it, decided scripts and exact versions', () => {
    expect(lockWith({ integrity: undefined }).text).toContain('no SHA-512');
    expect(lockWith({ resolved: 'git+ssh://example/it' }).text).toContain('not from a registry');
    expect(lockWith({ hasInstallScript: true }).text).toContain('decide in allowScripts');
    expect(lockWith({ hasInstallScript: true }, { allowScripts: { it: false } }).status).toBe(0);
    expect(lockWith({}, { dependencies: { it: '^1.0.0' } }).text).toContain('no exact version');
  });
});
