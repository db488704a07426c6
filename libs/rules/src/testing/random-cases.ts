import type { StepEventData, StepEventType, TimelineEvent } from '@mingjian/contracts';
import { CalendarDocument, RulesetDocument } from '@mingjian/contracts';
import fc from 'fast-check';
import { anyPlace, anyRulesets, anyWrittenLimit } from './random-rules';

const HALF_HOUR = 1_800_000;
/** A day in half hours. */
const DAY = 48;

/** A moment after the start of a case: mostly on the half hour, so that much falls together; sometimes a ms beside. */
const anyMoment = fc
  .tuple(
    fc.oneof(
      { weight: 4, arbitrary: fc.integer({ min: 0, max: 25 * DAY }) },
      { weight: 1, arbitrary: fc.integer({ min: 0, max: 3 * DAY }) },
      { weight: 1, arbitrary: fc.integer({ min: 0, max: 25 }).map((day) => day * DAY) },
      // Few moments, on which suspensions touch and everything else coincides.
      { weight: 2, arbitrary: fc.integer({ min: 0, max: 9 }).map((day) => day * DAY + 4) },
    ),
    fc.constantFrom(0, 0, 0, 0, -1, 1),
  )
  .map(([halves, beside]) => halves * HALF_HOUR + beside);

interface Reported {
  type: StepEventType;
  moment: number;
  n: number;
  flag: number;
}

const anyReported = (...types: StepEventType[]): fc.Arbitrary<Reported> =>
  fc.record({
    type: fc.constantFrom(...types),
    moment: anyMoment,
    n: fc.integer({ min: 0, max: 14 }),
    flag: fc.integer({ min: 0, max: 7 }),
  });

const anyBeginning = fc.oneof(
  { weight: 3, arbitrary: fc.tuple(anyReported('case.submitted')) },
  { weight: 3, arbitrary: fc.tuple(anyReported('case.accepted')) },
  { weight: 4, arbitrary: fc.tuple(anyReported('case.submitted'), anyReported('case.accepted')) },
  { weight: 1, arbitrary: fc.constant([]) },
);

const anyRest = fc.array(
  fc.oneof(
    { weight: 6, arbitrary: anyReported('case.suspended', 'case.resumed') },
    { weight: 3, arbitrary: anyReported('step.started', 'step.finished') },
    { weight: 2, arbitrary: anyReported('case.extended') },
    { weight: 2, arbitrary: anyReported('case.decided', 'case.delivered') },
    { weight: 2, arbitrary: anyReported('case.correction-requested', 'case.correction-received') },
    { weight: 1, arbitrary: anyReported('event.retracted') },
    {
      weight: 1,
      arbitrary: anyReported(
        'case.accepted',
        'case.submitted',
        'case.not-accepted',
        'case.forwarded',
        'case.withdrawn',
        'case.returned',
        'case.voided',
        'fee.charged',
      ),
    },
  ),
  { minLength: 0, maxLength: 12 },
);

const anyCarried = fc.record(
  {
    promiseLimit: anyWrittenLimit,
    statutoryLimit: anyWrittenLimit,
    promiseDueIn: anyMoment,
    statutoryDueIn: anyMoment,
  },
  { requiredKeys: [] },
);

const anyTimeline = fc
  .record({
    beginning: anyBeginning,
    rest: anyRest,
    carried: anyCarried,
    item: fc.integer({ max: 19, min: 0 }),
  })
  .map(({ beginning, rest, carried, item }) => (start: number): TimelineEvent[] => {
    const { promiseDueIn, statutoryDueIn, ...limits } = carried;
    const dueAt = (moment: number | undefined) =>
      moment === undefined ? undefined : new Date(start + moment).toISOString();
    const said: StepEventData = {
      // Rarely no item, or one that the ruleset does not know.
      ...(item === 0 ? {} : { item: item === 1 ? 'B' : 'A' }),
      ...limits,
      promiseDueAt: dueAt(promiseDueIn),
      statutoryDueAt: dueAt(statutoryDueIn),
    };
    return [...beginning, ...rest].map((reported, index) => eventOf(reported, index, start, said));
  });

function eventOf({ type, moment, n, flag }: Reported, index: number, start: number, said: StepEventData) {
  const data: StepEventData = index === 0 ? { ...said } : {};
  if (type.startsWith('step')) data.step = ['review', 'review', 'approve', 'unheard-of'][flag % 4]!;
  if (type === 'case.suspended') {
    if (flag > 0) data.daysApplied = n % 6;
    if (flag % 3 === 0) data.ground = ['听证', '检测'][n % 2]!;
  }
  if (type === 'case.resumed') {
    if (flag === 0) data.suspension = `e-${n}`;
    if (flag === 1) data.ground = ['听证', '检测'][n % 2]!;
  }
  if (type === 'case.extended') {
    data.days = (n % 6) + 1;
    if (flag !== 0) data.approver = '批准人';
    if (flag !== 1) data.notice = '延期告知书';
  }
  if (type === 'case.decided' && flag > 1) data.result = ['granted', 'refused', 'terminated'][flag % 3]!;
  if (type === 'event.retracted') data.retracts = `e-${n}`;
  // Few identities are said twice, with different content; the one received first counts.
  const id = flag === 7 && n === 0 && index > 0 ? `e-${index - 1}` : `e-${index}`;
  return {
    source: flag === 6 && n < 3 ? 'urn:other' : 'urn:test',
    id,
    type,
    caseNo: 'C-1',
    occurredAt: start + moment,
    receivedAt: n === 1 ? null : start + moment + (flag === 5 ? 0 : index),
    data,
  };
}

/** One random case with the instants, as shares, at which it is looked at besides its boundaries. */
export interface RandomCase {
  rulesets: RulesetDocument[];
  events: TimelineEvent[];
  looks: number[];
}

/** A random calendar with some random cases under random rulesets. */
export const anyCases: fc.Arbitrary<{ calendar: CalendarDocument; start: number; cases: RandomCase[] }> = fc
  .record({
    place: anyPlace,
    cases: fc.array(
      fc.record({
        rulesets: anyRulesets,
        timeline: anyTimeline,
        // Random doubles gather near 0: shares are drawn as whole numbers.
        looks: fc.array(
          fc.integer({ min: 0, max: 999_999 }).map((n) => n / 1e6),
          { minLength: 4, maxLength: 4 },
        ),
      }),
      // A calendar is dearer to compile than a case to judge: several cases share one.
      { minLength: 1, maxLength: 20, size: 'max' },
    ),
  })
  .map(({ place: { document, start }, cases }) => ({
    calendar: CalendarDocument.parse(document),
    start,
    cases: cases.map(({ rulesets, timeline, looks }) => ({
      rulesets: rulesets(start).map((ruleset) => RulesetDocument.parse(ruleset)),
      events: timeline(start),
      looks,
    })),
  }));
