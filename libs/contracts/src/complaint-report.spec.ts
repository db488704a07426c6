import { actsOfReport } from './acts-of-report';
import { ComplaintReport } from './complaint-report';

const CLOSED = {
  policy: 'petition',
  channel: 'web',
  externalNo: 'X-1',
  kind: 'refusal',
  department: 'housing',
  title: '题',
  request: '文',
  registeredAt: '2026-08-31T09:00:00+08:00',
  repliedAt: '2026-09-01T16:00:00+08:00',
  reply: '答',
  closedAt: '2026-09-02T10:00:00+08:00',
  verdict: 'invalid',
};
const on = (day: string): string => `2026-${day}T10:00:00+08:00`;
const REVIEWED = {
  ...CLOSED,
  ...{ reviewRequestedAt: on('09-10'), reviewOrgan: '市局', reviewReason: '不服' },
  ...{ reviewDecidedAt: on('09-20'), reviewOutcome: 'changed', reviewOpinion: '变更' },
};
const RECHECKED = {
  ...REVIEWED,
  ...{ recheckRequestedAt: on('09-21'), recheckOrgan: '市政府', recheckReason: '不服' },
  hearings: [
    { from: on('09-22'), until: on('09-23') },
    { from: on('09-24'), until: on('09-25') },
  ],
  ...{ recheckDecidedAt: on('10-08'), recheckOutcome: 'maintained', recheckOpinion: '维持' },
};

describe('a report of a complaint', () => {
  it('says what was done, each with its instant, the member that says so, and a name that stays', () => {
    const acts = actsOfReport(ComplaintReport.parse(RECHECKED));
    expect(
      acts.slice(4).map(({ act, happenedAt, field, key }) => [act.type, happenedAt, field, key]),
    ).toEqual([
      ['review-requested', Date.parse(on('09-10')), 'reviewRequestedAt', 'review-requested'],
      ['review-decided', Date.parse(on('09-20')), 'reviewDecidedAt', 'review-decided'],
      ['recheck-requested', Date.parse(on('09-21')), 'recheckRequestedAt', 'recheck-requested'],
      ['hearing-held', Date.parse(on('09-23')), 'hearings.0', 'hearing-held'],
      ['hearing-held', Date.parse(on('09-25')), 'hearings.1', 'hearing-held#2'],
      ['recheck-decided', Date.parse(on('10-08')), 'recheckDecidedAt', 'recheck-decided'],
    ]);
    expect(acts.slice(0, 4).map(({ act }) => act.type)).toEqual([
      'accepted',
      'replied',
      'verified',
      'closed',
    ]);
  });

  it('says that a review was not accepted', () => {
    const refused = {
      ...CLOSED,
      ...{ reviewRequestedAt: on('09-10'), reviewOrgan: '市局', reviewReason: '不服' },
      ...{ reviewRefusedAt: on('09-12'), reviewRefusal: '已逾期' },
    };
    const acts = actsOfReport(ComplaintReport.parse(refused));
    expect(acts.at(-1)).toEqual({
      act: { type: 'review-refused', reason: '已逾期' },
      happenedAt: Date.parse(on('09-12')),
      field: 'reviewRefusedAt',
      key: 'review-refused',
    });
  });

  it.each<[what: string, report: object, field: string, expected: string]>([
    [
      'a request without its organ',
      { ...REVIEWED, reviewOrgan: undefined },
      'reviewOrgan',
      'reviewRequestedAt',
    ],
    [
      'an organ without a request',
      { ...CLOSED, reviewOrgan: '市局', reviewReason: '不服' },
      'reviewRequestedAt',
      'reviewOrgan',
    ],
    [
      'a decision without its outcome',
      { ...REVIEWED, reviewOutcome: undefined },
      'reviewOutcome',
      'reviewDecidedAt',
    ],
    [
      'a review of what is not closed',
      { ...REVIEWED, closedAt: undefined, verdict: undefined },
      'closedAt',
      'reviewRequestedAt',
    ],
    [
      '复核 without 复查',
      { ...CLOSED, recheckRequestedAt: on('09-21'), recheckOrgan: '市政府', recheckReason: '不服' },
      'reviewDecidedAt',
      'recheckRequestedAt',
    ],
    ['a hearing of 复查', { ...REVIEWED, hearings: RECHECKED.hearings }, 'recheckRequestedAt', 'hearings'],
    [
      'a request before the opinion',
      { ...REVIEWED, reviewRequestedAt: on('09-01') },
      'reviewRequestedAt',
      'closedAt',
    ],
    [
      'a hearing before 复核 was asked for',
      { ...RECHECKED, hearings: [{ from: on('09-20'), until: on('09-22') }] },
      'hearings.0.from',
      'recheckRequestedAt',
    ],
    [
      'a hearing that ends as it begins',
      { ...RECHECKED, hearings: [{ from: on('09-22'), until: on('09-22') }] },
      'hearings.0.until',
      'a time after hearings.0.from',
    ],
    [
      'hearings out of order',
      { ...RECHECKED, hearings: [...RECHECKED.hearings].reverse() },
      'hearings.1.from',
      'hearings.0.until',
    ],
    [
      'a decision before the hearing is over',
      { ...RECHECKED, recheckDecidedAt: on('09-24') },
      'recheckDecidedAt',
      '',
    ],
    [
      '复核 both decided and not accepted',
      { ...RECHECKED, recheckRefusedAt: on('10-09'), recheckRefusal: '不符合条件' },
      'recheckRefusedAt',
      'recheckDecidedAt says otherwise',
    ],
    [
      '不予受理 of what was not asked for',
      { ...CLOSED, reviewRefusedAt: on('09-12'), reviewRefusal: '已逾期' },
      'reviewRequestedAt',
      'reviewRefusedAt',
    ],
    ['another outcome', { ...REVIEWED, reviewOutcome: 'good' }, 'reviewOutcome', ''],
  ])('is refused with %s', (_, report, field, expected) => {
    const { error } = ComplaintReport.safeParse(report);
    expect(error?.issues).toEqual([
      expect.objectContaining({
        path: field.split('.').map((part) => (/^\d+$/.test(part) ? Number(part) : part)),
        message: expect.stringContaining(expected) as string,
      }),
    ]);
  });
});
