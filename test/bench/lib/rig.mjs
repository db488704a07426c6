import { execFileSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import mysql from 'mysql2/promise';
import kafkajs from 'kafkajs';

const require = createRequire(import.meta.url);
export const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
export const PARTITIONS = 8;

const { openKafkaLog, KafkaSettings } = require('../../../dist/libs/log/src');
const { createLogger, SystemClock } = require('../../../dist/libs/runtime/src');
const { openMysqlStore } = require('../../../dist/libs/store/src');

/** Everything that lies in memory of the server is in this; the machine of the bars has 24 GB. */
const BUFFER_POOL_BYTES = 3 * 1024 ** 3;

/** Kafka and MariaDB of their own, that end with this process, whichever way it ends. */
export async function openRig() {
  const home = mkdtempSync(join(tmpdir(), 'mingjian-bench-'));
  const answer = execFileSync(
    process.execPath,
    [
      join(ROOT, 'scripts/services.mjs'),
      ...['start', 'kafka', 'mariadb', '--json', '--home', home, '--until-pid', String(process.pid)],
    ],
    { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const services = Object.fromEntries(JSON.parse(answer).map((service) => [service.name, service]));
  const root = await mysql.createConnection({
    uri: services.mariadb.rootUrl,
    dateStrings: true,
    supportBigNumbers: true,
    multipleStatements: true,
    flags: ['+LOCAL_FILES'],
  });
  await root.query(`SET GLOBAL innodb_buffer_pool_size = ${BUFFER_POOL_BYTES}`);
  return new Rig(services, root, home);
}

class Rig {
  constructor(services, root, home) {
    this.brokers = services.kafka.brokers;
    this.kafkaPid = services.kafka.pid;
    this.mariadbPid = services.mariadb.pid;
    this.root = root;
    this.home = home;
    this.rootUrl = services.mariadb.rootUrl;
    this.versions = { kafka: services.kafka.version, mariadb: services.mariadb.version };
    this.settings = [
      'innodb_flush_log_at_trx_commit=1',
      `innodb_buffer_pool_size=${BUFFER_POOL_BYTES / 1024 ** 3}G`,
      `${PARTITIONS} partitions, one broker, one copy`,
    ];
    this.base = services.mariadb.url.replace(/mingjian$/, '').replace(/^mysql:/, 'mariadb:');
    this.kafka = new kafkajs.Kafka({
      clientId: 'bench',
      brokers: this.brokers,
      logLevel: kafkajs.logLevel.NOTHING,
    });
  }

  urlOf(database) {
    return `${this.base}${database}`;
  }

  /** An empty database with the product's schema. */
  async freshDatabase(name) {
    await this.root.query(`DROP DATABASE IF EXISTS ${name}; CREATE DATABASE ${name}`);
    const store = await openMysqlStore({ url: this.urlOf(name) });
    await store.close();
    await this.root.query(`USE ${name}`);
    return name;
  }

  /** No topic and no group is left. */
  async freshTopics() {
    const admin = this.kafka.admin();
    await admin.connect();
    const { groups } = await admin.listGroups();
    if (groups.length > 0) await admin.deleteGroups(groups.map(({ groupId }) => groupId));
    const topics = (await admin.listTopics()).filter((topic) => topic.startsWith('mingjian.'));
    if (topics.length > 0) await admin.deleteTopics({ topics });
    while ((await admin.listTopics()).some((topic) => topic.startsWith('mingjian.'))) await pause(100);
    await admin.disconnect();
  }

  /** The product's own log on these brokers. */
  openLog(settings = {}) {
    return openKafkaLog({
      settings: KafkaSettings.parse({
        kafkaBrokers: this.brokers.join(','),
        kafkaPartitions: PARTITIONS,
        ...settings,
      }),
      clock: new SystemClock(),
      logger: createLogger({ level: 'error' }),
    });
  }

  /** A connection beside that of the bench, for what is asked while other statements run. */
  connect(database) {
    return mysql.createConnection({
      uri: this.rootUrl,
      database,
      dateStrings: true,
      supportBigNumbers: true,
    });
  }

  async close() {
    await this.root.end();
  }
}
