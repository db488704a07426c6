import type { ComplaintAct } from './complaint';
import type { ComplaintReport } from './complaint-report';

/** An act that a report tells of. */
export interface ReportedAct {
  act: ComplaintAct;
  /** Epoch milliseconds. */
  happenedAt: number;
  /** The member of the report that says so. */
  field: string;
  /** Names it among the acts of its report, in every report of the same complaint. */
  key: string;
}

/** The acts of a report, in order, each with its instant. */
export function actsOfReport(report: ComplaintReport): ReportedAct[] {
  const acts: ReportedAct[] = [];
  const add = (field: string, time: string | undefined, act: () => ComplaintAct, nth = 1): void => {
    if (time === undefined) return;
    const done = act();
    const key = nth === 1 ? done.type : `${done.type}#${nth}`;
    acts.push({ act: done, happenedAt: Date.parse(time), field, key });
  };
  const { registeredAt, acceptedAt, transferredAt, repliedAt, closedAt } = report;
  // A hotline that has no acceptance of its own has accepted what it handed on.
  const handedOn = (transferredAt ?? repliedAt) === undefined ? undefined : registeredAt;
  add('acceptedAt', acceptedAt ?? handedOn, () => ({ type: 'accepted' }));
  add('refusedAt', report.refusedAt, () => ({ type: 'refused', reason: report.refusal! }));
  add('transferredAt', transferredAt, () => ({
    type: 'transferred',
    department: report.handler ?? report.department,
  }));
  add('repliedAt', repliedAt, () => ({ type: 'replied', text: report.reply! }));
  add('closedAt', closedAt, () => ({
    type: 'verified',
    verdict: report.verdict!,
    reason: report.verdictReason ?? '按来源系统认定',
  }));
  add('closedAt', closedAt, () =>
    report.satisfaction === undefined
      ? { type: 'closed' }
      : { type: 'closed', satisfaction: report.satisfaction },
  );
  add('reviewRequestedAt', report.reviewRequestedAt, () => ({
    type: 'review-requested',
    organ: report.reviewOrgan!,
    reason: report.reviewReason!,
  }));
  add('reviewDecidedAt', report.reviewDecidedAt, () => ({
    type: 'review-decided',
    outcome: report.reviewOutcome!,
    opinion: report.reviewOpinion!,
  }));
  add('reviewRefusedAt', report.reviewRefusedAt, () => ({
    type: 'review-refused',
    reason: report.reviewRefusal!,
  }));
  add('recheckRequestedAt', report.recheckRequestedAt, () => ({
    type: 'recheck-requested',
    organ: report.recheckOrgan!,
    reason: report.recheckReason!,
  }));
  // A hearing is told of when it is over.
  for (const [index, { from, until }] of (report.hearings ?? []).entries())
    add(`hearings.${index}`, until, () => ({ type: 'hearing-held', from, until }), index + 1);
  add('recheckDecidedAt', report.recheckDecidedAt, () => ({
    type: 'recheck-decided',
    outcome: report.recheckOutcome!,
    opinion: report.recheckOpinion!,
  }));
  add('recheckRefusedAt', report.recheckRefusedAt, () => ({
    type: 'recheck-refused',
    reason: report.recheckRefusal!,
  }));
  return acts;
}
