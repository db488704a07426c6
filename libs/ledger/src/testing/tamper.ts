import {
  canonicalText,
  digestOf,
  ExportWriter,
  hashOfRow,
  lineOfRow,
  newSigningKey,
  ROOT_CHAIN,
  rowOfLine,
  type LedgerRow,
} from '../index';
import { SampleLedger, type Dice } from './sample-ledger';

type Tampering = (lines: string[], dice: Dice) => string[];

const rowAt = (lines: readonly string[], index: number): LedgerRow =>
  rowOfLine(lines[index]!, JSON.parse(lines[index]!) as Record<string, unknown>)!;
const anyRow = (lines: readonly string[], dice: Dice): number => 1 + dice(lines.length - 2);
const without = (lines: readonly string[], index: number): string[] => lines.filter((_, at) => at !== index);
const put = (lines: readonly string[], index: number, ...more: string[]): string[] => [
  ...lines.slice(0, index),
  ...more,
  ...lines.slice(index),
];

/** Where the roots stand; the header may hold one too. */
const rootsOf = (lines: readonly string[]): number[] =>
  lines.flatMap((line, n) => (n > 0 && line.includes('"kind":"root.signed"') ? [n] : []));

/** Another content of a row. */
function otherContent(row: LedgerRow, dice: Dice): LedgerRow {
  switch (dice(5)) {
    case 0:
      return { ...row, at: row.at + 1 + dice(1_000_000) };
    case 1:
      return { ...row, subject: `${row.subject}${dice(10)}` };
    case 2:
      return { ...row, actor: `somebody-${dice(10)}` };
    case 3:
      return { ...row, kind: `${row.kind}.` };
    default: {
      const body = { ...(JSON.parse(row.bodyText) as object), to: `green-${dice(1000)}` };
      return { ...row, bodyText: canonicalText(body) };
    }
  }
}

/** Hashes all rows of all chains anew from `index` on, as somebody would who knows the format and has no key. */
function rehash(lines: readonly string[], from: number, renumber: boolean): string[] {
  const last = new Map<string, { hash: string; seq: number }>();
  const result = [...lines];
  for (let index = 1; index < result.length - 1; index++) {
    const row = rowAt(result, index);
    const before = last.get(row.chain);
    if (index >= from) {
      const next = {
        ...row,
        prev: before?.hash ?? row.prev,
        seq: renumber && before !== undefined ? before.seq + 1 : row.seq,
      };
      result[index] = lineOfRow({ ...next, hash: hashOfRow(next) });
    }
    const now = rowAt(result, index);
    last.set(now.chain, { hash: now.hash, seq: now.seq });
  }
  return refoot(result);
}

/** A footer whose count and digest fit, with the signature that was there. */
function refoot(lines: readonly string[]): string[] {
  const footer = JSON.parse(lines[lines.length - 1]!) as Record<string, unknown>;
  const content = lines
    .slice(0, -1)
    .map((line) => `${line}\n`)
    .join('');
  const fitting = { ...footer, rows: lines.length - 2, digest: digestOf('sha256', content) };
  return [...lines.slice(0, -1), canonicalText(fitting)];
}

/** Everything that somebody may do who has the export and not the key; `dice` decides where. */
export const TAMPERINGS: Readonly<Record<string, Tampering>> = {
  'a character changed': (lines, dice) => {
    const index = dice(lines.length);
    const line = lines[index]!;
    const at = dice(line.length);
    const other = String.fromCharCode(33 + ((line.charCodeAt(at) - 33 + 1 + dice(92)) % 93));
    return lines.map((one, n) => (n === index ? `${line.slice(0, at)}${other}${line.slice(at + 1)}` : one));
  },
  'a row changed': (lines, dice) => {
    const index = anyRow(lines, dice);
    const row = otherContent(rowAt(lines, index), dice);
    return lines.map((one, n) => (n === index ? lineOfRow(row) : one));
  },
  'a row changed and hashed anew': (lines, dice) => {
    const index = anyRow(lines, dice);
    const row = otherContent(rowAt(lines, index), dice);
    return lines.map((one, n) => (n === index ? lineOfRow({ ...row, hash: hashOfRow(row) }) : one));
  },
  'a row changed and everything behind it hashed anew': (lines, dice) => {
    const index = anyRow(lines, dice);
    const row = lineOfRow(otherContent(rowAt(lines, index), dice));
    return rehash(
      lines.map((one, n) => (n === index ? row : one)),
      index,
      false,
    );
  },
  'a row removed': (lines, dice) => without(lines, anyRow(lines, dice)),
  'a row removed, the others numbered and hashed anew': (lines, dice) => {
    const index = anyRow(lines, dice);
    return rehash(without(lines, index), index, true);
  },
  'a row twice': (lines, dice) => {
    const index = anyRow(lines, dice);
    return put(lines, index, lines[index]!);
  },
  'a row added, the others numbered and hashed anew': (lines, dice) => {
    const index = anyRow(lines, dice);
    return rehash(put(lines, index, lineOfRow(otherContent(rowAt(lines, index), dice))), index, true);
  },
  'two rows in each other’s place': (lines, dice) => {
    const [a, b] = [anyRow(lines, dice), anyRow(lines, dice)];
    const other = a === b ? (a % (lines.length - 2)) + 1 : b;
    return lines.map((one, n) => (n === a ? lines[other]! : n === other ? lines[a]! : one));
  },
  'cut off at the end': (lines, dice) => lines.slice(0, 1 + dice(lines.length - 1)),
  'rows cut off before the footer': (lines, dice) => {
    const kept = 1 + dice(lines.length - 2);
    return refoot([...lines.slice(0, kept), lines[lines.length - 1]!]);
  },
  'whole days cut off before the footer': (lines, dice) => {
    const roots = rootsOf(lines);
    const kept = roots[dice(Math.max(1, roots.length - 1))]! + 1;
    return refoot([...lines.slice(0, kept), lines[lines.length - 1]!]);
  },
  'a day taken out': (lines, dice) => {
    const roots = rootsOf(lines);
    const day = 1 + dice(roots.length - 1);
    return refoot([...lines.slice(0, roots[day - 1]! + 1), ...lines.slice(roots[day]! + 1)]);
  },
  'a signature in the place of another': (lines, dice) => {
    const roots = rootsOf(lines);
    const [a, b] = [roots[dice(roots.length)]!, roots[dice(roots.length)]!];
    const other = a === b ? roots[(roots.indexOf(a) + 1) % roots.length]! : b;
    const body = JSON.parse(rowAt(lines, a).bodyText) as Record<string, unknown>;
    const { signature } = JSON.parse(rowAt(lines, other).bodyText) as { signature: string };
    const row = { ...rowAt(lines, a), bodyText: canonicalText({ ...body, signature }) };
    return rehash(
      lines.map((one, n) => (n === a ? lineOfRow(row) : one)),
      a,
      false,
    );
  },
  'something behind the end': (lines, dice) => [...lines, lines[dice(lines.length)]!],
  'all written and signed anew with another key': (lines, dice) => {
    const forged = new SampleLedger();
    for (let index = 1; index < lines.length - 1; index++) {
      const row = rowAt(lines, index);
      if (row.chain === ROOT_CHAIN) {
        if (row.kind === 'root.signed') forged.sign();
        continue;
      }
      forged.append(
        row.chain,
        dice(30) === 0 ? 'C-other' : row.subject,
        JSON.parse(row.bodyText) as Record<string, unknown>,
      );
    }
    return forged.export();
  },
  'the footer signed with another key': (lines) => {
    const writer = new ExportWriter();
    const rows = lines.slice(1, -1).map((_, n) => rowAt(lines, n + 1));
    const header = JSON.parse(lines[0]!) as { keys: unknown[]; start: unknown };
    const asRow = (value: unknown): LedgerRow =>
      rowOfLine(canonicalText(value), value as Record<string, unknown>)!;
    const start = header.start === null ? null : asRow(header.start);
    return [
      writer.header(header.keys.map(asRow), start),
      ...rows.map((row) => writer.row(row)),
      writer.footer(0, newSigningKey().key),
    ].map((line) => line.slice(0, -1));
  },
};
