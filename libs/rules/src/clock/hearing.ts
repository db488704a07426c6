import { dueAt } from '../calendar/due-at';
import { parseLimit } from '../calendar/limit';
import type { CompiledItem } from '../ruleset/compile-rules';
import type { Finding } from '../verdict';
import type { HearingFacts, HearingRequest } from './case-facts';
import type { ClockSpec } from './clock-spec';
import { ruledClock } from './clock-spec';
import type { Ending } from './ending';
import { earlier } from './ending';
import type { Office } from './place';

/** 行政许可法 第四十七条：申请人、利害关系人在被告知听证权利之日起五日内提出听证申请的. */
const TO_REQUEST = parseLimit('5wd');
/** 行政许可法 第四十八条第一款第（一）项：行政机关应当于举行听证的七日前将举行听证的时间、地点通知申请人. */
const NOTICE_DAYS = 7;

/** How the case ended; `decidedAt` only where the decision itself ended it. */
export interface EndForHearings extends Ending {
  decidedAt: number | null;
}

/**
 * The clocks of each hearing that was asked for in time, and HRG-1: what was wrong with the request, the notice or the
 * decision. A request while an earlier one waits, or after the end of the case, begins nothing.
 * @see 行政许可法 第四十七条：行政机关应当在二十日内组织听证。
 */
export function addHearingClocks(
  specs: ClockSpec[],
  findings: Finding[],
  hearing: HearingFacts,
  item: Pick<CompiledItem, 'hearing' | 'hearingNotice'>,
  { calendar }: Office,
  end: EndForHearings,
): void {
  let number = 0;
  // A request at the instant of the hearing was made before it.
  let waitsUntil = -Infinity;
  for (const request of hearing.requests) {
    const { at, informedAt } = request;
    if (end.last !== null && at > end.last) break;
    const isLate = informedAt !== null && at > dueAt(calendar, TO_REQUEST, informedAt).dueAt!;
    if (isLate) findings.push(finding('notice', 'hearing-requested-late', request, at));
    if (isLate || at <= waitsUntil) continue;
    number++;
    const heldAt = firstFrom(hearing.heldAt, at);
    const noticeAt = firstFrom(hearing.notifiedAt, at);
    waitsUntil = heldAt ?? Infinity;
    const place = number === 1 ? '' : `#${number}`;
    const endedAt = earlier(heldAt, end.at);
    if (item.hearing !== null)
      specs.push(ruledClock(`hearing${place}`, 'hearing', at, endedAt, item.hearing));
    if (item.hearingNotice !== null)
      specs.push(
        ruledClock(
          `hearing-notice${place}`,
          'hearing-notice',
          at,
          earlier(noticeAt, endedAt),
          item.hearingNotice,
        ),
      );
    findHeld(request, heldAt, noticeAt, calendar, end, findings);
  }
}

function findHeld(
  request: HearingRequest,
  heldAt: number | null,
  noticeAt: number | null,
  calendar: Office['calendar'],
  { at: endedAt, decidedAt }: EndForHearings,
  findings: Finding[],
): void {
  if (decidedAt !== null && (heldAt === null || heldAt > decidedAt))
    findings.push(finding('serious', 'decided-before-hearing', request, decidedAt));
  if (heldAt === null || (endedAt !== null && heldAt > endedAt)) return;
  if (noticeAt === null || noticeAt > heldAt) {
    findings.push(finding('serious', 'hearing-without-notice', request, heldAt));
    return;
  }
  const days = calendar.workingDaysBetween(calendar.dayOf(noticeAt), calendar.dayOf(heldAt));
  if (days >= NOTICE_DAYS) return;
  const late = finding('warning', 'hearing-notice-late', request, heldAt);
  late.detail.days = days;
  findings.push(late);
}

function firstFrom(instants: readonly number[], from: number): number | null {
  return instants.find((instant) => instant >= from) ?? null;
}

function finding(
  severity: Finding['severity'],
  kind: string,
  { eventId }: HearingRequest,
  at: number,
): Finding {
  return { code: 'HRG-1', severity, ref: `${kind}:${eventId}`, at, detail: { kind, event: eventId } };
}
