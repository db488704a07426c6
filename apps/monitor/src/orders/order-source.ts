import { createHash } from 'node:crypto';
import type { OrderSource } from '@mingjian/contracts';
import { keyOfLight } from '../acts/light-of';

/** What makes a source of an order that source and no other, SHA-256, hexadecimal. */
export function keyOfSource(source: OrderSource): string {
  if (source.kind === 'light') return keyOfLight(source);
  const { caseNo, code, ref } = source;
  return createHash('sha256')
    .update(JSON.stringify(['finding', caseNo, code, ref]))
    .digest('hex');
}
