/** Times as people here write them: `2026-11-22 周日 14:32`, in the zone of the hall (UTC+8). */

const OFFSET_MS = 8 * 3_600_000;
const WEEKDAYS = ['周日', '周一', '周二', '周三', '周四', '周五', '周六'];

const two = (number) => String(number).padStart(2, '0');
const local = (at) => new Date(at + OFFSET_MS);

/** Milliseconds of an instant as the interface writes it (RFC 3339); null stays null. */
export function instant(text) {
  return text === null || text === undefined ? null : Date.parse(text);
}

export function dateText(at) {
  const day = local(at);
  return `${day.getUTCFullYear()}-${two(day.getUTCMonth() + 1)}-${two(day.getUTCDate())}`;
}

export function weekday(at) {
  return WEEKDAYS[local(at).getUTCDay()];
}

export function clockText(at, { seconds = true } = {}) {
  const time = local(at);
  const text = `${two(time.getUTCHours())}:${two(time.getUTCMinutes())}`;
  return seconds ? `${text}:${two(time.getUTCSeconds())}` : text;
}

/** The last instant of a day is the 24:00 that the law speaks of. */
export function fullText(at, options) {
  if (at === null) return '—';
  const isEndOfDay = (at + OFFSET_MS + 1) % 86_400_000 === 0;
  return `${dateText(at)} ${weekday(at)} ${isEndOfDay ? '24:00' : clockText(at, options)}`;
}

/** Without the year: for lists in which it goes without saying. */
export function shortText(at) {
  return at === null ? '—' : fullText(at, { seconds: false }).slice(5);
}

/** A length of natural time in its two largest units. */
export function lengthText(ms) {
  const seconds = Math.floor(Math.abs(ms) / 1000);
  const days = Math.floor(seconds / 86_400);
  const hours = Math.floor((seconds % 86_400) / 3600);
  const minutes = Math.floor((seconds % 3600) / 60);
  if (days > 0) return `${days} 天 ${hours} 小时`;
  if (hours > 0) return `${hours} 小时 ${minutes} 分`;
  if (minutes > 0) return `${minutes} 分 ${seconds % 60} 秒`;
  return `${seconds} 秒`;
}

/** A length of working time: in hours, since a working day has its own length at every hall. */
export function workText(ms) {
  const minutes = Math.floor(ms / 60_000);
  return minutes >= 60 ? `${Math.floor(minutes / 60)} 小时 ${minutes % 60} 分` : `${minutes} 分`;
}

/** A delay that may be a fraction of a second. */
export function delayText(ms) {
  return Math.abs(ms) < 10_000 ? `${(ms / 1000).toFixed(1)} 秒` : lengthText(ms);
}
