import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

const RULESET = `
ruleset: bench
version: '1'
inForceFrom: 2020-01-01
calendar: bench
departments:
  housing: { name: 住房和城乡建设局 }
  market: { name: 市场监督管理局 }
items:
  days: { name: 按工作日承诺, promise: 7wd, statutory: 20wd, delivery: none, steps: { check: { limit: 3wd }, review: { limit: 3wd } } }
  hours: { name: 按工作时承诺, promise: 56wh, statutory: 160wh, delivery: none, steps: { check: { limit: 24wh }, review: { limit: 24wh } } }
  clock: { name: 按时钟承诺, promise: 48h, delivery: none }
`;

const CALENDAR = (version, closed) => `
calendar: bench
version: '${version}'
timezone: Asia/Shanghai
weekly:
  mon: [["09:00","12:00"],["13:30","17:00"]]
  tue: [["09:00","12:00"],["13:30","17:00"]]
  wed: [["09:00","12:00"],["13:30","17:00"]]
  thu: [["09:00","12:00"],["13:30","17:00"]]
  fri: [["09:00","12:00"],["13:30","17:00"]]
publishedThrough: 2030-12-31
days:
${closed.map((date) => `  - { date: ${date}, off: true, name: 临时放假, notice: bench }`).join('\n')}
  - { date: 2020-01-01, off: true, name: 元旦, notice: bench }
`;

/** Rules of the bench in a folder of their own; `close` declares days closed, as a later notice does. */
export function writeRules() {
  const folder = mkdtempSync(join(tmpdir(), 'mingjian-bench-rules-'));
  mkdirSync(join(folder, 'rulesets'));
  const calendars = join(folder, 'calendar.yaml');
  writeFileSync(join(folder, 'rulesets', 'bench.yaml'), RULESET);
  writeFileSync(calendars, CALENDAR('1', []));
  return {
    rulesets: join(folder, 'rulesets'),
    calendars,
    close: (version, dates) => writeFileSync(calendars, CALENDAR(version, dates)),
  };
}

/** Names of the departments of the city; a case belongs to one. */
const DEPARTMENTS = ['housing', 'market'];

export const caseNoOf = (index, prefix = '420684-2026') => `${prefix}-${String(index).padStart(7, '0')}`;

/**
 * The events of one case that was accepted `ageHours` ago, as sources report them: three of an open case, four of one
 * in three, that is decided. Which it is goes by the number, so that every run has the same city.
 */
export function eventsOfCase(index, now, options = {}) {
  const { prefix, isOpen = index % 3 !== 0, item = index % 4 === 0 ? 'hours' : 'days' } = options;
  const caseNo = caseNoOf(index, prefix);
  const department = DEPARTMENTS[index % 2];
  // Of ten cases three are days old and have turned yellow or red; the others are of today.
  const isOld = index % 10 < 3;
  const start =
    options.start ?? now - (isOld ? 4 * DAY + (index % 199) * HOUR : (5 + (index % 7) / 8) * HOUR);
  const pace = isOld || options.start !== undefined ? 1 : 0.1;
  const events = [];
  const add = (type, hours, data) => {
    const time = Math.round(start + hours * pace * HOUR);
    events.push({
      specversion: '1.0',
      id: `${caseNo}-${events.length + 1}`,
      source: `urn:dept:420684:${department}`,
      type,
      subject: caseNo,
      time: new Date(time).toISOString(),
      receivedat: new Date(time + 4_000).toISOString(),
      data,
    });
  };
  add('case.accepted', 0, { item, department });
  if (item !== 'clock') {
    add('step.started', 1, { step: 'check', post: 'R-02', officer: '0417' });
    add('step.finished', 4, { step: 'check', post: 'R-02', officer: '0417', result: 'agree' });
    if (!isOpen) add('case.decided', 40, { result: 'granted' });
  }
  return events;
}

/**
 * The events of a city in about the order in which they happen: the cases overlap, so that a batch seldom holds two
 * events of one case. 60,000 cases give 200,000 events.
 */
export function cityEvents(cases, now, prefix) {
  const apart = Math.ceil(cases / 8);
  const placed = [];
  for (let index = 0; index < cases; index++)
    eventsOfCase(index, now, { prefix }).forEach((event, nth) =>
      placed.push({ at: index + nth * apart, event }),
    );
  placed.sort((a, b) => a.at - b.at);
  return placed.map(({ event }) => event);
}

/** Appends events to the log in large calls. */
export async function appendEvents(log, topic, events) {
  for (let from = 0; from < events.length; from += 10_000)
    await log.append(
      topic,
      events
        .slice(from, from + 10_000)
        .map((event) => ({ key: event.subject, value: JSON.stringify(event) })),
    );
}
