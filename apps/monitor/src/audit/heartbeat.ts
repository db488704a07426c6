import { rename, writeFile } from 'node:fs/promises';

export interface HeartbeatTargets {
  /** File whose time and content say when the last beat was; empty: none. */
  file: string;
  /** Address that is called with POST at each beat; empty: none. */
  url: string;
}

const CALL_TIMEOUT_MS = 5_000;

/**
 * Tells those who watch from outside that the last audit passed.
 * @throws naming each target that could not be told.
 */
export async function beat({ file, url }: HeartbeatTargets, at: number): Promise<void> {
  const problems: string[] = [];
  if (file !== '')
    try {
      // Whoever reads it sees the old beat or the new one, never half of one.
      await writeFile(`${file}.next`, `${new Date(at).toISOString()}\n`);
      await rename(`${file}.next`, file);
    } catch (error) {
      problems.push(`${file}: ${(error as Error).message}`);
    }
  if (url !== '')
    try {
      const response = await fetch(url, { method: 'POST', signal: AbortSignal.timeout(CALL_TIMEOUT_MS) });
      if (!response.ok) problems.push(`${url}: answered ${response.status}`);
    } catch (error) {
      problems.push(`${url}: ${(error as Error).message}`);
    }
  if (problems.length > 0) throw new Error(`The heartbeat did not reach everybody: ${problems.join('; ')}`);
}
