import { createHash } from 'node:crypto';
import { canonicalText } from './canonical-text';
import { lineOfRow, type LedgerRow } from './ledger-row';
import { signText, type SigningKey } from './signing';

export const EXPORT_FORMAT = 'mingjian-ledger/1';

/** The last line of an export. */
export interface ExportFooter {
  type: 'footer';
  /** When it was exported, RFC 3339. */
  at: string;
  rows: number;
  /** Id of the key that signed. */
  key: string;
  /** SHA-256 over all lines before, each with its line feed; hexadecimal. */
  digest: string;
  signature: string;
}

/** The text of a footer that is signed: canonical, without `signature`. */
export function footerText(footer: Omit<ExportFooter, 'signature'>): string {
  return canonicalText({ ...footer, signature: undefined });
}

/** Writes the lines of an export, each with its line feed, and remembers what the footer says of them. */
export class ExportWriter {
  private readonly bytes = createHash('sha256');
  private count = 0;

  /** @param keys rows in which the keys began that came before; `start` the root before the first row, null: none. */
  header(keys: readonly LedgerRow[], start: LedgerRow | null): string {
    const valueOf = (row: LedgerRow): unknown => JSON.parse(lineOfRow(row));
    const header = { type: 'header', format: EXPORT_FORMAT, keys: keys.map(valueOf) };
    return this.write(canonicalText({ ...header, start: start === null ? null : valueOf(start) }));
  }

  row(row: LedgerRow): string {
    this.count++;
    return this.write(lineOfRow(row));
  }

  /** Rows written so far. */
  get rows(): number {
    return this.count;
  }

  footer(at: number, key: SigningKey): string {
    const footer = {
      type: 'footer' as const,
      at: new Date(at).toISOString(),
      rows: this.count,
      key: key.id,
      digest: this.bytes.digest('hex'),
    };
    return `${canonicalText({ ...footer, signature: signText(footerText(footer), key) })}\n`;
  }

  private write(line: string): string {
    const text = `${line}\n`;
    this.bytes.update(text);
    return text;
  }
}
