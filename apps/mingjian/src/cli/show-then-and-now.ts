import type { CalendarDay } from '@mingjian/contracts';
import { CLOCK_NAMES, formatInstant, instantInChinese, LIGHT_NAMES } from '@mingjian/rules';
import type { ClockShown, ClockThenAndNow, LearntSince, ThenAndNow, WorkingCalendar } from '@mingjian/rules';

/** What was known beside what is known, in the form that other software reads; instants are RFC 3339. */
export function thenAndNowJson(
  caseNo: string,
  { then, now, clocks }: ThenAndNow,
  at: number,
  { zone }: WorkingCalendar,
): Record<string, unknown> {
  const time = (instant: number | null): string | null =>
    instant === null ? null : formatInstant(instant, zone);
  const shown = (clock: ClockShown | null) => clock && { light: clock.light, dueAt: time(clock.dueAt) };
  const cause = (learnt: LearntSince) =>
    learnt.kind === 'event'
      ? {
          kind: learnt.kind,
          source: learnt.event.source,
          id: learnt.event.id,
          type: learnt.event.type,
          at: time(learnt.event.occurredAt),
          receivedAt: time(learnt.event.receivedAt),
        }
      : learnt;
  return {
    case: caseNo,
    at: time(at),
    then: then?.light ?? null,
    now: now?.light ?? null,
    clocks: clocks.map((clock) => ({
      clock: clock.clock,
      then: shown(clock.then),
      now: shown(clock.now),
      changed: clock.isChanged,
      because: clock.because.map(cause),
    })),
  };
}

/** What was known beside what is known, for people: clock by clock, and why it differs. */
export function thenAndNowInChinese(
  caseNo: string,
  { then, now, clocks }: ThenAndNow,
  at: number,
  calendar: WorkingCalendar,
): string {
  const lines = [
    `办件 ${caseNo}：${instantInChinese(at, calendar)} 的灯`,
    `当时所知：${then === null ? '没有这一办件的记录' : LIGHT_NAMES[then.light]}`,
    `现在所知：${now === null ? '没有这一办件的记录' : LIGHT_NAMES[now.light]}`,
    ...clocks.flatMap((clock) => clockLines(clock, calendar)),
    clocks.some(({ isChanged }) => isChanged) ? '' : '此后没有改变本办件计时的新情况。\n',
  ];
  return lines.join('\n');
}

function clockLines(clock: ClockThenAndNow, calendar: WorkingCalendar): string[] {
  const name = `${CLOCK_NAMES[clock.kind]}（${clock.clock}）`;
  const shown = (found: ClockShown | null): string => {
    if (found === null) return '没有这一计时';
    const due = found.dueAt === null ? '没有到期时间' : `${instantInChinese(found.dueAt, calendar)} 到期`;
    return `${LIGHT_NAMES[found.light]}，${due}`;
  };
  if (!clock.isChanged) return [`${name}：${shown(clock.now)}；没有改变`];
  const because = clock.because.map((cause) => `  原因：${causeInChinese(cause, calendar)}`);
  return [
    `${name}：`,
    `  当时  ${shown(clock.then)}`,
    `  现在  ${shown(clock.now)}`,
    ...(because.length > 0 ? because : ['  原因：几种新情况合在一起才有这一改变']),
  ];
}

function causeInChinese(cause: LearntSince, calendar: WorkingCalendar): string {
  switch (cause.kind) {
    case 'event': {
      const { id, type, occurredAt, receivedAt } = cause.event;
      const received = receivedAt === null ? '' : `，${instantInChinese(receivedAt, calendar)} 才收到`;
      return `迟到的事件 ${id}（${type}），发生于 ${instantInChinese(occurredAt, calendar)}${received}`;
    }
    case 'calendar-entry':
      return `工作日历 ${cause.calendar} 后来公布的安排：${entryInChinese(cause.entry)}`;
    case 'ruleset':
      return `规则集版本：当时知道 ${cause.then}，现在知道 ${cause.now}`;
  }
}

/** An entry for people: dates, what it is, where it holds, why, and since when it was known. */
export function entryInChinese(entry: CalendarDay): string {
  const { date, through, scope, name, basis, notice, knownSince } = entry;
  const state =
    'off' in entry
      ? '不上班'
      : 'work' in entry
        ? '上班'
        : 'halfOff' in entry
          ? `${entry.halfOff === 'morning' ? '上午' : '下午'}不上班`
          : `开放 ${entry.hours.map((interval) => interval.join('–')).join(' ') || '无'}`;
  const places = { department: '部门', hall: '大厅', district: '区县' } as const;
  const where = (['department', 'hall', 'district'] as const)
    .filter((key) => scope?.[key] !== undefined)
    .map((key) => `${places[key]} ${scope![key]}`);
  return [
    through === undefined || through === date ? date : `${date} 至 ${through}`,
    state,
    ...where,
    ...(name === undefined ? [] : [name]),
    ...(basis === undefined ? [] : [`依据：${basis}`]),
    ...(notice === undefined ? [] : [`通知：${notice}`]),
    ...(knownSince === undefined ? [] : [`${knownSince} 起知道`]),
  ].join('，');
}
