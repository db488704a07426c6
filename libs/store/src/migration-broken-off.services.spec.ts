import { join } from 'node:path';
import { spawnTypescript, type TypescriptChild } from '../../runtime/src/testing/spawn-typescript';
import { MIGRATIONS } from './migrations';
import { openMysqlStore } from './open-mysql-store';
import type { Server } from './testing/database-server';
import { describeWithServer } from './testing/with-server';

describeWithServer((server) => {
  describe('a migration that was broken off', () => {
    let whole: string;
    let url: string;
    beforeAll(async () => {
      whole = await server.create();
      await migrate(whole);
    });
    beforeEach(async () => void (url = await server.create()));
    afterEach(() => server.drop(url));
    afterAll(() => server.drop(whole));

    it('by kill -9, again and again, is gone on with, and the schema is that of one that was not', async () => {
      let kills = 0;
      for (const tables of [1, 3, 4, 9, 20, 30, 40, 55]) {
        const child = spawnTypescript(join(__dirname, 'testing/migrate-until-killed.ts'), [url]);
        await untilTables(server, url, tables, child);
        await child.kill();
        kills += child.lines.length === 0 ? 1 : 0;
      }
      expect(kills).toBeGreaterThan(4);
      await migrate(url);
      expect(await schemaOf(server, url)).toEqual(await schemaOf(server, whole));
    });

    it('behind its last statement, before that was noted, is done again without harm; each one there is', async () => {
      await migrate(url);
      const database = new URL(url).pathname.slice(1);
      await server.run(`DELETE FROM ${database}.migrations`);
      await server.run(`CREATE TABLE ${database}.migration_under_way (name VARCHAR(255) PRIMARY KEY)`);
      const names = MIGRATIONS.map(({ name }) => `('${name}')`).join(',');
      await server.run(`INSERT INTO ${database}.migration_under_way (name) VALUES ${names}`);
      await migrate(url);
      expect(await schemaOf(server, url)).toEqual(await schemaOf(server, whole));
    });

    it('is told from tables that nobody noted, which are not ours: those are refused', async () => {
      await migrate(url);
      await server.run(`DELETE FROM ${new URL(url).pathname.slice(1)}.migrations`);
      await expect(migrate(url)).rejects.toThrow(/already exists/);
    });
  });
});

async function migrate(url: string): Promise<void> {
  await (await openMysqlStore({ url })).close();
}

/** Columns and indexes of every table, in the words of the server. */
async function schemaOf(server: Server, url: string): Promise<object[]> {
  const database = new URL(url).pathname.slice(1);
  const columns = await server.rows(
    `SELECT table_name AS t, column_name AS c, column_type AS type, is_nullable AS n, extra AS e
     FROM information_schema.columns WHERE table_schema = '${database}' ORDER BY t, c`,
  );
  const indexes = await server.rows(
    `SELECT table_name AS t, index_name AS i, seq_in_index AS s, column_name AS c, non_unique AS u
     FROM information_schema.statistics WHERE table_schema = '${database}' ORDER BY t, i, s`,
  );
  return [...columns, ...indexes];
}

async function untilTables(
  server: Server,
  url: string,
  tables: number,
  { process: child }: TypescriptChild,
): Promise<void> {
  const database = new URL(url).pathname.slice(1);
  for (;;) {
    const [{ count }] = (await server.rows(
      `SELECT COUNT(*) AS count FROM information_schema.tables WHERE table_schema = '${database}'`,
    )) as [{ count: number }];
    if (Number(count) >= tables || child.exitCode !== null) return;
  }
}
