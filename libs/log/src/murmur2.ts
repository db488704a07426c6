const SEED = 0x9747b28c;
const M = 0x5bd1e995;
const R = 24;

/** MurmurHash2 of 32 bits over bytes, as Kafka's clients compute it; signed. */
export function murmur2(bytes: Uint8Array): number {
  let hash = SEED ^ bytes.length;
  const whole = bytes.length & ~3;
  for (let i = 0; i < whole; i += 4) {
    let k =
      byte(bytes, i) | (byte(bytes, i + 1) << 8) | (byte(bytes, i + 2) << 16) | (byte(bytes, i + 3) << 24);
    k = Math.imul(k, M);
    k ^= k >>> R;
    hash = Math.imul(hash, M) ^ Math.imul(k, M);
  }
  const rest = bytes.length - whole;
  if (rest > 0) {
    if (rest === 3) hash ^= byte(bytes, whole + 2) << 16;
    if (rest >= 2) hash ^= byte(bytes, whole + 1) << 8;
    hash = Math.imul(hash ^ byte(bytes, whole), M);
  }
  hash = Math.imul(hash ^ (hash >>> 13), M);
  return hash ^ (hash >>> 15);
}

function byte(bytes: Uint8Array, index: number): number {
  return bytes[index] ?? 0;
}

/**
 * The partition of a key: the same as Kafka's default partitioner gives for the key's UTF-8 bytes, so that a log can be
 * moved between adapters and a producer of another language agrees with us.
 */
export function partitionOfKey(key: string, partitions: number): number {
  return (murmur2(Buffer.from(key, 'utf8')) & 0x7fffffff) % partitions;
}
