import { describeWithServices } from '../../../test/services/with-services';
import { openMysqlStore } from './open-mysql-store';
import { Server } from './testing/database-server';
import { checkFeedConformance } from './testing/feed-conformance';

describeWithServices('MariaDB', ['mariadb'], ({ mariadb }) => {
  const server = new Server(mariadb.rootUrl);

  checkFeedConformance('MariaDB', async () => {
    const url = await server.create();
    const [one, other] = await Promise.all([openMysqlStore({ url }), openMysqlStore({ url })]);
    return {
      one,
      other,
      dispose: async () => {
        await Promise.all([one.close(), other.close()]);
        await server.drop(url);
      },
    };
  });
});
