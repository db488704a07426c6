import { createWriteStream } from 'node:fs';
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { once } from 'node:events';
import { eventsOfCase } from './city.mjs';
import { PARTITIONS } from './rig.mjs';

const require = createRequire(import.meta.url);
const { assessCase } = require('../../../dist/apps/monitor/src/judge/assess-case');
const { loadRuleBook } = require('../../../dist/apps/monitor/src/rulebook/load-rule-book');
const { partitionOfKey } = require('../../../dist/libs/log/src');
const { StepEvent, toTimelineEvent } = require('../../../dist/libs/contracts/src');
const { CaseFileRow, LightChangeRow, StepEventRow } = require('../../../dist/libs/store/src');
const { TableMap } = require('../../../dist/libs/store/src/hot/table-map');

const TABLES = { step_event: StepEventRow, case_file: CaseFileRow, light_change: LightChangeRow };
/** Cases judged and loaded at a time. */
const BLOCK = 50_000;

/**
 * Fills a store with cases as if the product had taken their events and judged them at `now`: its own judge makes the rows, so
 * that judging again agrees, and the server loads them from files, in order of their keys. Events of a case are the
 * bench's (`eventsOfCase`), `optionsOf(index)` says which.
 */
export async function fillStore(rig, database, rules, count, now, optionsOf) {
  const { book, rulesetDigest, calendarDigest } = await loadRuleBook(rules);
  const connection = await rig.connect(database);
  await connection.query('SET SESSION unique_checks = 0, foreign_key_checks = 0, sql_log_bin = 0');
  await rig.root.query('SET GLOBAL innodb_flush_log_at_trx_commit = 2');
  const folder = mkdtempSync(join(rig.home, 'fill-'));
  let loading = Promise.resolve();
  for (let from = 0; from < count; from += BLOCK) {
    const files = await writeBlock(folder, from, Math.min(count, from + BLOCK), book, now, optionsOf);
    await loading;
    loading = loadBlock(connection, files);
  }
  await loading;
  for (let shard = 0; shard < PARTITIONS; shard++)
    await connection.query('REPLACE INTO setting (name, value) VALUES (?, ?), (?, ?)', [
      ...[`ruleset_digest/${shard}`, rulesetDigest],
      ...[`calendar_digest/${shard}`, calendarDigest],
    ]);
  await rig.root.query('SET GLOBAL innodb_flush_log_at_trx_commit = 1');
  for (const table of Object.keys(TABLES)) await connection.query(`ANALYZE TABLE ${table}`);
  await connection.end();
  rmSync(folder, { recursive: true });
}

async function writeBlock(folder, from, to, book, now, optionsOf) {
  const maps = Object.fromEntries(Object.entries(TABLES).map(([name, row]) => [name, new TableMap(row)]));
  const files = Object.fromEntries(
    Object.keys(TABLES).map((name) => [name, createWriteStream(join(folder, `${name}-${from}.tsv`))]),
  );
  const lines = { step_event: [], case_file: [], light_change: [] };
  const put = (table, row) => {
    const values = [];
    maps[table].appendValues(row, values);
    lines[table].push(values.map(fieldOf).join('\t'));
  };
  for (let index = from; index < to; index++) {
    const reported = eventsOfCase(index, now, optionsOf(index));
    const events = reported.map((event) => toTimelineEvent(event));
    const { caseNo } = events[0];
    if (index === from) StepEvent.parse(reported[0]);
    const shard = partitionOfKey(caseNo, PARTITIONS);
    const before = { caseNo, shard, events, row: undefined, changes: [], findings: [] };
    const { row, newChanges, newFindings, failure } = assessCase(before, book, now, 'late_data');
    if (failure !== null) throw failure;
    if (newFindings.length > 0) throw new Error(`case ${caseNo} has findings, which are not loaded`);
    put('case_file', row);
    for (const change of newChanges) put('light_change', change);
    for (const [offset, event] of events.entries())
      put('step_event', {
        ...event,
        ...{ eventId: event.id, data: JSON.stringify(event.data), logPartition: shard, logOffset: offset },
      });
    if (index % 5_000 === 4_999) await flush(files, lines);
  }
  await flush(files, lines);
  for (const stream of Object.values(files)) {
    stream.end();
    await once(stream, 'close');
  }
  return Object.entries(files).map(([table, stream]) => ({
    table,
    file: stream.path,
    columns: maps[table].written,
  }));
}

async function flush(files, lines) {
  for (const [table, stream] of Object.entries(files)) {
    if (lines[table].length > 0 && !stream.write(`${lines[table].join('\n')}\n`)) await once(stream, 'drain');
    lines[table] = [];
  }
}

async function loadBlock(connection, files) {
  for (const { table, file, columns } of files) {
    await connection.query(
      `LOAD DATA INFILE ${connection.escape(file)} INTO TABLE ${table} CHARACTER SET utf8mb4 (${columns.join(', ')})`,
    );
    rmSync(file);
  }
}

function fieldOf(value) {
  if (value === null) return '\\N';
  return typeof value === 'string' ? value.replace(/[\\\t\n]/g, '\\$&') : String(value);
}
