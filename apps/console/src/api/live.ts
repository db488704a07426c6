import { ref } from 'vue';
import type { LightChange } from './answers';

export type LinkState = 'connecting' | 'open' | 'broken';
/** Whether light changes arrive as they happen. */
export const link = ref<LinkState>('connecting');

/** A listener gets changes in bunches: two hundred a second are four calls, not two hundred. */
type Listener = (changes: readonly LightChange[]) => void;

const BUNCH_MS = 250;
const RECONNECT_MS = 5_000;
/** More than the page shows; older ones of a flood can be left out, since pages read again what they list. */
const MOST_IN_A_BUNCH = 500;

const listeners = new Set<Listener>();
const reopened = new Set<() => void>();
let source: EventSource | null = null;
let waiting: LightChange[] = [];
let timer: number | undefined;

/** Calls `listener` with light changes until the returned function is called. `reopen` is called after a break. */
export function listen(listener: Listener, reopen: () => void): () => void {
  listeners.add(listener);
  reopened.add(reopen);
  return () => {
    listeners.delete(listener);
    reopened.delete(reopen);
  };
}

/** Opens the stream; the browser reconnects and goes on where it stopped. */
export function connect(): void {
  source?.close();
  const stream = new EventSource('/v1/lights/stream');
  source = stream;
  stream.addEventListener('open', () => {
    const wasBroken = link.value === 'broken';
    link.value = 'open';
    // What was missed while the connection was down is read again.
    if (wasBroken) for (const reopen of reopened) reopen();
  });
  stream.addEventListener('error', () => {
    link.value = 'broken';
    // A refused connection is final for the browser, not for us.
    if (stream.readyState === EventSource.CLOSED && source === stream) setTimeout(connect, RECONNECT_MS);
  });
  stream.addEventListener('light', ({ data }: MessageEvent<string>) => {
    waiting.push(JSON.parse(data) as LightChange);
    if (waiting.length > MOST_IN_A_BUNCH) waiting.shift();
    timer ??= window.setTimeout(hand, BUNCH_MS);
  });
}

/** Ends the stream. */
export function disconnect(): void {
  source?.close();
  source = null;
}

function hand(): void {
  timer = undefined;
  const changes = waiting;
  waiting = [];
  for (const listener of listeners) listener(changes);
}
