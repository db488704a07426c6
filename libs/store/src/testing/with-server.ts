/* eslint-disable jest/no-export -- a helper for suites is not itself a suite */
import { describeWithServices } from '../../../../test/services/with-services';
import { Server } from './database-server';

/** Address of another server, with a user who may make databases; docs/scale.md tells when to use it. */
const OTHER_SERVER = process.env.STORE_TEST_URL ?? '';

/** Describes a suite on the server that the environment names, else on the MariaDB of `npm run services`. */
export function describeWithServer(suite: (server: Server, name: string) => void): void {
  if (OTHER_SERVER === '')
    describeWithServices('MariaDB', ['mariadb'], ({ mariadb }) =>
      suite(new Server(mariadb.rootUrl), 'MariaDB'),
    );
  else
    describe(`the server of STORE_TEST_URL`, () => {
      const { protocol } = new URL(OTHER_SERVER);
      suite(new Server(OTHER_SERVER, protocol), 'the server of STORE_TEST_URL');
    });
}
