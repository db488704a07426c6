// MariaDB: the distribution's server with a data directory of ours. root has no password and is for loopback only;
// the product has a user of its own that may do everything in databases whose names begin with `mingjian`.
import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import mysql from 'mysql2/promise';
import { say } from '../set-up.mjs';
import { need } from './install.mjs';
import { runToEnd, startDetached } from './process.mjs';

const SERVER = { debian: 'mariadb-server', elsewhere: 'MariaDB Server 10.11 or newer' };
const USER = 'mingjian';

export const mariadb = {
  name: 'mariadb',
  patienceMs: 60_000,
  graceMs: 30_000,
  keeps: { port: 'port', password: 'secret' },

  async start(home, { port, password }, log) {
    const server = need('mariadbd', SERVER);
    const install = need('mariadb-install-db', SERVER);
    const version = /Ver (\S+?)-MariaDB/.exec(runToEnd(server, ['--no-defaults', '--version']))?.[1];
    const folder = home.folderOf('mariadb');
    const data = join(folder, 'data');
    // A server that is started by root must be told that this is meant.
    const asRoot = process.getuid?.() === 0 ? ['--user=root'] : [];
    if (!existsSync(join(data, 'mysql'))) {
      say('Making the data directory of MariaDB …');
      rmSync(data, { recursive: true, force: true });
      runToEnd(install, [
        '--no-defaults',
        `--datadir=${data}`,
        '--auth-root-authentication-method=normal',
        '--skip-test-db',
        ...asRoot,
      ]);
    }
    const people = join(folder, 'people.sql');
    writeFileSync(people, peopleSql(password), { mode: 0o600 });
    const socket = socketOf(folder);
    const child = startDetached(
      server,
      [
        '--no-defaults',
        ...asRoot,
        `--datadir=${data}`,
        `--socket=${socket}`,
        `--port=${port}`,
        '--bind-address=127.0.0.1',
        '--skip-name-resolve',
        `--init-file=${people}`,
        // As SQLite compares: byte by byte, and all of Unicode.
        '--character-set-server=utf8mb4',
        '--collation-server=utf8mb4_bin',
        '--default-time-zone=+00:00',
        // Every commit reaches the disk: the tests kill the server and look for what was acknowledged.
        '--innodb-flush-log-at-trx-commit=1',
        '--innodb-buffer-pool-size=512M',
        '--innodb-log-file-size=256M',
        '--max-connections=200',
        '--max-allowed-packet=64M',
        '--local-infile=1',
      ],
      { log, cwd: folder },
    );
    return {
      pid: child.pid,
      members: {
        version,
        address: `127.0.0.1:${port}`,
        host: '127.0.0.1',
        socket,
        user: USER,
        database: 'mingjian',
        url: `mysql://${USER}:${password}@127.0.0.1:${port}/mingjian`,
        rootUrl: `mysql://root@127.0.0.1:${port}/`,
      },
    };
  },

  async isReady({ url }) {
    const connection = await mysql.createConnection({ uri: url, connectTimeout: 1000 });
    try {
      await connection.query('SELECT 1');
      return true;
    } finally {
      await connection.end();
    }
  },
};

/** A path of a socket has room for about 100 letters; a long home gets a short one. */
function socketOf(folder) {
  const socket = join(folder, 'server.sock');
  return socket.length <= 100 ? socket : join('/tmp', `mingjian-mariadb-${process.pid}.sock`);
}

/** Read by the server at every start, one statement a line. */
function peopleSql(password) {
  const rights = ['127.0.0.1', 'localhost'].flatMap((host) => [
    `CREATE USER IF NOT EXISTS '${USER}'@'${host}' IDENTIFIED BY '${password}';`,
    `GRANT ALL ON \`mingjian%\`.* TO '${USER}'@'${host}';`,
  ]);
  return [
    'CREATE DATABASE IF NOT EXISTS mingjian;',
    "DELETE FROM mysql.global_priv WHERE User = 'root' AND Host NOT IN ('localhost', '127.0.0.1', '::1');",
    "DELETE FROM mysql.global_priv WHERE User = '';",
    'FLUSH PRIVILEGES;',
    ...rights,
    '',
  ].join('\n');
}
