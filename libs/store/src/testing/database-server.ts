import { randomBytes } from 'node:crypto';
import { createConnection, type RowDataPacket } from 'mysql2/promise';

/** A database of its own for each spec, made by root, who may also look at and end the connections of others. */
export class Server {
  /** @param protocol of the addresses of new databases: TypeORM's word for the kind of server. */
  constructor(
    private readonly rootUrl: string,
    private readonly protocol = 'mariadb:',
  ) {}

  /** @returns the address of a new database. */
  async create(): Promise<string> {
    const name = `mingjian_${randomBytes(4).toString('hex')}`;
    await this.run(`CREATE DATABASE ${name}`);
    return new URL(`/${name}`, this.rootUrl).href.replace(/^[a-z]+:/, this.protocol);
  }

  async drop(url: string): Promise<void> {
    await this.run(`DROP DATABASE ${new URL(url).pathname.slice(1)}`);
  }

  /** Transactions that wait for a lock of another one. */
  async lockWaits(): Promise<number> {
    const [{ version }] = (await this.query('SELECT VERSION() AS version')) as [{ version: string }];
    const waiting = /tidb/i.test(version)
      ? "information_schema.tidb_trx WHERE state = 'LockWaiting'"
      : "information_schema.innodb_trx WHERE trx_state = 'LOCK WAIT'";
    const [{ count }] = (await this.query(`SELECT COUNT(*) AS count FROM ${waiting}`)) as [{ count: number }];
    return Number(count);
  }

  async run(sql: string): Promise<void> {
    await this.query(sql);
  }

  async rows(sql: string): Promise<object[]> {
    return (await this.query(sql)) as object[];
  }

  private async query(sql: string): Promise<unknown> {
    const connection = await createConnection({ uri: this.rootUrl });
    try {
      const [rows] = await connection.query<RowDataPacket[]>(sql);
      return rows;
    } finally {
      await connection.end();
    }
  }
}
