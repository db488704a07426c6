import type { CompiledItem } from '../compile-rules';
import { parseLimit } from '../../calendar';
import type { ItemClock, LintedClock } from './clocks-of-item';
import { clockNamed } from './clocks-of-item';
import type { LintCode, Report } from './lint-finding';
import type { StartDays } from './start-days';

interface LawLimit {
  clock: ItemClock;
  code: LintCode;
  /** The longest that 行政许可法 allows; joint handling (联办) has its own. */
  limit: string;
  joint?: string;
  article: string;
  suggestion: string;
}

const SPECIAL_LAW = 'name the law or regulation that allows more in a comment, or shorten it';
const LAW: readonly LawLimit[] = [
  {
    clock: 'acceptance',
    code: 'acceptance-over-law',
    limit: '5wd',
    article: 'Art. 32',
    suggestion: 'write 5wd or less: later, the case is accepted by silence',
  },
  {
    clock: 'statutory',
    code: 'statutory-over-law',
    limit: '20wd',
    joint: '45wd',
    article: 'Art. 42',
    suggestion: SPECIAL_LAW,
  },
  {
    clock: 'forwarding',
    code: 'forwarding-over-law',
    limit: '20wd',
    article: 'Art. 43',
    suggestion: SPECIAL_LAW,
  },
  {
    clock: 'delivery',
    code: 'delivery-over-law',
    limit: '10wd',
    article: 'Art. 44',
    suggestion: 'write 10wd or less',
  },
  {
    clock: 'hearing',
    code: 'hearing-over-law',
    limit: '20wd',
    article: 'Art. 47',
    suggestion: 'write 20wd or less',
  },
  {
    clock: 'inspection',
    code: 'inspection-over-law',
    limit: '5wd',
    article: 'Art. 55',
    suggestion: 'write 5wd or less',
  },
];
/** 行政许可法 48: the notice of a hearing goes out 7 days before it. */
const HEARING_NOTICE_AHEAD = parseLimit('7wd');

/** Limits of an item held against 行政许可法 and against each other. */
export function lintAgainstLaw(
  item: CompiledItem,
  clocks: readonly LintedClock[],
  starts: StartDays,
  report: Report,
): void {
  const isJoint = item.itemClass === 'joint';
  for (const { clock: name, code, limit, joint, article, suggestion } of LAW) {
    const clock = clockNamed(clocks, name);
    if (clock === null || clock.limit === 'carried') continue;
    const most = isJoint && joint !== undefined ? joint : limit;
    const { later, example } = starts.compare(starts.duesOf(clock.limit), starts.duesOf(parseLimit(most)));
    if (later !== 'never')
      report(
        code,
        clock.path,
        `${clock.limit.text} is longer than the ${most} of 行政许可法 ${article}${later === 'always' ? '' : ` for a start on ${example}`}`,
        suggestion,
      );
  }
  const mostDays = isJoint ? 15 : 10;
  if (item.extensionMaxDays > mostDays)
    report(
      'extension-over-law',
      ['items', item.code, 'extensionMaxDays'],
      `an extension of ${item.extensionMaxDays} days is longer than the ${mostDays} of 行政许可法 Art. 42`,
      `write ${mostDays} or less`,
    );
  lintPromise(clocks, starts, report);
  lintHearingNotice(clocks, starts, report);
}

/** The promise against the statutory limit, and the assignment of inspectors against the promise. */
function lintPromise(clocks: readonly LintedClock[], starts: StartDays, report: Report): void {
  const promise = clockNamed(clocks, 'promise');
  if (promise === null || promise.limit === 'carried') return;
  const statutory = clockNamed(clocks, 'statutory');
  if (statutory !== null && statutory.limit !== 'carried') {
    const { later, example } = starts.compare(starts.duesOf(promise.limit), starts.duesOf(statutory.limit));
    const names = `the promise ${promise.limit.text} ends after the statutory limit ${statutory.limit.text}`;
    if (later === 'always' || (later === 'sometimes' && promise.limit.unit === statutory.limit.unit))
      report(
        'promise-over-statutory',
        promise.path,
        later === 'always' ? names : `${names} for a start on ${example}`,
        'a promise can only be shorter than the law: correct one of the two',
      );
    else if (later === 'sometimes')
      report(
        'mixed-units',
        promise.path,
        `${names} for a start on ${example}, and not for others`,
        'write both in one unit, working days or hours',
      );
  }
  const inspection = clockNamed(clocks, 'inspection');
  if (inspection === null || inspection.limit === 'carried') return;
  if (starts.compare(starts.duesOf(inspection.limit), starts.duesOf(promise.limit)).later !== 'never')
    report(
      'inspection-over-promise',
      inspection.path,
      `inspectors may be assigned within ${inspection.limit.text}, after the promise ${promise.limit.text} has run out`,
      'write an inspection limit that leaves time for the decision',
    );
}

function lintHearingNotice(clocks: readonly LintedClock[], starts: StartDays, report: Report): void {
  const hearing = clockNamed(clocks, 'hearing');
  const notice = clockNamed(clocks, 'hearingNotice');
  if (hearing === null || notice === null || hearing.limit === 'carried' || notice.limit === 'carried')
    return;
  const earliestHearing = starts.duesAfter(HEARING_NOTICE_AHEAD, starts.duesOf(notice.limit));
  if (starts.compare(earliestHearing, starts.duesOf(hearing.limit)).later === 'never') return;
  report(
    'hearing-notice-late',
    notice.isWritten ? notice.path : hearing.path,
    `a notice within ${notice.limit.text} can come too late for a hearing within ${hearing.limit.text}: it goes out 7 working days before (行政许可法 Art. 48)`,
    'write hearingNotice 7 working days shorter than hearing',
  );
}
