/**
 * The daemon's clock, carried on in the page between two answers. The demonstration's clock runs `speed` times as
 * fast as the wall clock; the machine's own idea of the time plays no part.
 */
let base = null;

/** Sets the clock by an answer of the daemon. A correction of less than half a tick is left out: it would flicker. */
export function setClock(now, speed) {
  const seen = pageNow();
  if (base !== null && base.speed === speed && Math.abs(now - seen) < 500 * speed) return;
  base = { now, speed, at: performance.now() };
}

/** Epoch milliseconds by the daemon's clock; null before its first answer. */
export function pageNow() {
  return base === null ? null : base.now + (performance.now() - base.at) * base.speed;
}
