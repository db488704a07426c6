import { createHash } from 'node:crypto';
import type { TimelineEvent } from '@mingjian/contracts';
import { canonicalVerdict, eventsKnownAt, judgeCase, verdictAt, type RuleBook } from '@mingjian/rules';
import { instantText } from './hot/instant-text';
import type { Queryable } from './store';
import { loadTimelines, nextCaseNos } from './timeline.store';

/** Cases judged between two pauses: bounds memory, whatever the number of cases. */
const PAGE = 500;

/**
 * SHA-256 over the canonical verdict lines of all cases at an instant, in order of case number, hexadecimal.
 * Judges the stored timelines anew: two stores with the same events, rules and calendars have the same digest,
 * whatever order, repetition or batches the events came in. `knownAt`: only what had been received by then.
 */
export async function verdictDigest(
  store: Queryable,
  book: RuleBook,
  at: number,
  knownAt = Infinity,
): Promise<string> {
  const hash = createHash('sha256');
  for await (const [caseNo, events] of allTimelines(store)) {
    const known = knownAt === Infinity ? events : eventsKnownAt(events, knownAt);
    if (known.length === 0) continue;
    const tracks = judgeCase(caseNo, known, book);
    hash.update(`${canonicalVerdict(verdictAt(tracks, at), tracks)}\n`);
  }
  return hash.digest('hex');
}

/**
 * SHA-256 over what the daemon has written: case rows and light changes and findings that hold, in an order of their
 * own. Differs from {@link verdictDigest} in that nothing is judged: it shows that the incremental path ends where a
 * rebuild does. Instants of detection and surrogate ids are left out; they depend on when somebody looked.
 */
export async function storedDigest(store: Queryable): Promise<string> {
  const hash = createHash('sha256');
  for (const sql of STORED)
    for (const row of await store.query<object>(sql))
      hash.update(`${JSON.stringify(Object.values(row).map(asWritten))}\n`);
  return hash.digest('hex');
}

/** A driver may make a Date of an instant: the digest is of what stands in the table, on all engines the same. */
function asWritten(value: unknown): unknown {
  return value instanceof Date ? instantText(value.getTime()) : value;
}

const STORED = [
  'SELECT case_no, item_code, item_class, department, is_open, light, step_light, clock, due_at, since, ' +
    'next_change_at, provisional, unknown_because, ruleset_version, calendar_version, outcome, accepted_at, ' +
    'finding_count, last_event_at, clock_lights, light_rank, urgent_at FROM case_file ORDER BY case_no',
  // Cards of people are not in the log; which lights people took away is given to a replay.
  'SELECT case_no, clock, became_at, from_light, to_light FROM light_change ' +
    "WHERE superseded_at IS NULL AND clock_kind <> 'manual' " +
    'ORDER BY case_no, clock, became_at, from_light, to_light',
  'SELECT case_no, code, ref, severity, at, detail FROM finding WHERE superseded_at IS NULL ' +
    'ORDER BY case_no, code, ref, at, detail',
  'SELECT case_no, source, event_id, rated_at, month, department, item_code, grade, bad, real_name, tags, number, ' +
    'contact_due_at, contacted_at, rectify_due_at, rectified_at FROM case_rating ORDER BY case_no, source, event_id',
];

/** Every case with its timeline, in order of case number, in pages. */
export async function* allTimelines(store: Queryable): AsyncGenerator<[string, TimelineEvent[]]> {
  let after = '';
  for (;;) {
    const caseNos = await nextCaseNos(store, after, PAGE);
    if (caseNos.length === 0) return;
    const timelines = await loadTimelines(store, caseNos);
    for (const caseNo of caseNos) yield [caseNo, timelines.get(caseNo) ?? []];
    after = caseNos[caseNos.length - 1] ?? after;
  }
}
