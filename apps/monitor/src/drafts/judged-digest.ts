import { writtenDigest } from '../rulebook/rule-document';
import type { Written } from './draft-document';

/**
 * Digest of what an impact was worked out from. An impact judges as if the draft had always held, so its first day and the
 * days of publication, which a submission and an approval write, are not in it: neither makes an impact out of date.
 */
export function judgedDigest(document: Written): string {
  const text = JSON.stringify({ ...document, inForceFrom: null }, (member, value: unknown) =>
    member === 'knownSince' ? undefined : value,
  );
  return writtenDigest(JSON.parse(text));
}
