import { LimitText } from '@mingjian/contracts';
import { limitInChinese } from '@mingjian/rules';

/** How a limit may stand in a cell, longest unit first. */
const UNITS: readonly (readonly [RegExp, string])[] = [
  [/^个?工作日$/, 'wd'],
  [/^个?工作小时$/, 'wh'],
  [/^个?工作分钟$/, 'wm'],
  [/^个?工作秒$/, 'ws'],
  [/^(?:日|天|个?自然日)（不顺延）$/, 'd!'],
  [/^(?:日|天|个?自然日)$/, 'd'],
  [/^个?小时$/, 'h'],
];
const AT_TIME = '（精确到时刻）';
const SAME_DAY = '当日办结';
const NONE = '不适用';
const CARRIED = '办件自带期限';

/** What a cell of a limit should hold, for who wrote something else. */
export const LIMIT_CELL = `时限，如“7 个工作日”或 7wd；或“${NONE}”；单位不可省略`;

/** A limit of a ruleset as people read it in a cell; empty where the ruleset says nothing. */
export function limitCell(limit: string | null): string {
  if (limit === null) return '';
  return limit === 'none' ? NONE : limitInChinese(limit);
}

/** What a cell says of a limit: as a ruleset writes it, null where it is empty, undefined where it cannot be understood. */
export function limitInCell(text: string): string | null | undefined {
  const said = text.trim().replaceAll('(', '（').replaceAll(')', '）');
  if (said === '') return null;
  if (said === NONE || said === 'none') return 'none';
  if (said === CARRIED || said === 'carried') return 'carried';
  if (said === SAME_DAY) return '0wd';
  if (LimitText.safeParse(said).success) return said;
  const isExact = said.endsWith(AT_TIME);
  const [, amount, unit] = /^(\d{1,4})\s*(\S+)$/.exec(isExact ? said.slice(0, -AT_TIME.length) : said) ?? [];
  const known = UNITS.find(([pattern]) => pattern.test(unit ?? ''))?.[1];
  const limit = known === undefined ? '' : `${amount}${known}${isExact ? '@time' : ''}`;
  return LimitText.safeParse(limit).success ? limit : undefined;
}
