import type { QuarantineRecord } from '@mingjian/contracts';
import type { FeedRejectRow } from '@mingjian/store';
import type { Acceptance, MappedRecord } from '@mingjian/mapping';

/** Longest list of ids that a quarantine record ends with. */
const LONGEST_LIST = 1000;

/** What of a row lies in quarantine now, and what does no longer. */
export interface RejectsOfRow {
  kept: FeedRejectRow[];
  /** Ids of quarantine records. */
  ended: string[];
  /** For the log: the ends. */
  acceptances: Acceptance[];
}

/**
 * What becomes of a row's records in quarantine when the row was mapped anew. As long as anything of it cannot be used they
 * stay; when all of it can, each ends: released where it waited for a row of another table, resolved where it was mended.
 */
export function followRejects(
  row: Pick<FeedRejectRow, 'feed' | 'rowKey' | 'rowValues'>,
  before: readonly FeedRejectRow[],
  mapped: readonly MappedRecord[],
  at: number,
): RejectsOfRow {
  const { feed, rowKey, rowValues } = row;
  const now = new Map<string, FeedRejectRow>();
  for (const { acceptance, waitsFor } of mapped) {
    if (acceptance.ok) continue;
    const { quarantine } = acceptance;
    // What was received is kept in quarantine itself.
    const record = JSON.stringify({ ...quarantine, raw: '' });
    const isWaiting = waitsFor !== null;
    now.set(quarantine.id, { feed, quarantineId: quarantine.id, rowKey, rowValues, isWaiting, record });
  }
  if (now.size > 0) {
    const others = before.filter(({ quarantineId }) => !now.has(quarantineId));
    return {
      kept: [...others.map((one) => ({ ...one, isWaiting: false })), ...now.values()],
      ended: [],
      acceptances: [],
    };
  }
  const eventIds = mapped.flatMap(({ acceptance }) => (acceptance.ok ? [acceptance.event.id] : []));
  const endedBy = { endedby: `feed ${feed}`, endedwith: eventIds.join(', ').slice(0, LONGEST_LIST) };
  const time = new Date(at).toISOString();
  return {
    kept: [],
    ended: before.map(({ quarantineId }) => quarantineId),
    acceptances: before.map(({ record, isWaiting }) => {
      const end = isWaiting ? { releasedat: time } : { resolvedat: time };
      return { ok: false, quarantine: { ...(JSON.parse(record) as QuarantineRecord), ...end, ...endedBy } };
    }),
  };
}
