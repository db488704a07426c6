import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { z } from 'zod';

const KnownSources = z.strictObject({
  /** Department by source; null: no register was approved. */
  departments: z.record(z.string(), z.string()).nullable(),
  keys: z.array(
    z.strictObject({
      id: z.number().int(),
      source: z.string(),
      /** SHA-256, hex. */
      hash: z.string().regex(/^[0-9a-f]{64}$/),
      /** Epoch milliseconds. */
      endsAt: z.number().nullable(),
    }),
  ),
});

/** What was last read in the store of who may send. */
export type KnownSources = z.infer<typeof KnownSources>;

/**
 * Keeps in a file, readable by its owner only, what was last read in the store: a process that starts while the database is away takes
 * records in all the same. No key and no name of a person stands in it.
 */
export class SourceMemory {
  private written = '';

  constructor(private readonly file: string) {}

  /** Null where nothing was kept yet, or it is damaged. */
  read(): KnownSources | null {
    try {
      return KnownSources.parse(JSON.parse(readFileSync(this.file, 'utf8')));
    } catch {
      return null;
    }
  }

  /** Keeps what is known now, where it is another. */
  write(known: KnownSources): void {
    const text = JSON.stringify(known);
    if (text === this.written) return;
    const draft = `${this.file}.${process.pid}.tmp`;
    try {
      writeFileSync(draft, text, { mode: 0o600 });
      renameSync(draft, this.file);
      this.written = text;
    } catch {
      // A full disk keeps nobody from sending; the next look tries again.
    }
  }
}
