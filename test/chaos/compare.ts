import { LightMessage, toTimelineEvent, type StepEvent } from '@mingjian/contracts';
import { partitionOfKey, type LogRecord } from '@mingjian/log';
import { createLogger } from '@mingjian/runtime';
import { openStore, storedDigest, verdictDigest, type Store } from '@mingjian/store';
import { CaseJudge } from '../../apps/monitor/src/judge/case-judge';
import { loadRuleBook } from '../../apps/monitor/src/rulebook/load-rule-book';
import { ShardHolder } from '../../apps/monitor/src/shard/shard-holder';
import { TestClock } from '../../libs/runtime/src/testing/test-clock';
import { PARTITIONS } from './site';

/** What a run left. */
export interface Remains {
  /** The real store. */
  store: Store;
  /** Every event that was acknowledged. */
  acknowledged: readonly StepEvent[];
  /** Everything on the topic of lights. */
  told: readonly LogRecord[];
  /** The instant by which all is judged. */
  at: number;
  rules: { rulesets: string; calendars: string };
  /** File for the embedded store of the undisturbed run. */
  calmFile: string;
}

export interface Comparison {
  problems: string[];
  counts: Record<string, number>;
  digests: { verdicts: string; stored: string };
}

/** Compares with an undisturbed run: the same events, each once and in order, embedded, judged once by one process. */
export async function compare(remains: Remains): Promise<Comparison> {
  const { store, acknowledged, at } = remains;
  const problems: string[] = [];
  const { book } = await loadRuleBook(remains.rules);
  const calm = await openStore({ file: remains.calmFile });
  try {
    await judgeCalmly(calm, remains, book);
    const verdicts = await verdictDigest(store, book, at);
    const stored = await storedDigest(store);
    if (verdicts !== (await verdictDigest(calm, book, at)))
      problems.push('the verdicts differ from those of the undisturbed run');
    if (stored !== (await storedDigest(calm))) {
      problems.push('the rows differ from those of the undisturbed run');
      problems.push(...(await differingCases(store, calm)));
    }
    problems.push(...(await lostEvents(store, acknowledged)), ...(await doubledLights(store)));
    const told = await toldWrongly(store, remains.told);
    problems.push(...told.problems);
    return {
      problems,
      counts: { ...(await countsOf(store)), ...told.counts },
      digests: { verdicts, stored },
    };
  } finally {
    await calm.close();
  }
}

type Book = Awaited<ReturnType<typeof loadRuleBook>>['book'];

async function judgeCalmly(calm: Store, { acknowledged, at }: Remains, book: Book): Promise<void> {
  const shards = new ShardHolder(calm, 'calm', new TestClock(at), createLogger({ level: 'silent' }));
  await shards.take(Array.from({ length: PARTITIONS }, (_, shard) => shard));
  const judge = new CaseJudge(
    calm,
    () => ({ book, because: 'late_data' }),
    (caseNo) => partitionOfKey(caseNo, PARTITIONS),
    shards,
  );
  const placed = acknowledged.map((event, offset) => ({
    event: toTimelineEvent(event),
    partition: 0,
    offset,
  }));
  for (let from = 0; from < placed.length; from += 1_000)
    await judge.receive(placed.slice(from, from + 1_000), at);
}

async function lostEvents(store: Store, acknowledged: readonly StepEvent[]): Promise<string[]> {
  const rows = await store.query<{ event_id: string }>('SELECT event_id FROM step_event');
  const known = new Set(rows.map(({ event_id: id }) => id));
  // Departments send some events twice by themselves.
  const sent = new Set(acknowledged.map(({ id }) => id));
  const lost = [...sent].filter((id) => !known.has(id));
  const strange = [...known].filter((id) => !sent.has(id));
  return [
    ...(lost.length === 0 ? [] : [`${lost.length} acknowledged events are lost: ${shown(lost)}`]),
    ...(strange.length === 0 ? [] : [`events are in the store that nobody sent: ${shown(strange)}`]),
  ];
}

/** Of a light change that holds there is one row; one that was superseded may have been found again. */
async function doubledLights(store: Store): Promise<string[]> {
  const rows = await store.query<{ case_no: string; clock: string }>(
    'SELECT case_no, clock FROM light_change WHERE superseded_at IS NULL ' +
      'GROUP BY case_no, clock, became_at, from_light, to_light HAVING COUNT(*) > 1',
  );
  return rows.length === 0
    ? []
    : [`light changes stand there twice: ${shown(rows.map((row) => `${row.case_no} ${row.clock}`))}`];
}

/**
 * Reads the messages as a receiver does that drops what it has seen. Every row was told once under one id, and what the
 * receiver believes in the end is what the rows say.
 */
async function toldWrongly(
  store: Store,
  told: readonly LogRecord[],
): Promise<{ problems: string[]; counts: Record<string, number> }> {
  const problems: string[] = [];
  const seen = new Set<string>();
  const believed = new Set<string>();
  let found = 0;
  for (const { value } of told) {
    const { id, type, subject, data } = LightMessage.parse(JSON.parse(value));
    if (seen.has(id)) continue;
    seen.add(id);
    const change = `${subject} ${data.clock} ${data.becameAt} ${data.from ?? '-'}>${data.to}`;
    if (type === 'light.changed') {
      if (believed.has(change)) problems.push(`told twice: ${change}`);
      believed.add(change);
      found++;
    } else if (!believed.delete(change)) problems.push(`taken back without having been told: ${change}`);
  }
  const rows = await store.query<{
    case_no: string;
    clock: string;
    became_at: Date;
    from_light: string | null;
    to_light: string;
    superseded_at: Date | null;
  }>('SELECT case_no, clock, became_at, from_light, to_light, superseded_at FROM light_change');
  const held = rows
    .filter((row) => row.superseded_at === null)
    .map(
      (row) =>
        `${row.case_no} ${row.clock} ${row.became_at.toISOString()} ${row.from_light ?? '-'}>${row.to_light}`,
    );
  const rowsSay = new Set(held);
  const onlyTold = [...believed].filter((line) => !rowsSay.has(line));
  const onlyHeld = held.filter((line) => !believed.has(line));
  if (onlyTold.length > 0) problems.push(`only other systems believe: ${shown(onlyTold)}`);
  if (onlyHeld.length > 0) problems.push(`only the rows say: ${shown(onlyHeld)}`);
  if (found !== rows.length) problems.push(`${rows.length} light changes were written, ${found} were told`);
  const [waiting] = await store.query<{ count: number }>('SELECT COUNT(*) AS count FROM outbox');
  if (Number(waiting?.count) > 0) problems.push(`${waiting?.count} messages still wait in the outbox`);
  return {
    problems: problems.slice(0, 20),
    counts: {
      'light messages on the topic': told.length,
      'of them sent more than once (same id)': told.length - seen.size,
    },
  };
}

async function countsOf(store: Store): Promise<Record<string, number>> {
  const count = async (from: string): Promise<number> => {
    const [row] = await store.query<{ count: number | string }>(`SELECT COUNT(*) AS count FROM ${from}`);
    return Number(row?.count);
  };
  return {
    'step events in the store': await count('step_event'),
    cases: await count('case_file'),
    'light changes written': await count('light_change'),
    'of them by the passing of time': await count("light_change WHERE reason = 'time'"),
    'of them superseded': await count('light_change WHERE superseded_at IS NOT NULL'),
  };
}

/** Which cases differ, for whoever looks into a failure. */
async function differingCases(store: Store, calm: Store): Promise<string[]> {
  const sql =
    'SELECT case_no, light, clock, is_open, finding_count, clock_lights FROM case_file ORDER BY case_no';
  const lines = async (of: Store): Promise<string[]> =>
    (await of.query<object>(sql)).map((row) => Object.values(row).join(' '));
  const [real, wanted] = [await lines(store), await lines(calm)];
  const [realSet, wantedSet] = [new Set(real), new Set(wanted)];
  return [
    `only disturbed: ${shown(real.filter((line) => !wantedSet.has(line)))}`,
    `only undisturbed: ${shown(wanted.filter((line) => !realSet.has(line)))}`,
  ];
}

function shown(list: readonly string[]): string {
  return list.length <= 5 ? list.join('; ') : `${list.slice(0, 5).join('; ')} and ${list.length - 5} more`;
}
