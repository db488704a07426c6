import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { JoinMemory } from './join-memory';

it('keeps the newest version of a joined row, whichever comes first, over the end of a process', () => {
  const dir = mkdtempSync(join(tmpdir(), 'mingjian-joins-'));
  const file = join(dir, 'joins.db');
  const at = (version: number, item: string) =>
    ({ input: 'SB', key: 'S-3', version, fields: { SXBM: item } }) as const;
  try {
    const first = new JoinMemory(file, 'tables');
    first.remember([at(2, 'new'), at(1, 'old')]);
    first.close();
    const second = new JoinMemory(file, 'tables');
    expect(second.find({ input: 'SB', key: 'S-3' })).toEqual({ SXBM: 'new' });
    second.remember([at(3, 'newest')]);
    expect(second.find({ input: 'SB', key: 'S-3' })).toEqual({ SXBM: 'newest' });
    second.close();
  } finally {
    rmSync(dir, { recursive: true });
  }
});
