import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** A file as it was when it was looked at. */
export interface SeenFile {
  name: string;
  size: number;
  mtimeMs: number;
}

/**
 * Tells files that are whole from those that are still being written: a file is whole when its size and time have not
 * changed for a while. Who writes `data.csv.part` and renames it at the end is safe in any case, because no pattern
 * should match that name.
 */
export class SettledFiles {
  private readonly since = new Map<string, SeenFile & { at: number }>();

  /** `settledMs`: for how long nothing may have changed. */
  constructor(
    private readonly folder: string,
    patterns: readonly string[],
    private readonly settledMs: number,
  ) {
    this.patterns = patterns.map(patternOf);
  }

  private readonly patterns: readonly RegExp[];

  /** Looks once: files that are whole, in order of their names, and how many are not yet. */
  async look(now: number): Promise<{ whole: SeenFile[]; unsettled: number }> {
    const entries = await readdir(this.folder, { withFileTypes: true });
    const names = entries
      // Links could lead anywhere on this machine.
      .filter((entry) => entry.isFile() && !entry.name.startsWith('.'))
      .map((entry) => entry.name)
      .filter((name) => this.patterns.some((pattern) => pattern.test(name)))
      .sort();
    const whole: SeenFile[] = [];
    for (const name of this.since.keys()) if (!names.includes(name)) this.since.delete(name);
    for (const name of names) {
      const found = await stat(join(this.folder, name)).catch(() => null);
      if (found === null) continue;
      const { size, mtimeMs } = found;
      const before = this.since.get(name);
      if (before === undefined || before.size !== size || before.mtimeMs !== mtimeMs)
        this.since.set(name, { name, size, mtimeMs, at: now });
      // Either we have seen it unchanged for so long, or its own time says so.
      const unchangedSince = Math.min(this.since.get(name)?.at ?? now, mtimeMs);
      if (now - unchangedSince >= this.settledMs) whole.push({ name, size, mtimeMs });
    }
    return { whole, unsettled: names.length - whole.length };
  }
}

/** A name with `*` and `?`. */
function patternOf(pattern: string): RegExp {
  const text = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${text}$`, 'u');
}
