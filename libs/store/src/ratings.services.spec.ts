import { openMysqlStore } from './open-mysql-store';
import { checkRatingsConformance } from './testing/ratings-conformance';
import { describeWithServer } from './testing/with-server';

describeWithServer((server, name) => {
  checkRatingsConformance(name, async () => {
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
