import { setTimeout as pause } from 'node:timers/promises';

/**
 * Asks again and again until the answer is no longer null. For what another process does: it tells nobody when.
 * @throws Error naming what was waited for, when it did not come within the bound.
 */
export async function until<T>(
  what: string,
  ask: () => Promise<T | null> | T | null,
  { withinMs = 60_000, everyMs = 50 }: { withinMs?: number; everyMs?: number } = {},
): Promise<T> {
  const startedAt = performance.now();
  for (;;) {
    const answer = await ask();
    if (answer !== null) return answer;
    if (performance.now() - startedAt > withinMs)
      throw new Error(`waited ${withinMs} ms in vain for: ${what}`);
    await pause(everyMs);
  }
}
