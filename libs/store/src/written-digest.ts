import { createHash } from 'node:crypto';
import { canonicalJson } from '@mingjian/rules';

/** SHA-256 of a document as it is written, whatever the order of its members: the digest of `rule_version`. */
export function writtenDigest(written: unknown): string {
  return createHash('sha256').update(canonicalJson(written)).digest('hex');
}
