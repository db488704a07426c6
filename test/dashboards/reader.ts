import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createConnection, type Connection } from 'mysql2/promise';

const SCRIPT = readFileSync(join(__dirname, '../../deploy/grafana/reader.sql'), 'utf8');

/** The views and the user of deploy/grafana/reader.sql, under names of the test's own. */
export class Reader {
  private readonly views: string;

  constructor(
    private readonly rootUrl: string,
    /** Database of the daemon. */
    private readonly database: string,
  ) {
    this.views = `${database}_grafana`;
  }

  /** Runs the script, and gives the user a password as it says. @returns a connection of that user. */
  async open(): Promise<Connection> {
    const root = await createConnection({ uri: this.rootUrl, multipleStatements: true });
    await root.query(
      SCRIPT.replace(/\bmingjian_grafana\b/g, this.views).replace(/\bmingjian\./g, `${this.database}.`),
    );
    await root.query(`ALTER USER '${this.views}'@'%' IDENTIFIED BY 'reader' ACCOUNT UNLOCK`);
    await root.end();
    const address = new URL(this.rootUrl);
    return createConnection({
      host: address.hostname,
      port: Number(address.port),
      user: this.views,
      password: 'reader',
      database: this.views,
      timezone: 'Z',
    });
  }

  async drop(): Promise<void> {
    const root = await createConnection({ uri: this.rootUrl, multipleStatements: true });
    await root.query(`DROP DATABASE IF EXISTS ${this.views}; DROP USER IF EXISTS '${this.views}'@'%'`);
    await root.end();
  }
}
