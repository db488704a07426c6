import {
  BadInputError,
  ComplainantIdentity,
  ComplaintReport,
  problemsOf,
  type Problem,
} from '@mingjian/contracts';
import { BadInstantError, formatInstant, parseInstant, type Zone } from '@mingjian/rules';
import {
  COMPLAINT_CHANNEL_NAMES,
  COMPLAINT_KIND_NAMES,
  COMPLAINT_VERDICT_NAMES,
  REVIEW_OUTCOME_NAMES,
} from '../../../monitor/src/complaints/complaint-words';

/** The headings of a hotline's export, each with the member of the report that it fills; the members' own names do as well. */
export const COLUMNS: Readonly<Record<string, string>> = {
  工单编号: 'externalNo',
  办理规则: 'policy',
  来源: 'channel',
  问题类型: 'kind',
  被投诉单位: 'department',
  岗位: 'post',
  标题: 'title',
  主要诉求: 'request',
  原文: 'content',
  办件编号: 'caseNo',
  事项编码: 'item',
  登记时间: 'registeredAt',
  受理时间: 'acceptedAt',
  不予受理时间: 'refusedAt',
  不予受理理由: 'refusal',
  转办时间: 'transferredAt',
  承办单位: 'handler',
  答复时间: 'repliedAt',
  答复内容: 'reply',
  办结时间: 'closedAt',
  认定结果: 'verdict',
  认定理由: 'verdictReason',
  满意度: 'satisfaction',
  复查申请时间: 'reviewRequestedAt',
  复查机关: 'reviewOrgan',
  复查申请理由: 'reviewReason',
  复查意见时间: 'reviewDecidedAt',
  复查结论: 'reviewOutcome',
  复查意见: 'reviewOpinion',
  不予受理复查时间: 'reviewRefusedAt',
  不予受理复查理由: 'reviewRefusal',
  复核申请时间: 'recheckRequestedAt',
  复核机关: 'recheckOrgan',
  复核申请理由: 'recheckReason',
  听证开始时间: 'hearingFrom',
  听证结束时间: 'hearingUntil',
  复核意见时间: 'recheckDecidedAt',
  复核结论: 'recheckOutcome',
  复核意见: 'recheckOpinion',
  不予受理复核时间: 'recheckRefusedAt',
  不予受理复核理由: 'recheckRefusal',
  投诉人: 'name',
  联系电话: 'phone',
  证件号码: 'idNumber',
};

/** A row has room for one hearing. */
const HEARING: Readonly<Record<string, string>> = {
  'hearings.0': '听证结束时间',
  'hearings.0.from': '听证开始时间',
  'hearings.0.until': '听证结束时间',
};
const IDENTITY = ['name', 'phone', 'idNumber'] as const;
const SATISFACTION: Readonly<Record<string, string>> = {
  满意: 'satisfied',
  基本满意: 'mostly',
  不满意: 'dissatisfied',
};
const KNOWN = new Set([...Object.values(COLUMNS)]);

/** A row of an export, checked. */
export interface ReadRow {
  report: ComplaintReport;
  complainant: ComplainantIdentity | undefined;
}

/** What a reader of rows knows of the site. */
export interface TableSite {
  /** Where times without an offset are. */
  zone: Zone;
  departments: Readonly<Record<string, { name: string }>>;
  policies: Readonly<Record<string, { name: string }>>;
  /** For rows that name none. */
  policy: string;
}

/** A row as a report. @throws BadInputError with every problem of the row; no value of a person stands in one. */
export function reportOfRow(
  value: Readonly<Record<string, string>>,
  place: string,
  site: TableSite,
): ReadRow {
  const members: Record<string, unknown> = { policy: site.policy, channel: '12345' };
  const problems: Problem[] = [];
  for (const [heading, text] of Object.entries(value)) {
    const member = COLUMNS[heading] ?? heading;
    if (!KNOWN.has(member) || text.trim() === '') continue;
    try {
      members[member] = valueOf(member, text.trim(), site);
    } catch (error) {
      if (!(error instanceof BadInstantError)) throw error;
      const [expected, hint] = ['a time such as 2026-09-30 16:00', ''];
      problems.push({ place, field: heading, expected, got: text, hint });
    }
  }
  const identity = Object.fromEntries(
    IDENTITY.flatMap((member) => (members[member] === undefined ? [] : [[member, members[member]]])),
  );
  const { hearingFrom: from, hearingUntil: until } = members;
  if ((from ?? until) !== undefined) members['hearings'] = [{ from, until }];
  for (const member of [...IDENTITY, 'hearingFrom', 'hearingUntil']) delete members[member];
  const report = ComplaintReport.safeParse(members);
  const complainant = Object.keys(identity).length === 0 ? null : ComplainantIdentity.safeParse(identity);
  if (!report.success) problems.push(...problemsOf(report.error, place, members));
  if (complainant !== null && !complainant.success)
    for (const { path } of complainant.error.issues)
      problems.push({
        place,
        field: headingOf(String(path[0])),
        expected: 'name, telephone and document of a person, as digits and letters',
        got: 'something else',
        hint: 'leave all three empty for an anonymous complaint',
      });
  if (problems.length > 0 || !report.success)
    throw new BadInputError(problems.map((problem) => ({ ...problem, field: headingOf(problem.field) })));
  return { report: report.data, complainant: complainant?.data };
}

function valueOf(member: string, text: string, { zone, departments, policies }: TableSite): string {
  if (member.endsWith('At') || member.startsWith('hearing'))
    return formatInstant(parseInstant(text, zone), zone);
  switch (member) {
    case 'kind':
      return codeOf(COMPLAINT_KIND_NAMES, text);
    case 'channel':
      return codeOf(COMPLAINT_CHANNEL_NAMES, text);
    case 'reviewOutcome':
    case 'recheckOutcome':
      return codeOf(REVIEW_OUTCOME_NAMES, text);
    case 'verdict':
      return codeOf(COMPLAINT_VERDICT_NAMES, text);
    case 'satisfaction':
      return SATISFACTION[text] ?? text;
    case 'department':
    case 'handler':
      return codeOf(namesOf(departments), text);
    case 'policy':
      return codeOf(namesOf(policies), text);
    default:
      return text;
  }
}

function namesOf(known: Readonly<Record<string, { name: string }>>): Record<string, string> {
  return Object.fromEntries(Object.entries(known).map(([code, { name }]) => [code, name]));
}

/** The code of a name; what is no name is taken for a code and checked as one. */
function codeOf(names: Readonly<Record<string, string>>, text: string): string {
  return Object.entries(names).find(([, name]) => name === text)?.[0] ?? text;
}

/** The heading of a member of a report, for who looks at the table. */
export function headingOf(member: string): string {
  return HEARING[member] ?? Object.entries(COLUMNS).find(([, known]) => known === member)?.[0] ?? member;
}
