import { openMysqlStore } from '../open-mysql-store';

// A process that brings a database up to date, for a spec that kills it meanwhile.
const [url = ''] = process.argv.slice(2);
void openMysqlStore({ url }).then(async (store) => {
  await store.close();
  process.stdout.write('migrated\n');
});
