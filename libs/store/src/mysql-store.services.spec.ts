import { randomBytes } from 'node:crypto';
import { DataSource } from 'typeorm';
import { mysqlOptions, openMysqlStore } from './open-mysql-store';
import { checkStoreConformance } from './testing/store-conformance';

const SERVER = process.env.MARIADB_URL ?? 'mariadb://mj:mj@127.0.0.1:33771';

async function onServer(sql: string): Promise<void> {
  const source = new DataSource({
    ...mysqlOptions({ url: `${SERVER}/mysql` }, 1),
    entities: [],
    migrations: [],
  });
  await source.initialize();
  await source.query(sql);
  await source.destroy();
}

checkStoreConformance('MariaDB', async () => {
  const name = `mingjian_${randomBytes(4).toString('hex')}`;
  await onServer(`CREATE DATABASE ${name}`);
  const url = `${SERVER}/${name}`;
  let store = await openMysqlStore({ url });
  return {
    store,
    reopen: async () => {
      await store.close();
      store = await openMysqlStore({ url });
      return store;
    },
    schemaDrift: async () =>
      (await store.reader.driver.createSchemaBuilder().log()).upQueries
        .map(({ query }) => query)
        // Indexes are described by the migrations alone, with the query that needs each; texts are wider than said.
        .filter(
          (query) =>
            !/^DROP INDEX `ix_|(DROP COLUMN|ADD) `(data|detail|expected|got|hint|raw|value)`/.test(query),
        ),
    dispose: async () => {
      await store.close();
      await onServer(`DROP DATABASE ${name}`);
    },
  };
});
