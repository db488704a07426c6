import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { nanosecondsPerCall } from './measure.mjs';

const require = createRequire(import.meta.url);
const { judgeCase, RuleBook, verdictAt, WorkingCalendar } = require('../../dist/libs/rules/src');
const { CalendarDocument, parseYamlDocument, RulesetDocument } = require('../../dist/libs/contracts/src');

const HOUR = 3_600_000;

/** Judging one case of ten events and five clocks, from bare events to the verdict at an instant. */
export function judgeOneCase(isQuick) {
  const file = new URL('../../rulesets/calendars/cn.yaml', import.meta.url);
  const calendar = WorkingCalendar.fromDocument(
    parseYamlDocument(readFileSync(file, 'utf8'), 'cn.yaml', CalendarDocument),
  );
  const ruleset = RulesetDocument.parse({
    ruleset: 'bench',
    version: '1',
    inForceFrom: '2020-01-01',
    calendar: 'cn',
    items: {
      A: {
        name: 'A',
        promise: '7wd',
        statutory: '20wd',
        // The second step is known and not timed: five clocks with that of the suspension.
        steps: { review: { limit: '2wd' }, approve: {} },
      },
    },
  });
  const book = new RuleBook([ruleset], new Map([['cn', calendar]]));
  const cases = Array.from({ length: 512 }, (_, i) => timeline(i));
  const at = Date.UTC(2026, 8, 1);
  const clocks = verdictAt(judgeCase('C-0', cases[0], book), at).clocks.length;
  if (cases[0].length !== 10 || clocks !== 5)
    throw new Error(`expected 10 events and 5 clocks, got ${cases[0].length} and ${clocks}`);
  const ns = nanosecondsPerCall(
    (n) => {
      let sum = 0;
      for (let i = 0; i < n; i++) sum += verdictAt(judgeCase('C', cases[i & 511], book), at).clocks.length;
      return sum;
    },
    isQuick ? 20_000 : 200_000,
  );
  const perSecond = Math.round(1e9 / ns);
  return [
    {
      what: 'judge one case, 10 events, 5 clocks, pure',
      measured: `${perSecond.toLocaleString('en')} cases/s`,
      bar: '≥ 150,000 cases/s',
      casesPerSecond: perSecond,
      met: perSecond >= 150_000,
    },
  ];
}

/** Submitted, accepted, two steps one after the other, a suspension, a fee, a decision: ten events, five clocks. */
function timeline(index) {
  const start = Date.UTC(2026, 5, 1, 1) + index * 7 * HOUR;
  const event = (type, hours, data = {}) => ({
    source: 'urn:bench',
    id: `${index}-${type}-${hours}`,
    type,
    caseNo: `C-${index}`,
    occurredAt: start + hours * HOUR,
    receivedAt: start + hours * HOUR + 1000,
    data,
  });
  return [
    event('case.submitted', 0, { item: 'A', department: 'd' }),
    event('case.accepted', 20),
    event('step.started', 21, { step: 'review' }),
    event('case.suspended', 25, {
      ground: '专家评审',
      notice: 'N-1',
      approver: 'A-1',
      daysApplied: 3,
    }),
    event('case.resumed', 70),
    event('step.finished', 75, { step: 'review' }),
    event('step.started', 76, { step: 'approve' }),
    event('fee.charged', 77, { amount: 10 }),
    event('step.finished', 90, { step: 'approve' }),
    event('case.decided', 100, { result: 'refused' }),
  ];
}
