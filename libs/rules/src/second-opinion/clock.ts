import type { WrittenLimit } from './count';
import { readLimit } from './count';
import type { OfficeDays } from './office-days';
import type { Hold } from './record';
import type { Said, WrittenRule } from './written-rules';

/** One clock of a case: from when to when, by what rule and calendar, and what may move it. Infinity: has not ended. */
export interface Clock {
  clock: string;
  start: number;
  /** A clock that starts in the past once something is known, is shown from then on. */
  seenFrom: number;
  end: number;
  rule: WrittenRule | null;
  /** A limit, the due instant that the case carries, or null where nobody knows. */
  allowed: WrittenLimit | { carriedDueAt: number } | null;
  holds: readonly Pick<Hold, 'from' | 'to'>[];
  extensions: readonly { at: number; days: number }[];
  coloursCase: boolean;
  days: OfficeDays;
}

/** A clock that is seen from its start, moved by nothing, and colours the case. */
export function clockOf(name: string, start: number, end: number, said: Said, days: OfficeDays): Clock {
  const rule = said === undefined || said === 'none' ? null : said;
  return {
    clock: name,
    start,
    seenFrom: start,
    end,
    rule,
    allowed: rule === null || rule.limit === 'carried' ? null : readLimit(rule.limit),
    holds: [],
    extensions: [],
    coloursCase: true,
    days,
  };
}
