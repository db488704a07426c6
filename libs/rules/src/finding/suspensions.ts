import type { Suspension } from '../clock/case-facts';
import type { Finding } from '../verdict';
import { isNotInFormat } from './not-in-format';
import { lawfulGround } from './suspension-ground';

/**
 * SUS-3, SUS-4, SUS-5 and SUS-8: how the clock was stopped. A suspension that begins after the last instant of the case
 * (epoch ms) has no effect, is a finding of its own, and is not looked at here.
 * @see 行政许可法 第四十五条：行政机关应当将所需时间书面告知申请人。
 */
export function findSuspensions(
  suspensions: readonly Suspension[],
  lastInstant: number | null,
  findings: Finding[],
): void {
  for (let index = 0; index < suspensions.length; index++) {
    const suspension = suspensions[index]!;
    if (lastInstant !== null && suspension.from > lastInstant) continue;
    findGround(suspension, findings);
    findPapers(suspension, findings);
    findEarlier(suspensions, index, findings);
  }
}

function findGround({ eventId, from, ground }: Suspension, findings: Finding[]): void {
  if (isBlank(ground))
    findings.push({
      code: 'SUS-4',
      severity: 'serious',
      ref: `suspension-without-ground:${eventId}`,
      at: from,
      detail: { kind: 'suspension-without-ground', event: eventId },
    });
  else if (lawfulGround(ground) === null)
    findings.push({
      code: 'SUS-4',
      severity: 'serious',
      ref: `suspension-ground-not-in-law:${eventId}`,
      at: from,
      detail: { kind: 'suspension-ground-not-in-law', event: eventId, ground },
    });
}

function findPapers(
  { eventId, from, notice, approver, cannotExpress }: Suspension,
  findings: Finding[],
): void {
  if (isBlank(notice) && !isNotInFormat('notice', cannotExpress, from, findings))
    findings.push({
      code: 'SUS-5',
      severity: 'serious',
      ref: `suspension-without-notice:${eventId}`,
      at: from,
      detail: { kind: 'suspension-without-notice', event: eventId },
    });
  if (isBlank(approver) && !isNotInFormat('approver', cannotExpress, from, findings))
    findings.push({
      code: 'SUS-5',
      severity: 'warning',
      ref: `suspension-without-approver:${eventId}`,
      at: from,
      detail: { kind: 'suspension-without-approver', event: eventId },
    });
}

/** What a suspension has to do with those before it: the same ground again, or one that is not over yet. */
function findEarlier(suspensions: readonly Suspension[], index: number, findings: Finding[]): void {
  const { eventId, from, to, ground } = suspensions[index]!;
  let times = 1;
  let overlapped: Suspension | null = null;
  for (let before = 0; before < index; before++) {
    const other = suspensions[before]!;
    if (isSameGround(ground, other.ground)) times++;
    if (overlapped === null && (other.to === null || other.to > from) && (to === null || to > from))
      overlapped = other;
  }
  if (times > 1)
    findings.push({
      code: 'SUS-3',
      severity: 'warning',
      ref: `suspended-again:${eventId}`,
      at: from,
      detail: { kind: 'suspended-again', event: eventId, ground, times },
    });
  if (overlapped !== null)
    findings.push({
      code: 'SUS-8',
      severity: 'warning',
      ref: `suspensions-overlap:${eventId}`,
      at: from,
      detail: { kind: 'suspensions-overlap', event: eventId, earlierEvent: overlapped.eventId },
    });
}

/** Two ways of writing one ground are the same ground; none given is none that could be repeated. */
function isSameGround(a: string | null, b: string | null): boolean {
  if (isBlank(a) || isBlank(b)) return false;
  return a === b || (lawfulGround(a) ?? a.trim()) === (lawfulGround(b) ?? b.trim());
}

function isBlank(text: string | null): text is null {
  return text === null || text.trim() === '';
}
