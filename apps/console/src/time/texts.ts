import { useI18n } from 'vue-i18n';
import { offsetMs } from './page-clock';

const DAY_MS = 86_400_000;
const two = (number: number): string => String(number).padStart(2, '0');
const local = (at: number): Date => new Date(at + offsetMs.value);

/** Epoch milliseconds of an instant as the API writes it; null stays null. */
export function instant(text: string | null | undefined): number | null {
  return text === null || text === undefined ? null : Date.parse(text);
}

/** `2026-11-22`, in the zone of the hall. */
export function dateText(at: number): string {
  const day = local(at);
  return `${day.getUTCFullYear()}-${two(day.getUTCMonth() + 1)}-${two(day.getUTCDate())}`;
}

/** `14:32:07`; the last instant of a day is the 24:00 that the law speaks of. */
export function clockText(at: number, seconds = true): string {
  if ((at + offsetMs.value + 1) % DAY_MS === 0) return '24:00';
  const time = local(at);
  const text = `${two(time.getUTCHours())}:${two(time.getUTCMinutes())}`;
  return seconds ? `${text}:${two(time.getUTCSeconds())}` : text;
}

/** `+08:00`: the zone of the hall. */
export function offsetText(): string {
  const minutes = Math.abs(offsetMs.value) / 60_000;
  return `${offsetMs.value < 0 ? '-' : '+'}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}

/** The instant of a local time of the hall as a field gives it, `2026-11-16T09:00`; wherever the browser is. */
export function instantOfLocal(text: string): string {
  return `${text.length === 16 ? `${text}:00` : text}${offsetText()}`;
}

/** Start of the local day that an instant lies in. */
export function startOfDay(at: number): number {
  return Math.floor((at + offsetMs.value) / DAY_MS) * DAY_MS - offsetMs.value;
}

/** Times and lengths as people here write them. Each takes epoch milliseconds; null is a dash. */
export interface TimeTexts {
  readonly weekday: (at: number) => string;
  /** `2026-11-22 周日 14:32` */
  readonly full: (at: number | null, seconds?: boolean) => string;
  /** Without the year: for lists in which it goes without saying. */
  readonly short: (at: number | null) => string;
  /** A length of natural time in its two largest units. */
  readonly length: (ms: number) => string;
  /** A length of working time: in hours, since a working day has its own length at every hall. */
  readonly work: (ms: number) => string;
  /** A delay that may be a fraction of a second. */
  readonly delay: (ms: number) => string;
}

export function useTimeTexts(): TimeTexts {
  const { t } = useI18n();
  const weekday = (at: number): string => t(`time.weekday.${local(at).getUTCDay()}`);
  const full = (at: number | null, seconds = false): string =>
    at === null ? '—' : `${dateText(at)} ${weekday(at)} ${clockText(at, seconds)}`;
  const length = (ms: number): string => {
    const s = Math.floor(Math.abs(ms) / 1000);
    const [d, h, m] = [Math.floor(s / 86_400), Math.floor((s % 86_400) / 3600), Math.floor((s % 3600) / 60)];
    if (d > 0) return t('time.daysHours', { d, h });
    if (h > 0) return t('time.hoursMinutes', { h, m });
    if (m > 0) return t('time.minutesSeconds', { m, s: s % 60 });
    return t('time.seconds', { s });
  };
  return {
    weekday,
    full,
    short: (at) => (at === null ? '—' : full(at).slice(5)),
    length,
    work(ms) {
      const minutes = Math.floor(ms / 60_000);
      return minutes >= 60
        ? t('time.hoursMinutes', { h: Math.floor(minutes / 60), m: minutes % 60 })
        : t('time.minutes', { m: minutes });
    },
    delay: (ms) => (Math.abs(ms) < 10_000 ? t('time.seconds', { s: (ms / 1000).toFixed(1) }) : length(ms)),
  };
}
