/**
 * The case as a picture: working days dark and days off light behind, suspensions hatched, one bar a clock with a
 * mark at its due instant, and a line at the present. Drawn with attributes only.
 */
import { s } from './dom.js';
import { dateText, fullText, weekday } from './time.js';
import { clockName, LIGHTS } from './words.js';

const WIDTH = 1000;
const LEFT = 168;
const RIGHT = 12;
const TOP = 26;
const ROW = 26;
const BAR = 14;
const DAY_MS = 86_400_000;
const OFFSET_MS = 8 * 3_600_000;

export function timeline(one, explanation, now) {
  const clocks = one.clocks;
  const instants = [
    ...one.events.map(({ occurredAt }) => occurredAt),
    ...clocks.flatMap(({ startedAt, dueAt, finishedAt }) => [startedAt, dueAt, finishedAt]),
    one.open ? now : null,
  ].filter((at) => at !== null);
  if (instants.length === 0) return s('svg', {});
  // Whole days, so that a case of minutes still shows the day it happened on.
  const from = startOfDay(Math.min(...instants));
  const until = startOfDay(Math.max(...instants)) + DAY_MS;
  const x = (at) => LEFT + ((at - from) / (until - from)) * (WIDTH - LEFT - RIGHT);
  const rows = Math.max(1, clocks.length);
  const height = TOP + rows * ROW + 30;
  const frame = { x, from, until, bottom: TOP + rows * ROW + 4 };
  return s(
    'svg',
    { class: 'timeline', viewBox: `0 0 ${WIDTH} ${height}`, role: 'img', 'aria-label': spoken(one, clocks) },
    hatch(),
    ...dayBands(frame, kindsOfDays(explanation)),
    ...clocks.flatMap((clock, index) => clockBar(clock, index, x, now)),
    ...one.events.map((event) => eventTick(event, frame)),
    now >= from && now <= until
      ? s(
          'g',
          {},
          line(x(now), TOP - 6, frame.bottom, 'now-line'),
          label(x(now), TOP - 10, '现在', 'now-text', 'middle'),
        )
      : null,
  );
}

const startOfDay = (at) => Math.floor((at + OFFSET_MS) / DAY_MS) * DAY_MS - OFFSET_MS;

/** What the explanation says about each date: worked or not. A date that it does not mention is drawn as unknown. */
function kindsOfDays({ clocks }) {
  const kinds = new Map();
  for (const { ledger } of clocks) for (const { date, kind } of ledger?.lines ?? []) kinds.set(date, kind);
  return kinds;
}

function dayBands({ x, from, until, bottom }, kinds) {
  const days = (until - from) / DAY_MS;
  // A date every few days, always at least as wide as its text.
  const every = Math.ceil(days / 12);
  const bands = [];
  for (let index = 0; index < days; index++) {
    const at = from + index * DAY_MS;
    const kind = kinds.get(dateText(at));
    const worked =
      kind === undefined ? 'unknown' : kind === 'rest-day' || kind === 'holiday' ? 'off' : 'worked';
    bands.push(
      s(
        'rect',
        {
          class: `band ${worked}`,
          x: x(at),
          y: TOP - 4,
          width: x(at + DAY_MS) - x(at),
          height: bottom - TOP + 4,
        },
        s('title', {}, `${dateText(at)} ${weekday(at)}`),
      ),
    );
    if (index % every === 0)
      bands.push(label(x(at) + 2, bottom + 16, dateText(at).slice(5), 'date', 'start'));
  }
  return bands;
}

/** One clock: its spans in their lights, hatched where it stood still, a thin line on to its due mark. */
function clockBar(clock, index, x, now) {
  const y = TOP + index * ROW + (ROW - BAR) / 2;
  const end = clock.finishedAt ?? Math.max(now, clock.startedAt);
  const due = clock.dueAt;
  const parts = [label(LEFT - 8, y + 11, clockName(clock.clock), 'clock-name', 'end')];
  if (due !== null && due > end)
    parts.push(
      s('rect', { class: 'bar-rest', x: x(end), y: y + BAR / 2 - 1, width: x(due) - x(end), height: 2 }),
    );
  clock.spans.forEach((span, place) => {
    const stop = Math.min(clock.spans[place + 1]?.from ?? end, end);
    if (stop < span.from || (stop === span.from && place > 0)) return;
    const box = { x: x(span.from), y, width: Math.max(2, x(stop) - x(span.from)), height: BAR };
    const held = span.phase === 'suspended';
    const words = `${clockName(clock.clock)}：${held ? '停止计时' : LIGHTS[span.light].word}，自 ${fullText(span.from)}`;
    parts.push(
      s('rect', { class: `bar ${span.light}`, ...box }, s('title', {}, words)),
      held && s('rect', { fill: 'url(#hatch)', ...box }, s('title', {}, words)),
    );
  });
  if (due !== null)
    parts.push(
      s(
        'path',
        { class: 'due', d: `M${x(due)} ${y - 3}v${BAR + 6}` },
        s('title', {}, `届满 ${fullText(due)}`),
      ),
      s('path', { class: 'due-head', d: `M${x(due) - 4} ${y - 4}h8l-4 5z` }),
    );
  return parts;
}

function eventTick({ occurredAt, type }, { x, bottom }) {
  return s(
    'circle',
    { class: `event ${type.startsWith('case.') ? 'case-event' : ''}`, cx: x(occurredAt), cy: bottom, r: 3 },
    s('title', {}, `${fullText(occurredAt)}`),
  );
}

function line(at, top, bottom, name) {
  return s('path', { class: name, d: `M${at} ${top}V${bottom}` });
}

function label(at, y, text, name, anchor) {
  return s('text', { class: name, x: at, y, 'text-anchor': anchor }, text);
}

function hatch() {
  return s(
    'defs',
    {},
    s(
      'pattern',
      { id: 'hatch', width: 6, height: 6, patternUnits: 'userSpaceOnUse', patternTransform: 'rotate(45)' },
      s('rect', { class: 'hatch-ground', width: 6, height: 6 }),
      s('rect', { class: 'hatch-line', width: 2.2, height: 6 }),
    ),
  );
}

/** The picture in words. */
function spoken(one, clocks) {
  return `办件 ${one.caseNo} 的时间线：${clocks.map((clock) => `${clockName(clock.clock)}${LIGHTS[clock.light].word}`).join('，')}`;
}
