import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { QuarantineRecord } from '@mingjian/contracts';
import Database from 'libsql';
import { JoinMemory } from './join-memory';

const WAITING = { id: 'q-1' } as QuarantineRecord;
const row = { input: 'SB', key: 'S-3' };

describe('the memory of joined rows', () => {
  let dir: string;
  let file: string;
  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'mingjian-joins-'));
    file = join(dir, 'joins.db');
  });
  afterEach(() => rmSync(dir, { recursive: true }));

  const at = (version: number, item: string) => ({ ...row, version, fields: { SXBM: item } });
  /** One process after the other, with a mapping that reads these fields of the joined rows. */
  function withFields(fields: readonly string[], work: (memory: JoinMemory) => void): void {
    const memory = new JoinMemory(file, {
      name: 'tables',
      joinedFields: new Map([['SB', new Set(fields)]]),
    });
    work(memory);
    memory.close();
  }

  it('keeps the newest version of a row, whichever comes first, over the end of a process', () => {
    withFields(['SXBM'], (memory) => memory.remember([at(2, 'new'), at(1, 'old')]));
    withFields(['SXBM'], (memory) => {
      expect(memory.find(row, true)).toEqual({ SXBM: 'new' });
      memory.remember([at(3, 'newest')]);
      expect(memory.find(row, true)).toEqual({ SXBM: 'newest' });
    });
  });

  it('has whoever needs a row wait until it comes again, once the mapping reads more of its fields', () => {
    withFields(['SXBM'], (memory) => memory.remember([at(1, 'A')]));
    withFields(['SXBM', 'XZQH'], (memory) => {
      expect(memory.find(row, true)).toBeNull();
      // Where the row may be missing, what is known of it is better than nothing.
      expect(memory.find(row)).toEqual({ SXBM: 'A' });
      memory.keepWaiting([{ quarantine: WAITING, raw: '{}', waitsFor: row }]);
      expect(memory.ready(10)).toEqual([]);
      memory.remember([{ ...at(1, 'A'), fields: { SXBM: 'A', XZQH: '420684' } }]);
      expect(memory.find(row, true)).toEqual({ SXBM: 'A', XZQH: '420684' });
      expect(memory.ready(10)).toMatchObject([{ quarantine: WAITING }]);
    });
  });

  it('goes on with rows that have more than is read now', () => {
    withFields(['SXBM', 'XZQH'], (memory) => memory.remember([at(1, 'A')]));
    withFields(['SXBM'], (memory) => expect(memory.find(row, true)).toEqual({ SXBM: 'A' }));
  });

  it('takes a file over from before it was noted which fields are kept', () => {
    const database = new Database(file);
    database.exec(
      'CREATE TABLE joined_row (number INTEGER PRIMARY KEY, mapping TEXT NOT NULL, input TEXT NOT NULL, row_key TEXT NOT NULL, ' +
        'version INTEGER NOT NULL, content TEXT NOT NULL, UNIQUE (mapping, input, row_key)); ' +
        `INSERT INTO joined_row VALUES (1, 'tables', 'SB', 'S-3', 1, '{"SXBM":"A"}')`,
    );
    database.close();
    withFields(['SXBM'], (memory) => expect(memory.find(row, true)).toEqual({ SXBM: 'A' }));
  });
});
