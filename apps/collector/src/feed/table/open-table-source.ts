import { readFileSync } from 'node:fs';
import type { TableFeed } from '@mingjian/contracts';
import { openMysqlSource } from './mysql-source';
import { openPostgresSource } from './postgres-source';
import { openSqliteSource } from './sqlite-source';
import type { SourceAddress, TableSource } from './table-source';

/** Connects. @throws the driver's error where that fails. */
export async function openTableSource(feed: TableFeed, at: number): Promise<TableSource> {
  const { driver, url, passwordFile, caFile } = feed.database;
  const address: SourceAddress = {
    url,
    password: passwordFile === undefined ? null : readFileSync(passwordFile, 'utf8').replace(/\r?\n$/, ''),
    ca: caFile === undefined ? null : readFileSync(caFile, 'utf8'),
    zone: feed.watermark.zone,
  };
  switch (driver) {
    case 'mysql':
    case 'mariadb':
      return openMysqlSource(address, at);
    case 'postgres':
      return openPostgresSource(address);
    case 'sqlite':
      return openSqliteSource(address);
  }
}
