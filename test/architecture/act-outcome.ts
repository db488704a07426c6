import {
  type ActEvent,
  type AppealRecord,
  type AppealState,
  type OrderRecord,
  type RulesetDocument,
} from '@mingjian/contracts';
import { complaintOutcome } from './complaint-outcome';
import {
  appealAt,
  appealUntil,
  foldAppeal,
  foldOrder,
  isAppealLeft,
  orderAt,
  ordersByRule,
  ratingAppealAt,
  refuseOrderAct,
  type OrderCandidate,
  type WorkingCalendar,
} from '@mingjian/rules';

const at = (local: string): number => Date.parse(`${local}:00+08:00`);
const ACTOR = { id: 'somebody', name: '某人' };
const START = at('2026-09-14T10:00');
/** Days after the start at which everything is looked at. */
const LOOKS = [1, 4, 7, 8, 11, 15, 18, 22, 30, 45].map((days) => START + days * 86_400_000);

function events<T extends { type: string }>(
  ...acts: readonly (readonly [instant: number, act: T])[]
): ActEvent<T>[] {
  return acts.map(([instant, act], index) => ({ seq: index + 1, at: instant, actor: ACTOR, act }));
}

const ISSUED: OrderRecord = {
  type: 'issued',
  no: '督办〔2026〕1号',
  rule: null,
  department: 'housing',
  colour: 'blue',
  title: '题',
  content: '文',
  basis: '据',
  sources: [],
};
const FILED: AppealRecord = {
  type: 'filed',
  no: '申诉〔2026〕1号',
  light: { caseNo: 'C-1', clock: 'promise', becameAt: '2026-09-14T02:00:00Z', from: 'yellow', to: 'red' },
  reason: 'other',
  text: '文',
  evidence: '证',
};

/** What the sections `orders`, `appeals`, `ratingAppeals` and `complaints` make of fixed lives, as text. */
export function actOutcome(
  { orders, appeals, ratingAppeals, complaints }: RulesetDocument,
  calendar: WorkingCalendar,
): string {
  const lives = [
    events<OrderRecord>([START, ISSUED]),
    events<OrderRecord>(
      [START, ISSUED],
      [START + 86_400_000, { type: 'replied', cause: '因', measures: '措' }],
    ),
  ].map(foldOrder);
  const grant = { type: 'extension-granted', days: 4, reason: '因', approver: '某人' } as const;
  const [unanswered] = lives;
  const once = foldOrder(events<OrderRecord>([START, ISSUED], [START + 1, { ...grant, days: 1 }]));
  const appealed = [
    events<AppealRecord>([START, FILED]),
    events<AppealRecord>([START, FILED], [START + 1, { type: 'referred', to: '市', opinion: '转' }]),
  ].map(foldAppeal);
  const earlier: AppealState[] = ['dismissed'];
  return JSON.stringify([
    lives.map((facts) =>
      LOOKS.map((look) => {
        const { light, dueAt, colour, escalations } = orderAt(facts, orders, calendar, look);
        return [light, dueAt, colour, escalations];
      }),
    ),
    [unanswered!, once].map((facts) =>
      refuseOrderAct(grant, facts, orderAt(facts, orders, calendar, START + 2), orders, START + 2),
    ),
    Object.entries(orders.rules).map(([name, rule]) => [
      name,
      ordersByRule(rule, CANDIDATES, calendar, START).map(({ content, sources }) => [
        content,
        sources.map(({ key }) => key),
      ]),
    ]),
    appealed.map((facts) =>
      LOOKS.map((look) => {
        const { light, dueAt } = appealAt(facts, appeals, calendar, look);
        return [light, dueAt];
      }),
    ),
    appealUntil(appeals, calendar, START),
    isAppealLeft(appeals, earlier),
    [1, 2, 3, 4, 5, 6, 7, 8, 9].map((days) => {
      const look = START + days * 86_400_000;
      const { light, dueAt } = ratingAppealAt(
        { filedAt: START, endedAt: null },
        ratingAppeals,
        calendar,
        look,
      );
      return [light, dueAt];
    }),
    appealUntil(ratingAppeals, calendar, START),
    isAppealLeft(ratingAppeals, earlier),
    complaintOutcome(complaints, calendar),
  ]);
}

const CANDIDATES: OrderCandidate[] = [
  ...[1, 2, 3].map((n): OrderCandidate => ({
    key: `red-${n}`,
    subject: n < 3 ? 'C-1' : 'C-2',
    department: 'housing',
    at: START - n * 86_400_000,
    what: { light: 'red', kind: n === 2 ? 'statutory' : 'promise' },
  })),
  {
    key: 'yellow',
    subject: 'C-1',
    department: 'housing',
    at: START - 1,
    what: { light: 'yellow', kind: 'promise' },
  },
  { key: 'sus', subject: 'C-1', department: 'housing', at: START - 1, what: { finding: 'SUS-6' } },
  { key: 'ext', subject: 'C-1', department: 'housing', at: START - 1, what: { finding: 'EXT-1' } },
  {
    key: 'reopened',
    subject: 'complaint/1',
    department: 'housing',
    at: START - 1,
    what: { complaint: 'reopened' },
  },
  {
    key: 'valid',
    subject: 'complaint/1',
    department: 'housing',
    at: START - 2,
    what: { complaint: 'valid' },
  },
];
