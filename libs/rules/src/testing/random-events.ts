import type { StepEventData, StepEventType, TimelineEvent } from '@mingjian/contracts';
import fc from 'fast-check';
import { DEPARTMENTS, DISTRICTS, HALLS } from './random-calendars';
import { anyWrittenLimit } from './random-rules';

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
    { weight: 4, arbitrary: anyReported('step.started', 'step.started', 'step.finished') },
    { weight: 2, arbitrary: anyReported('case.extended') },
    { weight: 2, arbitrary: anyReported('case.decided', 'case.delivered') },
    { weight: 3, arbitrary: anyReported('case.correction-requested', 'case.correction-received') },
    {
      weight: 4,
      arbitrary: anyReported(
        'hearing.requested',
        'hearing.requested',
        'hearing.requested',
        'hearing.held',
        'hearing.held',
        'hearing.informed',
        'hearing.notified',
        'inspectors.assigned',
      ),
    },
    {
      weight: 3,
      arbitrary: anyReported('case.rated', 'case.rated', 'rating.contacted', 'rating.rectified'),
    },
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
  { minLength: 0, maxLength: 13, size: 'max' },
);

/** What follows on each other in most cases, and hardly ever by chance. */
const inOrder = (...types: StepEventType[]): fc.Arbitrary<Reported[]> =>
  fc.tuple(...types.map((type) => anyReported(type))).map((reported) => {
    const moments = reported.map(({ moment }) => moment).sort((a, b) => a - b);
    return reported.map((one, index) => ({ ...one, moment: moments[index]! }));
  });
const anySequence = fc.oneof(
  { weight: 5, arbitrary: fc.constant<Reported[]>([]) },
  {
    weight: 1,
    arbitrary: inOrder('hearing.requested', 'hearing.notified', 'hearing.held', 'hearing.requested'),
  },
  {
    weight: 1,
    arbitrary: inOrder('step.started', 'step.finished', 'step.started', 'step.finished').map((run) =>
      run.map((one) => ({ ...one, n: 0 })),
    ),
  },
  { weight: 1, arbitrary: inOrder('case.accepted', 'case.decided', 'case.delivered') },
);

const anyCarried = fc.record(
  {
    promiseLimit: anyWrittenLimit,
    statutoryLimit: anyWrittenLimit,
    promiseDueIn: anyMoment,
    statutoryDueIn: anyMoment,
    permitExpiresIn: anyMoment,
    district: fc.constantFrom(...DISTRICTS, 'north'),
    hall: fc.constantFrom(...HALLS),
    department: fc.constantFrom(...DEPARTMENTS),
  },
  { requiredKeys: [] },
);

/** How late the collector heard of an event, ms; mostly at once. */
const DELAYS = [0, 0, 0, 0, HALF_HOUR, DAY * HALF_HOUR, 5 * DAY * HALF_HOUR];

/** Random events of one case, in any order, some at one instant, some twice, some contradictory, some late. */
export const anyTimeline = fc
  .record({
    beginning: anyBeginning,
    rest: anyRest,
    sequence: anySequence,
    carried: anyCarried,
    item: fc.integer({ max: 39, min: 0 }),
    // Sometimes only what had been heard of by then; a day of the first 25.
    knownBy: fc.oneof(
      { weight: 3, arbitrary: fc.constant(undefined) },
      { weight: 1, arbitrary: fc.integer({ min: 3, max: 25 }) },
    ),
  })
  .map(({ beginning, rest, sequence, carried, item, knownBy }) => (start: number): TimelineEvent[] => {
    const { promiseDueIn, statutoryDueIn, permitExpiresIn, ...carriedData } = carried;
    const instant = (moment: number | undefined) =>
      moment === undefined ? undefined : new Date(start + moment).toISOString();
    const said: StepEventData = {
      // Rarely no item, or one that the ruleset does not know.
      ...(item === 0 ? {} : { item: item === 1 ? 'B' : 'A' }),
      ...carriedData,
      promiseDueAt: instant(promiseDueIn),
      statutoryDueAt: instant(statutoryDueIn),
      permitExpiresAt: instant(permitExpiresIn),
    };
    const events = [...beginning, ...rest, ...sequence].map((reported, index) =>
      eventOf(reported, index, start, said),
    );
    if (knownBy === undefined) return events;
    const known = start + knownBy * DAY * HALF_HOUR;
    return events.filter(({ receivedAt }) => receivedAt === null || receivedAt <= known).reverse();
  });

function eventOf(
  { type, moment, n, flag }: Reported,
  index: number,
  start: number,
  said: StepEventData,
): TimelineEvent {
  // Known in part, or taken back, a case is to have an item all the same.
  const again = said.item !== undefined && flag > 4 ? { item: said.item } : {};
  const data: StepEventData = index === 0 ? { ...said } : again;
  if (type.startsWith('step')) {
    data.step = ['review', 'review', 'approve', 'review', 'unheard-of'][n % 5]!;
    if (flag < 3) data.department = DEPARTMENTS[flag]!;
  }
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
  if (type === 'inspectors.assigned') data.inspectors = flag % 4;
  if (type === 'case.rated') {
    if (flag > 0) data.grade = (n % 5) + 1;
    if (flag > 1) data.realName = flag > 2;
  }
  if (type.startsWith('rating') && flag < 3) data.rating = `e-${n}`;
  if (type === 'event.retracted') data.retracts = `e-${n}`;
  // Said later than the first event, and so without effect, or first of all.
  if (flag === 5 && n === 5) data.district = DISTRICTS[0];
  if (flag === 5 && n === 6) data.hall = HALLS[1];
  if (flag === 5 && n === 7) data.department = DEPARTMENTS[1];
  // Few identities are said twice, with different content; the one received first counts.
  const id = flag === 7 && n === 0 && index > 0 ? `e-${index - 1}` : `e-${index}`;
  const delay = DELAYS[(n + flag) % DELAYS.length]!;
  return {
    source: flag === 6 && n < 3 ? 'urn:other' : 'urn:test',
    id,
    type,
    caseNo: 'C-1',
    occurredAt: start + moment,
    receivedAt: n === 1 ? null : start + moment + delay + (flag === 5 ? 0 : index),
    data,
  };
}
