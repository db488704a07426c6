/** Snappy's own format, with nothing compressed: the length, then one literal. */
export function asSnappy(bytes: Buffer): Buffer {
  const header: number[] = [];
  for (let rest = bytes.length; ; rest >>>= 7) {
    header.push(rest < 0x80 ? rest : (rest & 0x7f) | 0x80);
    if (rest < 0x80) break;
  }
  const literal = Buffer.from([61 << 2, 0, 0]);
  literal.writeUInt16LE(bytes.length - 1, 1);
  return Buffer.concat([Buffer.from(header), literal, bytes]);
}
