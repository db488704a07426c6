import type { Problem, QuarantineRecord, StepEvent } from '@mingjian/contracts';
import type { EventLog } from '@mingjian/log';
import type { Clock, Settings } from '@mingjian/runtime';
import {
  acceptRecord,
  type Mapping,
  mapRecord,
  parseJson,
  problemOf,
  type RecordContext,
} from '@mingjian/mapping';
import { Publisher } from './publish';

export interface ReleaseOptions {
  log: EventLog;
  clock: Clock;
  settings: Pick<Settings, 'futureToleranceSeconds' | 'intakeBatch'>;
  /** The record after a person mended it; left out: as it was received (the mapping or the clock was at fault). */
  mendedText?: string;
  /** For a record of a department's own form, which a mapping must read: a JSON object of its fields. */
  mapping?: Mapping;
}

export type Release = { ok: true; events: StepEvent[] } | { ok: false; problems: Problem[] };

/**
 * Lets a quarantined record into the timeline: through the same checks as any other, and in the name of the source that
 * sent it and no other.
 * Guarantees: when it says ok, the events are durable, with the receipt stamped now; otherwise nothing was published and
 * the problems say what is still wrong. Marking the quarantine record as released is the caller's.
 */
export async function releaseQuarantined(
  record: QuarantineRecord,
  options: ReleaseOptions,
): Promise<Release> {
  const place = `quarantine ${record.id.slice(0, 12)}`;
  const text = options.mendedText ?? record.raw;
  const parsed = parseJson(text, place);
  if (!parsed.ok) return { ok: false, problems: [parsed.problem] };
  if (options.mapping === undefined && !looksLikeStepEvent(parsed.value))
    return { ok: false, problems: [needsMapping(place)] };
  const context: RecordContext = {
    source: record.source === '' ? null : record.source,
    feed: 'release',
    place,
    receivedAt: options.clock.now(),
    futureToleranceMs: options.settings.futureToleranceSeconds * 1000,
    raw: text,
  };
  const acceptances =
    options.mapping === undefined
      ? [acceptRecord(parsed.value, context)]
      : mapRecord(parsed.value, options.mapping, context).map(({ acceptance }) => acceptance);
  const problems = acceptances.flatMap((acceptance) =>
    acceptance.ok ? [] : [problemOf(acceptance.quarantine)],
  );
  if (acceptances.length === 0) {
    const expected = 'a record that means at least one event';
    problems.push({ place, field: '', expected, got: 'one that the mapping ignores', hint: '' });
  }
  if (problems.length > 0) return { ok: false, problems };
  await new Publisher(options.log, options.settings.intakeBatch, null).publish(acceptances, 'release');
  return { ok: true, events: acceptances.flatMap((acceptance) => (acceptance.ok ? [acceptance.event] : [])) };
}

function looksLikeStepEvent(value: unknown): boolean {
  return (
    typeof value === 'object' &&
    value !== null &&
    ['specversion', 'source', 'type', 'subject'].some((name) => Object.hasOwn(value, name))
  );
}

function needsMapping(place: string): Problem {
  const hint = 'name the mapping that reads it: mingjian quarantine release ID --mapping FILE';
  return {
    place,
    field: '',
    expected: 'a step event',
    got: 'a record in the form of a department',
    hint,
  };
}
