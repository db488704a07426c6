import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { z } from 'zod';

/** A key is noted as used at most this often: taking events in is no reason to write each time. */
const NOTE_EVERY_MS = 60_000;

const UseDocument = z.record(z.string(), z.iso.datetime({ offset: true }));

/**
 * When each key of a source was last used, in a file beside the sources: an administrator who changes a key wants to see that
 * nobody uses the former one any more. To the minute; what cannot be written is lost, and takes no event with it.
 */
export class KeyUse {
  /** Instants that stand in the file for this process, by the hash of the key. */
  private readonly noted = new Map<string, number>();

  constructor(private readonly file: string) {}

  /** Notes that a key was used. */
  note(keyHash: string, at: number): void {
    if (at - (this.noted.get(keyHash) ?? -Infinity) < NOTE_EVERY_MS) return;
    this.noted.set(keyHash, at);
    // Another process may have noted others in between.
    const uses = { ...this.read(), [nameOf(keyHash)]: new Date(at).toISOString() };
    const draft = `${this.file}.${process.pid}.tmp`;
    try {
      writeFileSync(draft, `${JSON.stringify(uses, null, 2)}\n`, { mode: 0o600 });
      renameSync(draft, this.file);
    } catch {
      // A full disk keeps nobody from sending; the next minute tries again.
    }
  }

  /** When a key was last used, RFC 3339; null: never, as far as is known. */
  lastUse(keyHash: string): string | null {
    return this.read()[nameOf(keyHash)] ?? null;
  }

  private read(): Record<string, string> {
    try {
      return UseDocument.parse(JSON.parse(readFileSync(this.file, 'utf8')));
    } catch {
      // Not there yet, or damaged: it is written anew.
      return {};
    }
  }
}

/** Enough of the hash to tell keys apart. */
function nameOf(keyHash: string): string {
  return keyHash.slice(0, 16);
}
