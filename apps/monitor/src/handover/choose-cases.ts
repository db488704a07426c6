import { BadInputError } from '@mingjian/contracts';
import {
  casesOfLead,
  countLeads,
  findCaseFile,
  type LeadCounts,
  type RowScope,
  type Store,
} from '@mingjian/store';

/** Cases in one package; more is not read by anybody. */
export const MOST_CASES = 200;

/** What is to be handed over. */
export type HandoverRequest = { reason: string } & (
  | { kind: 'case'; caseNo: string }
  | { kind: 'department' | 'lead'; department: string; from: number; to: number }
);

/** The cases of a request, with what was counted and whose they are. @throws BadInputError where there are none or too many. */
export async function chosenCases(
  store: Store,
  request: HandoverRequest,
  scope: RowScope,
): Promise<{ caseNos: string[]; counts: [string, string][]; department: string | null }> {
  const nothing = (expected: string, got: string, hint: string): BadInputError =>
    new BadInputError([{ place: 'hand-over', field: request.kind, expected, got, hint }]);
  if (request.kind === 'case') {
    const row = await findCaseFile(store, scope, request.caseNo);
    if (row === null) throw nothing('the number of a case', request.caseNo, 'see the list of cases');
    return { caseNos: [request.caseNo], counts: [], department: row.department };
  }
  const { department, from, to } = request;
  if (!scope.covers(department)) throw nothing('the code of a department', department, '');
  const caseNos = await casesOfLead(store, department, from, to, MOST_CASES + 1);
  if (caseNos.length === 0)
    throw nothing(
      'red lights, bad ratings, returned cases or complaints in the period',
      'none',
      'choose another period',
    );
  if (caseNos.length > MOST_CASES)
    throw nothing(`at most ${MOST_CASES} cases`, 'more', 'choose a shorter period');
  const counted = (await countLeads(store, from, to)).find((one) => one.department === department);
  return { caseNos, counts: countsInChinese(counted), department };
}

function countsInChinese(counts: LeadCounts | undefined): [string, string][] {
  return counts === undefined
    ? []
    : [
        ['红灯', `${counts.red} 次`],
        ['差评', `${counts.badRatings} 次`],
        ['退件', `${counts.returned} 次`],
        ['投诉', `${counts.complaints} 件`],
        ['投诉重办', `${counts.reopened} 次`],
      ];
}

/** What makes a lead: any of these reached by a department within the period. */
export type LeadThresholds = Partial<Omit<LeadCounts, 'department'>>;

/** 线索: departments that reached a threshold in the period, in order of their codes. */
export async function findLeads(
  store: Store,
  thresholds: LeadThresholds,
  from: number,
  to: number,
  scope: RowScope,
): Promise<LeadCounts[]> {
  const reached = (count: number, threshold: number | undefined): boolean =>
    threshold !== undefined && count >= threshold;
  return (await countLeads(store, from, to)).filter(
    (one) =>
      scope.covers(one.department) &&
      (reached(one.red, thresholds.red) ||
        reached(one.badRatings, thresholds.badRatings) ||
        reached(one.returned, thresholds.returned) ||
        reached(one.complaints, thresholds.complaints) ||
        reached(one.reopened, thresholds.reopened)),
  );
}
