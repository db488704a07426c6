import { durationMs } from '@mingjian/contracts';

/** A value as the database gave it. */
export type Value = string | number | null;

/** A time as databases write it: with or without separators, fraction and offset. */
const TIME = /^(\d{4})(\D?)(\d{2})(\D?)(\d{2})(?:(\D?)(\d{2})(\D?)(\d{2})(?:(\D?)(\d{2})(\.\d+)?)?)?(.*)$/s;

/**
 * A time as the database writes it, moved by so many milliseconds, in the same form: a watermark is compared by the
 * database, so it must stay what the database wrote. Arithmetic is on the calendar, without a zone.
 */
export function shiftTime(text: string, ms: number): string {
  //=> shiftTime('2026-09-14 10:00:00.250', -600000) === '2026-09-14 09:50:00.250'
  const parts = TIME.exec(text);
  if (parts === null) throw noTime(text);
  const [, , a = '', , b = '', , c, hour, d = '', , e, second, fraction = '', rest = ''] = parts;
  const at = civilMs(text);
  const iso = new Date(at + ms).toISOString();
  const date = `${iso.slice(0, 4)}${a}${iso.slice(5, 7)}${b}${iso.slice(8, 10)}`;
  if (hour === undefined) return `${date}${rest}`;
  const time = `${c}${iso.slice(11, 13)}${d}${iso.slice(14, 16)}`;
  if (second === undefined) return `${date}${time}${rest}`;
  // Digits behind the milliseconds are dropped: earlier is safe, later is not.
  const digits =
    fraction === ''
      ? ''
      : `.${iso
          .slice(20, 23)
          .padEnd(fraction.length - 1, '0')
          .slice(0, fraction.length - 1)}`;
  return `${date}${time}${e}${iso.slice(17, 19)}${digits}${rest}`;
}

/** Milliseconds of a time on the calendar, as if it were UTC. */
function civilMs(text: string): number {
  const parts = TIME.exec(text);
  if (parts === null) throw noTime(text);
  const [, year = '', , month = '', , day = '', , hour = 0, , minute = 0, , second = 0, fraction = ''] =
    parts;
  const ms = Math.floor(Number(`0${fraction}`) * 1000);
  return Date.UTC(+year, +month - 1, +day, +hour, +minute, +second, ms);
}

function noTime(text: string): Error {
  return new Error(`The watermark ${JSON.stringify(text.slice(0, 40))} is no time.`);
}

/** A time, written in the form of another: a column of texts is compared as text. */
export function inFormOf(time: string, form: string): string {
  //=> inFormOf('2026-09-14 10:00:00.000', '20250101000000') === '20260914100000'
  return shiftTime(form, civilMs(time) - civilMs(form));
}

/** Digits of a time without separators and offset, to be compared as text. */
function comparable(text: string): string {
  const parts = TIME.exec(text);
  if (parts === null) return text;
  const [, year, , month, , day, , hour = '00', , minute = '00', , second = '00', fraction = '.'] = parts;
  return `${year}${month}${day}${hour}${minute}${second}${fraction}`;
}

/** How the values of a watermark are compared and moved. */
export interface WatermarkKind {
  later: (a: Value, b: Value) => Value;
  /** Moved back by a width of the feed document. */
  back: (value: Value, width: string | number) => Value;
}

const TIMES: WatermarkKind = {
  later: (a, b) => (a === null || (b !== null && comparable(String(b)) > comparable(String(a))) ? b : a),
  back: (value, width) => (value === null ? null : shiftTime(String(value), -durationMs(String(width)))),
};

const NUMBERS: WatermarkKind = {
  later: (a, b) => (a === null || (b !== null && big(b) > big(a)) ? b : a),
  back: (value, width) => (value === null ? null : plain(big(value) - BigInt(width))),
};

export function watermarkOf(kind: 'time' | 'number'): WatermarkKind {
  return kind === 'time' ? TIMES : NUMBERS;
}

/** The earlier of a watermark and the time of the database: a writer whose clock is ahead must not move it there. */
export function notAfter(value: Value, now: string | null): Value {
  if (value === null || now === null) return value;
  return comparable(String(value)) > comparable(now) ? inFormOf(now, String(value)) : value;
}

/** As text where it is longer than a double can hold. */
function plain(value: bigint): Value {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : String(value);
}

function big(value: Value): bigint {
  try {
    return BigInt(String(value).replace(/\.0*$/, ''));
  } catch {
    throw new Error(`The watermark ${JSON.stringify(String(value).slice(0, 40))} is no whole number.`);
  }
}
