import { describeWithServices } from '../../../test/services/with-services';
import { earliestNextChangeAt } from './case-file.store';
import { openMysqlStore } from './open-mysql-store';
import type { Store } from './store';
import { Server } from './testing/database-server';

const HOT_QUERIES: [what: string, index: string, sql: string][] = [
  [
    'due cases of a shard',
    'ix_case_file_due',
    "SELECT case_no FROM case_file WHERE shard = 1 AND next_change_at <= '2026-01-01' ORDER BY next_change_at, case_no LIMIT 5",
  ],
  [
    'counts of open cases',
    'ix_case_file_counts',
    'SELECT department, item_class, light, clock_lights, COUNT(*) FROM case_file WHERE is_open = 1 ' +
      'GROUP BY department, item_class, light, clock_lights',
  ],
  [
    'open cases by urgency',
    'ix_case_file_urgency',
    'SELECT * FROM case_file WHERE is_open = 1 ORDER BY light_rank, urgent_at, case_no LIMIT 50',
  ],
  ['timelines', 'PRIMARY', "SELECT * FROM step_event WHERE case_no IN ('C-7', 'C-8')"],
  ['case rows', 'PRIMARY', "SELECT * FROM case_file WHERE case_no IN ('C-7', 'C-8')"],
  [
    'light changes of cases',
    'ix_light_change_case',
    "SELECT * FROM light_change WHERE superseded_at IS NULL AND case_no IN ('C-7', 'C-8') ORDER BY id",
  ],
  [
    'findings of cases',
    'ix_finding_case',
    "SELECT * FROM finding WHERE superseded_at IS NULL AND case_no IN ('C-7', 'C-8') ORDER BY id",
  ],
  ['light changes after an id', 'PRIMARY', 'SELECT * FROM light_change WHERE id > 1900 ORDER BY id LIMIT 50'],
  [
    'waiting messages of a shard',
    'ix_outbox_shard',
    'SELECT * FROM outbox WHERE shard = 1 ORDER BY id LIMIT 50',
  ],
  ['shards', 'PRIMARY', 'SELECT shard, epoch FROM shard_owner WHERE shard IN (1, 2) LOCK IN SHARE MODE'],
  [
    'held records of quarantine',
    'ix_quarantine_state',
    "SELECT COUNT(*) AS held FROM quarantine WHERE state = 'held'",
  ],
  [
    'notifications of a case',
    'ix_notification_case',
    "SELECT * FROM notification WHERE department IN ('housing') AND case_no = 'C-7' AND id < 1900 ORDER BY id DESC LIMIT 50",
  ],
];

const TABLES = [
  'case_file',
  'step_event',
  'light_change',
  'finding',
  'outbox',
  'quarantine',
  'shard_owner',
  'notification',
];

/** Two thousand rows of each table, by the server's own sequences. */
const MANY_ROWS = [
  `INSERT INTO case_file (case_no, shard, is_open, light, step_light, next_change_at, provisional, ruleset_version,
     calendar_version, finding_count, last_event_at, clock_lights, light_rank, urgent_at, judged_at)
   SELECT CONCAT('C-', seq), seq MOD 8, seq MOD 20 = 0, 'green', 'green', '2026-01-01' + INTERVAL seq HOUR, 0, '1', '1', 0,
     '2026-01-01', 'promise=green*1', seq MOD 4, '2026-01-01' + INTERVAL seq HOUR, '2026-01-01' FROM seq_1_to_2000`,
  `INSERT INTO step_event (case_no, source, event_id, type, occurred_at, data, log_partition, log_offset)
   SELECT CONCAT('C-', seq), 's', 'e', 'case.accepted', '2026-01-01', '{}', 0, seq FROM seq_1_to_2000`,
  `INSERT INTO light_change (case_no, clock, clock_kind, to_light, reason, became_at, detected_at, ruleset_version,
     calendar_version, issue)
   SELECT CONCAT('C-', seq), 'promise', 'promise', 'red', 'time', '2026-01-01', '2026-01-01', '1', '1', 'automatic'
   FROM seq_1_to_2000`,
  `INSERT INTO finding (case_no, code, severity, ref, detail, detected_at)
   SELECT CONCAT('C-', seq), 'SUS-5', 'warning', 'e', '{}', '2026-01-01' FROM seq_1_to_2000`,
  `INSERT INTO outbox (shard, topic, record_key, payload, created_at)
   SELECT seq MOD 8, 't', 'k', '{}', '2026-01-01' FROM seq_1_to_2000`,
  `INSERT INTO quarantine (id, source, feed, place, reason, field, expected, got, hint, raw, received_at, state)
   SELECT seq, 's', 'http', '', 'invalid', '', '', '', '', '', '2026-01-01', IF(seq MOD 50 = 0, 'held', 'released')
   FROM seq_1_to_2000`,
  `INSERT INTO notification (notice_id, notice_key, level, recipient, channel, generation, role, shard, kind, grade, department,
     case_no, state, at, created_at, deliver_at, message_id)
   SELECT seq, seq, 0, 'head', 'mail', 0, 'post', 0, 'light', 'yellow', IF(seq MOD 2 = 0, 'housing', 'market'),
     CONCAT('C-', seq MOD 200), 'formed', '2026-01-01', '2026-01-01', '2026-01-01', 0 FROM seq_1_to_2000`,
  `INSERT INTO shard_owner (shard, owner, epoch, taken_at) SELECT seq, 'm', 1, '2026-01-01' FROM seq_1_to_200`,
];

describeWithServices('the hot queries on MariaDB', ['mariadb'], ({ mariadb }) => {
  const server = new Server(mariadb.rootUrl);
  let url: string;
  let store: Store;
  beforeAll(async () => {
    url = await server.create();
    store = await openMysqlStore({ url });
    // The server reads a table of a few rows from end to end, whatever indexes there are.
    await store.write(async (tx) => {
      for (const sql of MANY_ROWS) await tx.execute(sql);
    });
    await server.run(
      `ANALYZE TABLE ${TABLES.map((table) => `${new URL(url).pathname.slice(1)}.${table}`).join(', ')}`,
    );
  });
  afterAll(async () => {
    await store.close();
    await server.drop(url);
  });

  it.each(HOT_QUERIES)('%s are answered from %s', async (_, index, sql) => {
    const plan = await store.query<{ key: string | null; type: string }>(`EXPLAIN ${sql}`);
    expect(plan.map(({ key }) => key)).toEqual([index]);
    // Neither the table nor an index from end to end.
    expect(['ALL', 'index']).not.toContain(plan[0]?.type);
  });

  it('finds the earliest change of all shards by one look for each', async () => {
    await store.write(async (tx) => {
      await tx.execute('FLUSH STATUS');
      expect(await earliestNextChangeAt(tx, [0, 1, 2, 3])).toBe(Date.parse('2026-01-01T01:00:00Z'));
      const [read] = await tx.query<{ rows: string }>(
        'SELECT SUM(variable_value) AS `rows` FROM information_schema.session_status ' +
          "WHERE variable_name IN ('Handler_read_key', 'Handler_read_next', 'Handler_read_first')",
      );
      expect(Number(read?.rows)).toBeLessThan(10);
    });
  });
});
