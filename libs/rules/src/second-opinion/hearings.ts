import type { Clock } from './clock';
import { clockOf } from './clock';
import { dueOf, readLimit } from './count';
import type { End } from './end';
import type { OfficeDays } from './office-days';
import type { CaseRecord } from './record';
import type { ItemRules } from './written-rules';

/** 行政许可法 47: a hearing is asked for within five days of being told of the right to one. */
const TIME_TO_ASK = readLimit('5wd');

interface Hearing {
  requestedAt: number;
  notifiedAt: number;
  heldAt: number;
}

/** 听证 (行政许可法 47, 48): held, and announced before that. @see README of this library: Hearing. */
export function hearingClocks(record: CaseRecord, rules: ItemRules, caseEnd: End, days: OfficeDays): Clock[] {
  return readHearings(record, caseEnd, days).flatMap(({ requestedAt, notifiedAt, heldAt }, index) => {
    const run = index === 0 ? '' : `#${index + 1}`;
    const end = Math.min(heldAt, caseEnd.at);
    const { hearing, hearingNotice } = rules;
    const clocks: Clock[] = [];
    if (hearing !== 'none') clocks.push(clockOf(`hearing${run}`, requestedAt, end, hearing, days));
    if (hearingNotice !== 'none')
      clocks.push(
        clockOf(`hearing-notice${run}`, requestedAt, Math.min(notifiedAt, end), hearingNotice, days),
      );
    return clocks;
  });
}

/** The requests that start a clock, with what answered them. */
function readHearings(record: CaseRecord, caseEnd: End, days: OfficeDays): Hearing[] {
  const hearings: Hearing[] = [];
  let informedAt: number | null = null;
  for (const { type, occurredAt: at } of record.events) {
    const waiting = hearings.find((hearing) => hearing.heldAt === Infinity);
    if (type === 'hearing.informed') informedAt = at;
    if (type === 'hearing.requested') {
      const isLate = informedAt !== null && at > dueOf(days, TIME_TO_ASK, informedAt, []);
      if (!waiting && !isLate && at <= caseEnd.lastBegin)
        hearings.push({ requestedAt: at, notifiedAt: Infinity, heldAt: Infinity });
    }
    if (type === 'hearing.notified' && waiting) waiting.notifiedAt = Math.min(waiting.notifiedAt, at);
    if (type === 'hearing.held' && waiting) waiting.heldAt = at;
  }
  return hearings;
}
