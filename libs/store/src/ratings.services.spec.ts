import { describeWithServices } from '../../../test/services/with-services';
import { openMysqlStore } from './open-mysql-store';
import { Server } from './testing/database-server';
import { checkRatingsConformance } from './testing/ratings-conformance';

describeWithServices('MariaDB', ['mariadb'], ({ mariadb }) => {
  const server = new Server(mariadb.rootUrl);

  checkRatingsConformance('MariaDB', async () => {
    const urls = await Promise.all([server.create(), server.create()]);
    const [store, other] = await Promise.all(urls.map((url) => openMysqlStore({ url })));
    return {
      store: store!,
      other: other!,
      dispose: async () => {
        await Promise.all([store!.close(), other!.close()]);
        for (const url of urls) await server.drop(url);
      },
    };
  });
});
