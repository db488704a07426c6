import { createHash } from 'node:crypto';
import type { ComplaintRecord, Light, OrderRule, OrderSource } from '@mingjian/contracts';
import { complaintHappenings, type OrderCandidate } from '@mingjian/rules';
import {
  actsOf,
  complaintsWithActs,
  decodeFinding,
  decodeLightChange,
  instantText,
  ISSUED_LIGHT,
  type Queryable,
} from '@mingjian/store';
import { identityOf } from '../acts/light-of';
import { keyOfSource } from './order-source';

/** What a rule may be about, and the source that an order names for it. */
export type Found = OrderCandidate & { source: OrderSource };

/** Acts about complaints that can be what each kind of happening rests on. */
const ACT_OF = { yellow: 'lit', red: 'lit', reopened: 'reopened', valid: 'verified' } as const;

/** What a rule is about, of one department, that holds and became true since an instant. */
export function candidatesOf(
  from: Queryable,
  rule: OrderRule,
  department: string,
  since: number,
): Promise<Found[]> {
  if (rule.complaint !== undefined) return ofComplaints(from, rule.complaint, department, since);
  if (rule.finding !== undefined) return ofFindings(from, rule.finding, department, since);
  return ofLights(from, rule.light, department, since);
}

async function ofLights(
  from: Queryable,
  light: Light | undefined,
  department: string,
  since: number,
): Promise<Found[]> {
  const rows = await from.query<object>(
    // A light that waits for a person to confirm it is none yet.
    `SELECT * FROM light_change WHERE department = ? AND superseded_at IS NULL AND ${ISSUED_LIGHT} ` +
      'AND to_light = ? AND became_at >= ?',
    [department, light, instantText(since)],
  );
  return rows.map(decodeLightChange).map((row) => {
    const source = { kind: 'light', ...identityOf(row) } as const;
    const what = { light: row.toLight, kind: row.clockKind };
    return { key: keyOfSource(source), subject: row.caseNo, department, at: row.becameAt, what, source };
  });
}

async function ofFindings(
  from: Queryable,
  code: string,
  department: string,
  since: number,
): Promise<Found[]> {
  const rows = await from.query<object>(
    'SELECT * FROM finding WHERE department = ? AND superseded_at IS NULL AND code = ? AND detected_at >= ?',
    [department, code, instantText(since)],
  );
  return rows.map(decodeFinding).map((row) => {
    const source = { kind: 'finding', caseNo: row.caseNo, code: row.code, ref: row.ref } as const;
    return {
      key: keyOfSource(source),
      subject: row.caseNo,
      department,
      at: row.at ?? row.detectedAt,
      what: { finding: row.code },
      source,
    };
  });
}

/** Of a complaint that is for inspectors alone nothing: an order would tell the department of it (信访工作条例 Art. 30). */
async function ofComplaints(
  from: Queryable,
  what: NonNullable<OrderRule['complaint']>,
  department: string,
  since: number,
): Promise<Found[]> {
  const found: Found[] = [];
  const column = what === 'valid' ? 'department' : 'handler';
  for (const { id, no, repeatOf } of await complaintsWithActs(
    from,
    column,
    department,
    ACT_OF[what],
    since,
  )) {
    const events = await actsOf<ComplaintRecord>(from, 'complaint', id);
    for (const one of complaintHappenings(events))
      if (one.what === what && one.department === department)
        found.push({
          key: keyOfHappening(no, one.ref),
          subject: `complaint/${repeatOf ?? id}`,
          department,
          at: one.at,
          what: { complaint: what },
          source: { kind: 'complaint', complaintNo: no },
        });
  }
  return found;
}

/** A complaint may be reopened several times: what counts once is each of them, and not the complaint. */
function keyOfHappening(complaintNo: string, ref: string): string {
  return createHash('sha256')
    .update(JSON.stringify(['complaint', complaintNo, ref]))
    .digest('hex');
}
