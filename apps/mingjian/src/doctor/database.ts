import type { Settings } from '@mingjian/runtime';
import { askServer, schemaOf, serverAddressOf } from '../backup/server-address';
import { check, Unwell, type Check } from './check';
import { pendingText } from './pending';

/** Times of events and of the sweep come from several machines: they have to agree. */
const MOST_CLOCK_DIFFERENCE_MS = 2_000;
const LEAST_MARIADB = [10, 11] as const;
const LEAST_MYSQL = [8, 0] as const;
/** What is compared with the monitors' batches. */
const LEAST_PACKET_BYTES = 16 * 1024 ** 2;

/** The database server: version, tables, durability, clock. Changes nothing. */
export async function database(settings: Settings, now: () => number): Promise<Check[]> {
  const address = serverAddressOf(settings);
  const reached = await check(
    'store',
    'start the database server, or correct MINGJIAN_DATABASE_…; a password belongs into MINGJIAN_DATABASE_PASSWORD_FILE',
    async () => {
      const version = await askServer(address, async (ask) =>
        String((await ask('SELECT VERSION() AS v'))[0]?.v),
      );
      const { tables, migrations } = await schemaOf(address);
      const text = `${version} at ${address.host}:${address.port}, database ${address.database}`;
      const [major = 0, minor = 0] = version.split('.').map(Number);
      const least = version.includes('MariaDB') ? LEAST_MARIADB : LEAST_MYSQL;
      if (major < least[0] || (major === least[0] && minor < least[1]))
        throw new Unwell(
          text,
          `install MariaDB ${LEAST_MARIADB.join('.')} or MySQL ${LEAST_MYSQL.join('.')}, or newer`,
        );
      return tables === 0
        ? `${text}, empty: the first start makes the tables`
        : `${text}${pendingText(migrations)}`;
    },
  );
  if (!reached.ok) return [reached];
  return [
    reached,
    await check(
      'collation',
      'give it a database of its own; the first start sets the collation',
      async () => {
        const { tables, collation } = await schemaOf(address);
        if (tables > 0 && !/_(nopad_bin|0900_bin|bin)$/.test(collation)) throw new Error(collation);
        return collation;
      },
    ),
    await check('durability', '', async () => durabilityText(await variables())),
    await check('database clock', 'let NTP set the clocks of both machines', async () => {
      const before = now();
      const server = await askServer(address, async (ask) =>
        Number((await ask('SELECT ROUND(UNIX_TIMESTAMP(NOW(3)) * 1000) AS t'))[0]?.t),
      );
      const after = now();
      // Read somewhere between the two: only what lies outside is a difference.
      const difference = server < before ? server - before : server > after ? server - after : 0;
      const text = `${difference} ms from this machine's`;
      if (Math.abs(difference) > MOST_CLOCK_DIFFERENCE_MS) throw new Error(text);
      return text;
    }),
  ];

  function variables(): Promise<Map<string, string>> {
    return askServer(
      address,
      async (ask) =>
        new Map(
          (
            await ask(
              "SHOW GLOBAL VARIABLES WHERE variable_name IN ('innodb_flush_log_at_trx_commit', 'sync_binlog', 'log_bin', 'max_allowed_packet', 'tx_isolation', 'transaction_isolation')",
            )
          ).map((row) => [String(row.Variable_name), String(row.Value)]),
        ),
    );
  }
}

/** @throws Unwell where what is acknowledged may be lost. */
function durabilityText(of: ReadonlyMap<string, string>): string {
  if (of.get('innodb_flush_log_at_trx_commit') !== '1')
    throw new Unwell(
      `innodb_flush_log_at_trx_commit = ${of.get('innodb_flush_log_at_trx_commit')}`,
      'set it to 1: otherwise the last commits are lost with the power',
    );
  if (of.get('log_bin') === 'ON' && of.get('sync_binlog') !== '1')
    throw new Unwell(
      `sync_binlog = ${of.get('sync_binlog')}`,
      'set it to 1: a replica may miss the last commits',
    );
  const packet = Number(of.get('max_allowed_packet'));
  if (packet < LEAST_PACKET_BYTES)
    throw new Unwell(
      `max_allowed_packet = ${packet}`,
      `set it to ${LEAST_PACKET_BYTES} or more: large batches are refused otherwise`,
    );
  const usual = of.get('tx_isolation') ?? of.get('transaction_isolation') ?? 'unknown';
  return `each commit is on disk; isolation READ-COMMITTED, set by each connection (server: ${usual})`;
}
