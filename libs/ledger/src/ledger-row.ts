import { canonicalText, stringText } from './canonical-text';
import { digestOf, type LedgerAlgorithm } from './digest';

/**
 * One row of a chain. `at` is when it was written (epoch milliseconds, UTC); `actor` who did it, null for the daemon
 * itself; `subject` what it is about (a case number, an order, an account); `bodyText` what proves, canonical JSON.
 */
export interface LedgerRow {
  chain: string;
  /** From 1, without a gap. */
  seq: number;
  alg: LedgerAlgorithm;
  at: number;
  kind: string;
  actor: string | null;
  subject: string;
  bodyText: string;
  /** Hash of the row before; {@link NO_HASH} in the first. */
  prev: string;
  hash: string;
}

/** The hash of a row: over its canonical JSON without the member `hash`. */
export function hashOfRow(row: Omit<LedgerRow, 'hash'>): string {
  return digestOf(row.alg, rowTextOf(row));
}

/** The canonical JSON of a row without its hash: what is hashed. */
export function rowTextOf(row: Omit<LedgerRow, 'hash'>): string {
  return rowText(row, null);
}

/** A row as the export writes it: canonical JSON (RFC 8785), the members in order of their names. */
export function lineOfRow(row: LedgerRow): string {
  return rowText(row, row.hash);
}

/** By hand, since it is written for every light change: a spec holds it against the general form. */
function rowText(row: Omit<LedgerRow, 'hash'>, hash: string | null): string {
  const actor = row.actor === null ? 'null' : stringText(row.actor);
  return (
    `{"actor":${actor},"alg":"${row.alg}","at":"${new Date(row.at).toISOString()}","body":${row.bodyText},` +
    `"chain":${stringText(row.chain)},${hash === null ? '' : `"hash":"${hash}",`}"kind":${stringText(row.kind)},` +
    `"prev":"${row.prev}","seq":${row.seq},"subject":${stringText(row.subject)}}`
  );
}

/** Reads a line of an export. @returns the row, or null where the line is not exactly what {@link lineOfRow} writes. */
export function rowOfLine(line: string, parsed: Readonly<Record<string, unknown>>): LedgerRow | null {
  const { actor, alg, at, body, chain, hash, kind, prev, seq, subject } = parsed;
  const isText = (value: unknown): value is string => typeof value === 'string';
  if (!isText(at) || !isText(chain) || !isText(hash) || !isText(kind) || !isText(prev) || !isText(subject))
    return null;
  if (alg !== 'sha256' && alg !== 'sm3') return null;
  if (actor !== null && !isText(actor)) return null;
  const instant = Date.parse(at);
  if (typeof seq !== 'number' || Number.isNaN(instant) || !isObject(body)) return null;
  const row: LedgerRow = {
    actor,
    alg,
    at: instant,
    bodyText: canonicalText(body),
    chain,
    hash,
    kind,
    prev,
    seq,
    subject,
  };
  return lineOfRow(row) === line ? row : null;
}

/** A row that stands as a value within other JSON; null where it is none. */
export function rowOfValue(value: unknown): LedgerRow | null {
  if (typeof value !== 'object' || value === null) return null;
  return rowOfLine(canonicalText(value), value as Record<string, unknown>);
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
