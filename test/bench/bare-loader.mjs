// The baseline of the pipeline, a process of its own: consumes the topic with kafkajs and inserts the rows that the product
// wrote, with nothing judged and nothing looked up in the database. What it writes it has read from the product's tables before.
import kafkajs from 'kafkajs';
import mysql from 'mysql2/promise';

const { brokers, rootUrl, from, to, topic, total, batch } = JSON.parse(process.argv[2]);
const connection = await mysql.createConnection({
  uri: rootUrl,
  database: to,
  dateStrings: true,
  supportBigNumbers: true,
});
await connection.query('SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED');

const cases = await byCase('case_file');
const changes = await byCase('light_change');
const [[sample]] = await connection.query(`SELECT payload FROM ${from}.bench_payload LIMIT 1`);

const group = `bare-${process.pid}`;
const kafka = new kafkajs.Kafka({ brokers, clientId: group, logLevel: kafkajs.logLevel.NOTHING });
const consumer = kafka.consumer({
  groupId: group,
  maxBytesPerPartition: 512 * 1024,
  maxBytes: 2 * 1024 ** 2,
});
let loaded = 0;
let begin = null;
let finish;
const finished = new Promise((resolve) => (finish = resolve));

await consumer.connect();
await consumer.subscribe({ topic, fromBeginning: true });
await consumer.run({
  autoCommit: false,
  eachBatchAutoResolve: false,
  eachBatch: async ({ batch: fetched, resolveOffset, heartbeat, commitOffsetsIfNecessary }) => {
    begin ??= performance.now();
    const { partition } = fetched;
    for (let start = 0; start < fetched.messages.length; start += batch) {
      const messages = fetched.messages.slice(start, start + batch);
      await load(messages, partition);
      const next = String(Number(messages.at(-1).offset) + 1);
      await commitOffsetsIfNecessary({ topics: [{ topic, partitions: [{ partition, offset: next }] }] });
      resolveOffset(messages.at(-1).offset);
      loaded += messages.length;
      await heartbeat();
    }
    if (loaded >= total) finish(performance.now());
  },
});
const end = await finished;
const [[count]] = await connection.query(
  'SELECT (SELECT COUNT(*) FROM step_event) AS events, (SELECT COUNT(*) FROM case_file) AS cases, ' +
    '(SELECT COUNT(*) FROM light_change) AS changes',
);
const seconds = (end - begin) / 1000;
console.log(JSON.stringify({ seconds, perSecond: Math.round(total / seconds), ...count }));
process.exit(0);

async function load(messages, partition) {
  const events = [];
  const caseRows = new Map();
  const changeRows = [];
  for (const message of messages) {
    const event = JSON.parse(message.value.toString());
    const caseNo = event.subject;
    events.push([
      caseNo,
      event.source,
      event.id,
      event.type,
      instantText(event.time),
      instantText(event.receivedat),
      JSON.stringify(event.data),
      partition,
      Number(message.offset),
    ]);
    const [row] = cases.get(caseNo) ?? [];
    if (row !== undefined) caseRows.set(caseNo, row);
    for (const change of changes.get(caseNo) ?? []) changeRows.push(change);
    changes.delete(caseNo);
  }
  await connection.query('START TRANSACTION');
  await connection.query('INSERT INTO step_event VALUES ?', [events]);
  if (caseRows.size > 0) await connection.query('REPLACE INTO case_file VALUES ?', [[...caseRows.values()]]);
  if (changeRows.length > 0) {
    await connection.query('INSERT INTO light_change VALUES ?', [changeRows]);
    const outbox = changeRows.map((row) => [
      null,
      partition,
      'mingjian.lights',
      row[1],
      sample.payload,
      row[10],
    ]);
    await connection.query('INSERT INTO outbox VALUES ?', [outbox]);
  }
  await connection.query('COMMIT');
}

function instantText(text) {
  const iso = new Date(text).toISOString();
  return `${iso.slice(0, 10)} ${iso.slice(11, 23)}`;
}

/** Rows of the product by case, as lists of values; a generated id is left to the database. */
async function byCase(table) {
  const [rows] = await connection.query(`SELECT * FROM ${from}.${table}`);
  const found = new Map();
  for (const row of rows) {
    if ('id' in row) row.id = null;
    const list = found.get(row.case_no);
    if (list === undefined) found.set(row.case_no, [Object.values(row)]);
    else list.push(Object.values(row));
  }
  return found;
}
