import type { WorkingCalendar } from '../calendar';
import { dueAt } from '../calendar/due-at';
import type { CompiledItem } from '../ruleset/compile-rules';
import type { Finding } from '../verdict';
import type { CaseFacts } from './case-facts';
import type { ClockSpec } from './clock-spec';
import { ruledClock } from './clock-spec';
import type { Ending } from './ending';

interface Acceptance {
  specs: ClockSpec[];
  /** When the decision clocks start; null while they do not. */
  acceptedAt: number | null;
  /** From when on that is known. */
  visibleFrom: number;
  /** When silence made it so; null where it was reported. */
  deemedAt: number | null;
}

/**
 * The acceptance clocks: one from receipt, one more from each complement after a correction notice. Each ends with
 * acceptance, refusal or the next correction notice. Where one runs out in silence the case is deemed accepted from
 * the receipt that started it, whatever follows.
 * @see 行政许可法 第三十二条第一款第（四）项：逾期不告知的，自收到申请材料之日起即为受理。
 */
export function acceptanceClocks(
  facts: CaseFacts,
  item: CompiledItem,
  calendar: WorkingCalendar,
  ending: Ending,
  findings: Finding[],
): Acceptance {
  const specs: ClockSpec[] = [];
  const rule = item.acceptance;
  const accepted = {
    specs,
    acceptedAt: facts.acceptedAt,
    visibleFrom: facts.acceptedAt ?? 0,
    deemedAt: null,
  };
  if (!rule || rule.limit === 'carried') return accepted;

  let deemed: { receivedAt: number; visibleFrom: number; index: number } | null = null;
  for (const { receivedAt, index } of receiptsInOrder(facts)) {
    // Accepted by law already: what comes in now is no application any more.
    if (deemed !== null && receivedAt >= deemed.visibleFrom) break;
    const answeredAt = answerTo(facts, receivedAt, index, ending);
    const clock = index === 0 ? 'acceptance' : `acceptance#${index + 1}`;
    specs.push(ruledClock(clock, 'acceptance', receivedAt, answeredAt, rule));
    const due = dueAt(calendar, rule.limit, receivedAt).dueAt;
    if (due === null || (answeredAt !== null && answeredAt <= due)) continue;
    // Accepted before it was received, as some records have it: nothing was silent.
    if (facts.acceptedAt !== null && facts.acceptedAt < receivedAt) continue;
    // What was received first runs out first.
    deemed ??= { receivedAt, visibleFrom: due + 1, index };
  }
  if (deemed !== null) {
    findings.push({
      code: 'ACC-1',
      severity: 'serious',
      ref: `deemed-accepted:${deemed.index + 1}`,
      at: deemed.visibleFrom,
      detail: { kind: 'deemed-accepted', receivedAt: deemed.receivedAt },
    });
    const { receivedAt, visibleFrom } = deemed;
    return { specs, acceptedAt: receivedAt, visibleFrom, deemedAt: visibleFrom };
  }
  if (facts.acceptedAt !== null && facts.submittedAt !== null && facts.acceptedAt < facts.submittedAt)
    findings.push({
      code: 'DQ-3',
      severity: 'warning',
      ref: 'accepted-before-submitted',
      at: facts.acceptedAt,
      detail: { kind: 'accepted-before-submitted' },
    });
  return accepted;
}

/** The first answer to a receipt; the notice that a complement answers is none. Null while there is silence. */
function answerTo(facts: CaseFacts, receivedAt: number, index: number, ending: Ending): number | null {
  let first = Infinity;
  for (const at of [facts.acceptedAt, facts.notAcceptedAt])
    if (at !== null && at >= receivedAt && at < first) first = at;
  if (ending.at !== null && ending.last! >= receivedAt && ending.at < first) first = ending.at;
  facts.corrections.forEach(({ requestedAt }, notice) => {
    if (notice !== index - 1 && requestedAt >= receivedAt && requestedAt < first) first = requestedAt;
  });
  return first === Infinity ? null : first;
}

/** What was received and when: index 0 is the application, index n the complement after the n-th correction notice. */
function receiptsInOrder(facts: CaseFacts): { receivedAt: number; index: number }[] {
  const receipts: { receivedAt: number; index: number }[] = [];
  if (facts.submittedAt !== null) receipts.push({ receivedAt: facts.submittedAt, index: 0 });
  facts.corrections.forEach(({ receivedAt }, index) => {
    if (receivedAt !== null) receipts.push({ receivedAt, index: index + 1 });
  });
  return receipts.sort((a, b) => a.receivedAt - b.receivedAt);
}
