import { createHash } from 'node:crypto';
import type { LightIdentity } from '@mingjian/contracts';
import { lightChangesOfCase, type LightChangeRow, type Queryable } from '@mingjian/store';

/** What names a light for good. */
export function identityOf(row: LightChangeRow): LightIdentity {
  return {
    caseNo: row.caseNo,
    clock: row.clock,
    becameAt: new Date(row.becameAt).toISOString(),
    from: row.fromLight,
    to: row.toLight,
  };
}

/** SHA-256 over an identity, hexadecimal: short enough for an index. */
export function keyOfLight({ caseNo, clock, becameAt, from, to }: LightIdentity): string {
  return createHash('sha256')
    .update(JSON.stringify(['light', caseNo, clock, Date.parse(becameAt), from, to]))
    .digest('hex');
}

/** The row of a light that holds, or the last that did; null where there was none. */
export async function lightRowOf(from: Queryable, light: LightIdentity): Promise<LightChangeRow | null> {
  const key = keyOfLight(light);
  const rows = (await lightChangesOfCase(from, light.caseNo)).filter(
    (row) => keyOfLight(identityOf(row)) === key,
  );
  return rows.find(({ supersededAt }) => supersededAt === null) ?? rows[rows.length - 1] ?? null;
}
