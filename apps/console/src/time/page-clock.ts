import { ref } from 'vue';

/**
 * The daemon's clock, carried on in the page between two answers. The demonstration's clock runs `speed` times as
 * fast as the wall clock; the machine's own idea of the time plays no part.
 */
let base: { now: number; speed: number; at: number } | null = null;
/** Offset of the working calendar's zone from UTC, as the daemon's answers carry it. */
export const offsetMs = ref(8 * 3_600_000);
/** Epoch milliseconds by the daemon's clock, moved on twice a second; null before its first answer. */
export const now = ref<number | null>(null);

const TICK_MS = 500;

/** Sets the clock by an answer of the daemon. A correction of less than half a tick is left out: it would flicker. */
export function setClock(text: string, speed: number): void {
  const at = Date.parse(text);
  offsetMs.value = offsetOf(text);
  const seen = pageNow();
  if (base !== null && seen !== null && base.speed === speed && Math.abs(at - seen) < 500 * speed) return;
  base = { now: at, speed, at: performance.now() };
  now.value = at;
}

/** Epoch milliseconds by the daemon's clock at this moment; null before its first answer. */
export function pageNow(): number | null {
  return base === null ? null : base.now + (performance.now() - base.at) * base.speed;
}

/** Offset that an RFC 3339 text carries. */
export function offsetOf(text: string): number {
  const [, sign, hours, minutes] = /([+-])(\d{2}):(\d{2})$/.exec(text) ?? [];
  if (sign === undefined) return 0;
  return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * 60_000;
}

/** Lets {@link now} run for as long as the page lives. */
export function startTicking(): void {
  setInterval(() => (now.value = pageNow()), TICK_MS);
}
