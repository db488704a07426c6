import { mkdir, open, rm, truncate } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { QuarantineRecord } from '@mingjian/contracts';

/** One line of a reject file. */
export interface Reject {
  /** Line, row or number of the element; null where the file as a whole is meant. */
  line: number | null;
  quarantine: Pick<QuarantineRecord, 'reason' | 'field' | 'expected' | 'got' | 'hint'>;
}

const HEADER = '\uFEFFline,reason,field,expected,got,hint\r\n';

/**
 * The list of what could not be used of one file, for the department that sent it: CSV with a byte order mark, as
 * spreadsheets want it. Made with its first line, so that a file without faults has none.
 */
export class RejectFile {
  constructor(
    readonly path: string,
    /** Bytes that count; what stands behind them a crash has left. */
    private bytes: number,
  ) {}

  /** Cuts off what belongs to records that will be read again. */
  async begin(): Promise<void> {
    if (this.bytes === 0) await rm(this.path, { force: true });
    else await truncate(this.path, this.bytes);
  }

  /** Resolves when the lines are on disk, with the size of the file. */
  async add(rejects: readonly Reject[]): Promise<number> {
    if (rejects.length === 0) return this.bytes;
    const text = rejects
      .map(({ line, quarantine: { reason, field, expected, got, hint } }) =>
        [line === null ? '' : String(line), reason, field, expected, got, hint].map(cell).join(','),
      )
      .map((row) => `${row}\r\n`)
      .join('');
    const written = Buffer.from(this.bytes === 0 ? HEADER + text : text, 'utf8');
    await mkdir(dirname(this.path), { recursive: true });
    const handle = await open(this.path, 'a', 0o640);
    try {
      await handle.write(written);
      await handle.sync();
    } finally {
      await handle.close();
    }
    return (this.bytes += written.length);
  }
}

/** Quoted; a text that a spreadsheet would take for a formula is given an apostrophe. */
function cell(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return `"${safe.replaceAll('"', '""')}"`;
}
