import type { Readable } from 'node:stream';

export type BodyText =
  | { ok: true; text: string }
  | { ok: false; reason: 'too-long' }
  /** `text` has a replacement character for every byte that could not be read. */
  | { ok: false; reason: 'not-utf-8'; text: string };

/**
 * Reads a request's body as UTF-8 text of at most `limit` bytes; a byte order mark is left out.
 * A longer body is given up as soon as that is known and its stream left open: the server throws the rest away while
 * the answer goes out, where a closed connection would hide from the client the answer that tells what to do.
 * @throws Error when the sender breaks off.
 */
export async function readBody(body: Readable, limit: number): Promise<BodyText> {
  const pieces = await collect(body, limit);
  if (pieces === null) return { ok: false, reason: 'too-long' };
  const bytes = Buffer.concat(pieces);
  try {
    return { ok: true, text: new TextDecoder('utf-8', { fatal: true }).decode(bytes) };
  } catch {
    return { ok: false, reason: 'not-utf-8', text: new TextDecoder('utf-8').decode(bytes) };
  }
}

/** Null as soon as there are more than `limit` bytes. */
function collect(body: Readable, limit: number): Promise<Buffer[] | null> {
  return new Promise((resolve, reject) => {
    const pieces: Buffer[] = [];
    let length = 0;
    const settle = (outcome: () => void): void => {
      body.off('data', take).off('end', finish).off('error', fail).off('close', breakOff);
      // A late error of a stream that nobody reads any more must not end the process.
      body.on('error', () => undefined);
      outcome();
    };
    const take = (piece: Buffer): void => {
      length += piece.length;
      pieces.push(piece);
      if (length > limit) settle(() => resolve(null));
    };
    const finish = (): void => settle(() => resolve(pieces));
    const fail = (error: Error): void => settle(() => reject(error));
    const breakOff = (): void => settle(() => reject(new Error('The sender broke off.')));
    body.on('data', take).on('end', finish).on('error', fail).on('close', breakOff);
  });
}
