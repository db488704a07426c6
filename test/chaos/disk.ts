import { spawnSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, rmSync, rmdirSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const CHUNK = Buffer.alloc(256 * 1024);

/** A small disk of its own, in memory, that can be filled without harm to anybody else. */
export class SmallDisk {
  private constructor(readonly dir: string) {}

  /** @returns null where the system does not let us mount one. */
  static make(megabytes: number): SmallDisk | null {
    const dir = mkdtempSync(join(tmpdir(), 'mingjian-small-disk-'));
    const options = ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', dir];
    if (spawnSync('mount', options).status === 0) return new SmallDisk(dir);
    rmdirSync(dir);
    return null;
  }

  /** Writes until nothing goes in any more. */
  fill(): void {
    const file = openSync(this.filler, 'a');
    try {
      for (let bytes = CHUNK; bytes.length > 0;) {
        try {
          writeSync(file, bytes);
        } catch (error) {
          if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
          bytes = bytes.subarray(0, Math.floor(bytes.length / 2));
        }
      }
    } finally {
      closeSync(file);
    }
  }

  free(): void {
    rmSync(this.filler, { force: true });
  }

  remove(): void {
    // Lazily: a process of the services may look into it for another half second.
    spawnSync('umount', ['-l', this.dir]);
    rmSync(this.dir, { recursive: true, force: true });
  }

  private get filler(): string {
    return join(this.dir, 'filler');
  }
}
