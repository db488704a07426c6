import { setTimeout as pause } from 'node:timers/promises';

const PATIENCE_MS = 10_000;
const PAUSE_MS = 2;

/**
 * Does a write as soon as no other process is writing. SQLite's own waiting would hold up the whole process, requests
 * and timers with it; this lets them go on, and looks again often enough not to starve beside a busy writer.
 * @throws the database's error after 10 seconds of waiting, and any other error at once.
 */
export async function whenNotBusy(write: () => void): Promise<void> {
  const giveUpAt = performance.now() + PATIENCE_MS;
  for (;;) {
    try {
      write();
      return;
    } catch (error) {
      if (!isBusy(error) || performance.now() > giveUpAt) throw error;
    }
    await pause(PAUSE_MS);
  }
}

function isBusy(error: unknown): boolean {
  return (
    typeof error === 'object' &&
    error !== null &&
    'code' in error &&
    String(error.code).startsWith('SQLITE_BUSY')
  );
}
