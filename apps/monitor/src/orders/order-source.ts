import { createHash } from 'node:crypto';
import type { OrderSource } from '@mingjian/contracts';
import { keyOfLight } from '../acts/light-of';

/** What makes a source of an order that source and no other, SHA-256, hexadecimal. */
export function keyOfSource(source: OrderSource): string {
  if (source.kind === 'light') return keyOfLight(source);
  const identity =
    source.kind === 'complaint'
      ? ['complaint', source.complaintNo]
      : ['finding', source.caseNo, source.code, source.ref];
  return createHash('sha256').update(JSON.stringify(identity)).digest('hex');
}

/** The number of the case, or of the complaint, that a source is about. */
export function subjectOfSource(source: OrderSource): string {
  return source.kind === 'complaint' ? source.complaintNo : source.caseNo;
}
