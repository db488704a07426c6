import { openMysqlStore } from './open-mysql-store';
import { checkFeedConformance } from './testing/feed-conformance';
import { describeWithServer } from './testing/with-server';

describeWithServer((server, name) => {
  checkFeedConformance(name, async () => {
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
