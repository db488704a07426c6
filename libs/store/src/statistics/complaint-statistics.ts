import type { ComplaintKind } from '@mingjian/contracts';
import { instantText } from '../hot/instant-text';
import type { RowScope } from '../row-scope';
import type { Queryable } from '../store';

/** Complaints of a period by what they are about. */
export interface ComplaintStatistics {
  kind: ComplaintKind;
  registered: number;
  /** 有效投诉: found valid, or in part, so far. */
  valid: number;
  ended: number;
  /** 重复投诉: of the same person about the same matter. */
  repeated: number;
}

/**
 * Complaints registered from `since` until before `until`, by kind, the most frequent first. 检举控告, which are for inspectors
 * alone, are left out: that one exists would tell.
 */
export async function complaintStatistics(
  from: Queryable,
  since: number,
  until: number,
  scope: RowScope,
): Promise<ComplaintStatistics[]> {
  const seen = scope.condition();
  const rows = await from.query<
    Record<'registered' | 'valid' | 'ended' | 'repeated', number | string> & { kind: ComplaintKind }
  >(
    "SELECT kind, COUNT(*) AS registered, SUM(CASE WHEN verdict IN ('valid', 'partly') THEN 1 ELSE 0 END) AS valid, " +
      'COUNT(ended_at) AS ended, COUNT(repeat_of) AS repeated FROM complaint ' +
      `WHERE confidential = 0 AND registered_at >= ? AND registered_at < ? AND ${seen.sql} ` +
      'GROUP BY kind ORDER BY COUNT(*) DESC, kind',
    [instantText(since), instantText(until), ...seen.parameters],
  );
  return rows.map(({ kind, registered, valid, ended, repeated }) => ({
    kind,
    ...{
      registered: Number(registered),
      valid: Number(valid),
      ended: Number(ended),
      repeated: Number(repeated),
    },
  }));
}
