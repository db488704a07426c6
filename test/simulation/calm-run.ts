import { LightMessage, toTimelineEvent, TOPICS, type StepEvent } from '@mingjian/contracts';
import { partitionOfKey } from '@mingjian/log';
import { storedDigest, type Store } from '@mingjian/store';
import { CaseJudge } from '../../apps/monitor/src/judge/case-judge';
import { loadRuleBook } from '../../apps/monitor/src/rulebook/load-rule-book';
import { ShardHolder } from '../../apps/monitor/src/shard/shard-holder';
import { createLogger } from '@mingjian/runtime';
import { TestClock } from '../../libs/runtime/src/testing/test-clock';
import { join } from 'node:path';
import { TOWN_END } from './random-town';
import type { Ground } from './simulate';
import type { World } from './world';

const PARTITIONS = 2;

/** What a run left differently from a run in which nothing went wrong: rows, events, and what other systems were told. */
export async function differences(
  ground: Ground,
  world: World,
  town: readonly StepEvent[],
): Promise<string[]> {
  const problems: string[] = [];
  await calmRun(ground, town);
  if ((await storedDigest(ground.store)) !== (await storedDigest(ground.calm)))
    problems.push('rows differ from those of the calm run');
  const known = await ground.store.query<{ event_id: string }>('SELECT event_id FROM step_event');
  const lost = town.filter(({ id }) => !known.some(({ event_id }) => event_id === id));
  if (lost.length > 0) problems.push(`events lost: ${lost.map(({ id }) => id).join(', ')}`);
  problems.push(...(await toldWrongly(ground.store, world)));
  return problems;
}

/** All events at once, in order, judged once by one process. */
async function calmRun(ground: Ground, town: readonly StepEvent[]): Promise<void> {
  const clock = new TestClock(TOWN_END);
  const shards = new ShardHolder(ground.calm, 'calm', clock, createLogger({ level: 'silent' }));
  await shards.take(Array.from({ length: PARTITIONS }, (_, shard) => shard));
  const { book } = await rules(ground);
  const judge = new CaseJudge(
    ground.calm,
    () => ({ book, because: 'late_data' }),
    (caseNo) => partitionOfKey(caseNo, PARTITIONS),
    shards,
  );
  const placed = town.map((event, offset) => ({ event: toTimelineEvent(event), partition: 0, offset }));
  await judge.receive(placed, TOWN_END);
}

let loaded: ReturnType<typeof loadRuleBook> | null = null;
function rules({ dir }: Ground): ReturnType<typeof loadRuleBook> {
  return (loaded ??= loadRuleBook({
    rulesets: join(dir, 'rulesets'),
    calendars: join(dir, 'calendar.yaml'),
  }));
}

/**
 * Reads the topic of lights as a receiver does that drops what it has seen, and compares what it then believes with the
 * rows. A light change that was found must have been told under one id, and one that was told must have been found.
 */
async function toldWrongly(store: Store, world: World): Promise<string[]> {
  const problems: string[] = [];
  const seen = new Set<string>();
  const believed = new Set<string>();
  let found = 0;
  for (let partition = 0; partition < PARTITIONS; partition++)
    for (const { value } of world.brokers.recordsOf(TOPICS.lights, partition)) {
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
  const told = [...believed];
  const rows = await store.query<Record<string, string>>(
    'SELECT case_no, clock, became_at, from_light, to_light, superseded_at FROM light_change',
  );
  const held = rows
    .filter((row) => row.superseded_at === null)
    .map(
      (row) =>
        `${row.case_no} ${row.clock} ${row.became_at!.replace(' ', 'T')}Z ${row.from_light ?? '-'}>${row.to_light}`,
    );
  const onlyTold = told.filter((line) => !held.includes(line));
  const onlyHeld = held.filter((line) => !told.includes(line));
  if (onlyTold.length + onlyHeld.length > 0 || told.length !== held.length)
    problems.push(
      `only other systems believe [${onlyTold.join('; ')}], only rows say [${onlyHeld.join('; ')}]`,
    );
  if (found !== rows.length) problems.push(`${rows.length} light changes were found, ${found} were told`);
  return problems;
}
