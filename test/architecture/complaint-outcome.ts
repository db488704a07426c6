import type { ActEvent, ComplaintRecord, ComplaintRules } from '@mingjian/contracts';
import {
  complaintAt,
  complaintLeads,
  foldComplaint,
  refuseComplaintAct,
  returnUntil,
  reviewUntil,
  withinFrom,
  type LeadComplaint,
  type WorkingCalendar,
} from '@mingjian/rules';

const DAY = 86_400_000;
const START = Date.parse('2026-09-14T10:00:00+08:00');
const LOOKS = [1, 4, 7, 8, 11, 15, 18, 22, 30, 45].map((days) => START + days * DAY);
const GRANT = { type: 'extension-granted', days: 4, reason: '因', approver: '某人' } as const;

/** A life of a complaint under a policy, one act a day. */
function life(policy: string, ...acts: readonly ComplaintRecord[]): ActEvent<ComplaintRecord>[] {
  const registered: ComplaintRecord = {
    type: 'registered',
    no: '投诉〔2026〕1号',
    person: null,
    realName: false,
    repeatOf: null,
    policy,
    channel: 'web',
    kind: 'delay',
    department: 'housing',
    title: '题',
    request: '文',
  };
  return [registered, ...acts].map((act, index) => ({
    seq: index + 1,
    at: START + index * DAY,
    actor: { id: 'somebody', name: '某人' },
    act,
  }));
}

const TRANSFERRED = { type: 'transferred', department: 'housing' } as const;
const REPLIED = { type: 'replied', text: '文' } as const;
const VERIFIED = { type: 'verified', verdict: 'valid', reason: '因' } as const;
const ASKED = { type: 'review-requested', organ: '市', reason: '因' } as const;
const LIVES: readonly (readonly ComplaintRecord[])[] = [
  [],
  [{ type: 'accepted' }],
  [{ type: 'accepted' }, TRANSFERRED],
  [{ type: 'accepted' }, TRANSFERRED, { ...GRANT, days: 1 }],
  [{ type: 'accepted' }, TRANSFERRED, REPLIED],
  [{ type: 'accepted' }, TRANSFERRED, REPLIED, { type: 'sent-back', reason: '因' }],
  [{ type: 'accepted' }, TRANSFERRED, REPLIED, VERIFIED],
  [{ type: 'accepted' }, REPLIED, VERIFIED, { type: 'closed' }],
  [{ type: 'accepted' }, REPLIED, VERIFIED, { type: 'closed' }, ASKED],
];

/** What the section `complaints` makes of fixed lives of complaints, as text. */
export function complaintOutcome(rules: ComplaintRules, calendar: WorkingCalendar): string {
  const lives = Object.entries(rules.policies).map(([name, policy]) => [
    name,
    policy.name,
    policy.basis,
    policy.confidential,
    LIVES.map((acts) => {
      const facts = foldComplaint(life(name, ...acts));
      const at = START + 2.5 * DAY;
      return [
        LOOKS.map((look) => {
          const { light, dueAt, changes } = complaintAt(facts, policy, calendar, look);
          return [light, dueAt, changes];
        }),
        [GRANT, TRANSFERRED].map((act) =>
          refuseComplaintAct(act, facts, complaintAt(facts, policy, calendar, at), policy, calendar, at),
        ),
        returnUntil(facts, policy, calendar),
        reviewUntil(facts, policy, calendar),
      ];
    }),
  ]);
  const leads = complaintLeads(COMPLAINTS, rules, calendar, START);
  return JSON.stringify([lives, leads, withinFrom({ within: rules.repeatWithin }, calendar, START)]);
}

const COMPLAINTS: LeadComplaint[] = [1, 20, 30, 400].map((days, index) => ({
  id: index + 1,
  department: 'housing',
  kind: 'delay',
  registeredAt: START - days * DAY,
  state: 'handling',
  verdict: null,
  repeatOf: null,
  reopened: days === 400 ? 5 : 0,
}));
