import { randomBytes } from 'node:crypto';
import { createConnection } from 'mysql2/promise';

/** A database of its own for each spec, made by root, who may also look at and end the connections of others. */
export class Server {
  constructor(private readonly rootUrl: string) {}

  /** @returns the address of a new database. */
  async create(): Promise<string> {
    const name = `mingjian_${randomBytes(4).toString('hex')}`;
    await this.run(`CREATE DATABASE ${name}`);
    return new URL(`/${name}`, this.rootUrl).href.replace(/^mysql:/, 'mariadb:');
  }

  async drop(url: string): Promise<void> {
    await this.run(`DROP DATABASE ${new URL(url).pathname.slice(1)}`);
  }

  async run(sql: string): Promise<void> {
    const connection = await createConnection({ uri: this.rootUrl });
    try {
      await connection.query(sql);
    } finally {
      await connection.end();
    }
  }
}
