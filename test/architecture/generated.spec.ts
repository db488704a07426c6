import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const ROOT = join(__dirname, '..', '..');

describe('generated documents', () => {
  it('are what the code gives: JSON Schemas of the contracts and the OpenAPI document', () => {
    const { status, stderr } = spawnSync(process.execPath, ['scripts/generate.mjs', '--check'], {
      cwd: ROOT,
      encoding: 'utf8',
      timeout: 50_000,
    });
    expect({ status, stderr: stderr.split('\n').filter((line) => line.startsWith('behind')) }).toEqual({
      status: 0,
      stderr: [],
    });
  });
});
