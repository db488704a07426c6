import { formatInstant, type Zone } from '@mingjian/rules';

/** Reads one written form of time. Null: the text has another form. @throws RangeError on a date that does not exist. */
export type TimeReader = (text: string, zone: Zone | null) => string | null;

const ISO =
  /^(?<yyyy>\d{4})-(?<MM>\d{2})-(?<dd>\d{2})[T ](?<HH>\d{2}):(?<mm>\d{2})(?::(?<ss>\d{2})(?:[.,](?<S>\d+))?)?\s*(?<XXX>Z|[+-]\d{2}(?::?\d{2})?)?$/i;

/** A pattern's letters and what they stand for. One letter: with or without a leading zero. */
const TOKENS: Readonly<Record<string, string>> = {
  yyyy: '(?<yyyy>\\d{4})',
  MM: '(?<MM>\\d{2})',
  M: '(?<MM>\\d{1,2})',
  dd: '(?<dd>\\d{2})',
  d: '(?<dd>\\d{1,2})',
  HH: '(?<HH>\\d{2})',
  H: '(?<HH>\\d{1,2})',
  mm: '(?<mm>\\d{2})',
  ss: '(?<ss>\\d{2})',
  S: '(?<S>\\d+)',
  XXX: '\\s*(?<XXX>[Zz]|[+-]\\d{2}(?::?\\d{2})?)',
};

export const TIME_FORMAT_HINT =
  'iso, epoch-s, epoch-ms, or a pattern of yyyy MM M dd d HH H mm ss S XXX such as yyyy/M/d H:mm or yyyyMMddHHmmss';

/**
 * Compiles a time format of a mapping: `iso` (2011-10-11T13:42:22 with space for T, fraction and offset optional),
 * `epoch-s`, `epoch-ms`, or a pattern. `S` is a fraction of any length; finer than a millisecond is cut off, because
 * rounding up would move a time past the instant at which something happened.
 * @throws Error on a pattern with an unknown letter or without a full date.
 */
export function compileTimeFormat(format: string): TimeReader {
  if (format === 'epoch-s' || format === 'epoch-ms') return epochReader(format === 'epoch-s' ? 1000 : 1);
  const pattern = format === 'iso' ? ISO : patternOf(format);
  return (text, zone) => {
    const parts = pattern.exec(text)?.groups;
    return parts === undefined ? null : writeTime(parts, text, zone);
  };
}

function epochReader(unitMs: number): TimeReader {
  return (text) => {
    if (!/^-?\d{1,14}(\.\d+)?$/.test(text)) return null;
    return new Date(Math.floor(Number(text) * unitMs)).toISOString();
  };
}

function patternOf(format: string): RegExp {
  const pieces = format.match(/yyyy|MM?|dd?|HH?|mm|ss|S+|XXX|'[^']*'|[^A-Za-z']|T|./g) ?? [];
  const source = pieces.map((piece) => {
    const token = TOKENS[piece.startsWith('S') ? 'S' : piece];
    if (token !== undefined) return token;
    if (/^[A-SU-Za-z']$/.test(piece)) throw new Error(`unknown letter ${piece}`);
    return piece.replaceAll("'", '').replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
  });
  const text = source.join('');
  for (const part of ['yyyy', 'MM', 'dd']) if (!text.includes(`(?<${part}>`)) throw new Error(`no ${part}`);
  return new RegExp(`^${text}$`);
}

/** RFC 3339 with milliseconds; the offset as written, or the zone's. */
function writeTime(parts: Record<string, string | undefined>, text: string, zone: Zone | null): string {
  const number = (name: string): number => Number(parts[name] ?? 0);
  const ms = Number((parts.S ?? '').padEnd(3, '0').slice(0, 3));
  const local = Date.UTC(
    number('yyyy'),
    number('MM') - 1,
    number('dd'),
    number('HH'),
    number('mm'),
    number('ss'),
    ms,
  );
  const written = new Date(local);
  // Date.UTC turns 30 February into a day of March; such a time must be refused, not moved.
  const exists =
    written.getUTCMonth() + 1 === number('MM') &&
    written.getUTCDate() === number('dd') &&
    written.getUTCHours() === number('HH') &&
    written.getUTCMinutes() === number('mm') &&
    written.getUTCSeconds() === number('ss');
  if (!exists) throw new RangeError('a time that does not exist');
  if (parts.XXX !== undefined) return written.toISOString().slice(0, -1) + offsetText(parts.XXX);
  if (zone === null) throw new RangeError('a time without offset, in a mapping without zone');
  return formatInstant(zone.toInstant(local), zone);
}

/** `Z`, `+02`, `+0200` and `+02:00` as RFC 3339 writes them. */
function offsetText(offset: string): string {
  if (offset.toUpperCase() === 'Z') return 'Z';
  const digits = offset.slice(1).replace(':', '').padEnd(4, '0');
  return `${offset[0]}${digits.slice(0, 2)}:${digits.slice(2)}`;
}
