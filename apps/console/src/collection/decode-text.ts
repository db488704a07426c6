/** What exports of departments are written in, where nobody says it. */
const USUAL = ['utf-8', 'gb18030'];

/**
 * The text of a file that a department exported: in the encoding that its mapping names, where the bytes fit it, else in UTF-8 or, as
 * older systems write, in GB 18030. Bytes that fit none are shown as the sign for what cannot be read.
 */
export function decodeText(bytes: ArrayBuffer, named: unknown): string {
  for (const encoding of typeof named === 'string' ? [named, ...USUAL] : USUAL)
    try {
      return new TextDecoder(encoding, { fatal: true }).decode(bytes);
    } catch {
      // The bytes do not fit it, or the browser does not know it: the next one.
    }
  return new TextDecoder().decode(bytes);
}
