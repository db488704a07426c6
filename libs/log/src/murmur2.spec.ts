import { murmur2, partitionOfKey } from './murmur2';

// Known values of Kafka's own tests and of other clients' tests against it.
const VECTORS: [string, number][] = [
  ['', 275646681],
  ['1', -1993445489],
  ['12', 126087238],
  ['123', -267702483],
  ['1234', -1614185708],
  ['12345', -1188365604],
  ['21', -973932308],
  ['abc', 479470107],
  ['foobar', -790332482],
  ['a-little-bit-long-string', -985981536],
  ['a-little-bit-longer-string', -1486304829],
  ['lkjh234lh9fiuh90y23oiuhsafujhadof229phr9h19h89h8', -58897971],
];

describe('murmur2', () => {
  it.each(VECTORS)('gives for %j what Kafka gives', (text, hash) => {
    expect(murmur2(Buffer.from(text))).toBe(hash);
  });

  it('chooses the partition from the positive part of the hash', () => {
    expect(partitionOfKey('21', 12)).toBe((-973932308 & 0x7fffffff) % 12);
    expect(partitionOfKey('foobar', 50)).toBe(16);
  });

  it('hashes the UTF-8 bytes of a key', () => {
    expect(partitionOfKey('办件', 1024)).toBe((murmur2(Buffer.from('办件', 'utf8')) & 0x7fffffff) % 1024);
  });
});
