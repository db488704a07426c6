import { once } from 'node:events';
import type { FastifyReply } from 'fastify';
import type { LightChangeRow, RowScope } from '@mingjian/store';
import type { LightStream } from './light-stream';

/** Tells the browser how soon to come back after a break. */
const RETRY_MS = 3_000;

/** What one listener gets. */
export interface Listening {
  /** Changes after this id; null: after the newest now. */
  after: number | null;
  /** Which of them may be told. */
  scope: RowScope;
  present: (change: LightChangeRow) => object;
  /** Asked before everything that is sent, signs of life too: false ends the stream. */
  mayGoOn: () => Promise<boolean>;
}

/**
 * Sends light changes to one listener until it goes away or the stream ends. What the connection does not take is not
 * read from the table: memory is bounded by one page, however slow the listener is.
 */
export async function sendLightChanges(
  reply: FastifyReply,
  stream: LightStream,
  { after, scope, present, mayGoOn }: Listening,
): Promise<void> {
  // Headers that hooks set (security) are not lost by answering by hand.
  const headers = reply.getHeaders();
  reply.hijack();
  const { raw } = reply;
  for (const [name, value] of Object.entries(headers)) if (value !== undefined) raw.setHeader(name, value);
  raw.writeHead(200, {
    'Content-Type': 'text/event-stream; charset=utf-8',
    'Cache-Control': 'no-store',
    Connection: 'keep-alive',
    'X-Accel-Buffering': 'no',
  });
  const gone = new AbortController();
  raw.once('close', () => gone.abort());
  raw.once('error', () => gone.abort());
  raw.write(`retry: ${RETRY_MS}\n\n`);
  for await (const rows of stream.follow(after, scope, gone.signal)) {
    if (!(await mayGoOn())) break;
    const text =
      rows.length === 0
        ? ': alive\n\n'
        : rows
            .map((row) => `id: ${row.id}\nevent: light\ndata: ${JSON.stringify(present(row))}\n\n`)
            .join('');
    if (!raw.write(text) && !gone.signal.aborted)
      await Promise.race([once(raw, 'drain'), closed(gone.signal)]);
  }
  raw.end();
}

function closed(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
}
