import { createHash } from 'node:crypto';
import type { StepEvent } from '@mingjian/contracts';
import type { FeedRowRow } from '@mingjian/store';
import type { Acceptance, MappedRecord } from '@mingjian/mapping';

/** An event that stands for a row now. */
interface Standing {
  /** The id that the mapping gave it. */
  id: string;
  /** The id under which it was published: another one after a correction. */
  as: string;
  /** How often it was corrected. */
  n: number;
  subject: string;
  source: string;
  /** Empty: it was retracted, and only the count of corrections is remembered. */
  digest: string;
  /** It stands in other rows too, or is itself a retraction: this row alone does not take it back. */
  once: boolean;
}

/** Longest id of an event. */
const LONGEST_ID = 128;

/**
 * What a new or changed row means for the log, given what it meant before.
 *
 * Guarantees: an event that says the same as before is not published again. One that says something else is published
 * under an id of its own, and the former is retracted: what was published is never contradicted under the same id. An
 * event that the row no longer means is retracted, unless a rule of the mapping did not fit the row: a mistake in one
 * column must not take back what was right.
 */
export function correctRow(
  row: Pick<FeedRowRow, 'feed' | 'rowKey' | 'digest' | 'version'>,
  known: FeedRowRow | null,
  mapped: readonly MappedRecord[],
  at: number,
): { row: FeedRowRow; acceptances: Acceptance[] } {
  const before = new Map(standingOf(known).map((standing) => [standing.id, standing]));
  const standing: Standing[] = [];
  const acceptances: Acceptance[] = [];
  const retracted: Standing[] = [];
  let isWhole = true;
  // A mapping that knows versions retracts by itself.
  const isRetracted = new Set<unknown>();
  for (const mappedEvent of mapped) {
    const { acceptance } = mappedEvent;
    if (!acceptance.ok) {
      isWhole = false;
      acceptances.push(acceptance);
      continue;
    }
    const { event } = acceptance;
    const isRetraction = event.type === 'event.retracted';
    if (isRetraction) isRetracted.add(event.data.retracts);
    const once = mappedEvent.once || isRetraction;
    const digest = digestOf(event);
    const former = before.get(event.id);
    before.delete(event.id);
    if (former?.digest === digest) {
      standing.push(former);
      continue;
    }
    const isCorrection = former !== undefined && !once;
    const n = isCorrection ? former.n + 1 : 0;
    const as = n === 0 ? event.id : revisedId(event.id, n + 1);
    if (isCorrection && former.digest !== '') retracted.push(former);
    standing.push({ id: event.id, as, n, subject: event.subject, source: event.source, digest, once });
    acceptances.push({ ok: true, event: { ...event, id: as } });
  }
  for (const former of before.values()) {
    // What is kept is known again when the row is mended; what is retracted keeps its count of corrections.
    if (!isWhole) standing.push(former);
    else if (!former.once) {
      if (former.digest !== '') retracted.push(former);
      standing.push({ ...former, digest: '' });
    }
  }
  acceptances.push(
    ...retracted.filter(({ as }) => !isRetracted.has(as)).map((former) => retractionOf(former, at)),
  );
  return { row: { ...row, events: JSON.stringify(standing) }, acceptances };
}

function standingOf(known: FeedRowRow | null): Standing[] {
  return known === null ? [] : (JSON.parse(known.events) as Standing[]);
}

function retractionOf({ as, subject, source }: Standing, at: number): Acceptance {
  const time = new Date(at).toISOString();
  const event: StepEvent = {
    specversion: '1.0',
    id: suffixed(as, '~retracted'),
    source,
    type: 'event.retracted',
    subject,
    time,
    receivedat: time,
    data: { retracts: as, reason: 'the row was changed at its source' },
  };
  return { ok: true, event };
}

function revisedId(id: string, revision: number): string {
  //=> revisedId('2026-17/accepted', 2) === '2026-17/accepted~2'
  return suffixed(id, `~${revision}`);
}

/** An id with a suffix, within the bound of an id; where there is no room the id is cut and told apart by a digest. */
function suffixed(id: string, suffix: string): string {
  if (id.length + suffix.length <= LONGEST_ID) return id + suffix;
  const digest = createHash('sha256').update(id).digest('hex').slice(0, 16);
  return `${id.slice(0, LONGEST_ID - suffix.length - digest.length - 1)}~${digest}${suffix}`;
}

/** What an event says, whenever it was received. */
function digestOf(event: StepEvent): string {
  const said = JSON.stringify({ ...event, id: undefined, receivedat: undefined });
  return createHash('sha256').update(said).digest('base64url').slice(0, 22);
}
