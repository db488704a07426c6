import { createReadStream } from 'node:fs';
import type { Readable } from 'node:stream';
import { isNativeError } from 'node:util/types';
import { createGunzip } from 'node:zlib';
import { BadInputError } from '@mingjian/contracts';

/**
 * The text of a file piece by piece, unpacked where its name ends in `.gz`; a byte order mark is left out.
 * `onBytes` hears how many bytes of the file itself were read, for a progress line.
 * @throws BadInputError when the file cannot be opened or unpacked, or holds bytes that its encoding does not have.
 */
export async function* readText(
  file: string,
  encoding: string,
  onBytes: (count: number) => void = () => undefined,
): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding, { fatal: true });
  const source = createReadStream(file);
  source.on('data', (piece) => onBytes(piece.length));
  const bytes: Readable = file.endsWith('.gz') ? source.pipe(createGunzip()) : source;
  // A pipe does not hand on errors; without this a missing file would wait for ever.
  if (bytes !== source) source.on('error', (error) => bytes.destroy(error));
  try {
    for await (const piece of bytes as AsyncIterable<Buffer>) {
      const text = decoder.decode(piece, { stream: true });
      if (text !== '') yield text;
    }
    const rest = decoder.decode();
    if (rest !== '') yield rest;
  } catch (error) {
    throw unreadable(file, encoding, error);
  } finally {
    source.destroy();
  }
}

function unreadable(file: string, encoding: string, error: unknown): unknown {
  if (!isNativeError(error)) return error;
  const code = 'code' in error ? String(error.code) : '';
  const got = error.message;
  if (code === 'ERR_ENCODING_INVALID_ENCODED_DATA') {
    const other = /^utf-?8$/i.test(encoding) ? 'gb18030' : 'utf-8';
    const hint = `name the encoding of the file in the mapping, "encoding: ${other}" for instance`;
    return new BadInputError([
      { place: file, field: '', expected: `text in ${encoding}`, got: 'bytes that it does not have', hint },
    ]);
  }
  if (/^(E[A-Z]+|Z_[A-Z_]+)$/.test(code))
    return new BadInputError([
      { place: file, field: '', expected: 'a file that can be read', got, hint: '' },
    ]);
  return error;
}
