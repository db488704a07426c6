import { openMysqlStore } from '@mingjian/store';
import { Server } from '../../libs/store/src/testing/database-server';
import { describeWithServices } from '../services/with-services';
import { describeInBrowser } from './browser';
import { describeRolePaths } from './role-paths';

describeInBrowser('what each role does on the console', () => {
  describeWithServices('with a monitor on MariaDB', ['mariadb'], ({ mariadb }) => {
    const server = new Server(mariadb.rootUrl);
    const urls: string[] = [];
    afterAll(async () => {
      for (const url of urls) await server.drop(url);
    });

    describeRolePaths(async () => {
      const url = await server.create();
      urls.push(url);
      return openMysqlStore({ url });
    });
  });
});
