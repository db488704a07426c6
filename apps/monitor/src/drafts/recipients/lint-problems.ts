import type { NoticeGrade, Recipient, RecipientsDocument } from '@mingjian/contracts';
import { pathInChinese, valueInChinese } from '../document-words';
import type { DraftBook } from '../draft-book';
import type { Written } from '../draft-document';
import type { DraftProblem } from '../draft-problem';
import { isMembers } from '../field-difference';
import { lintRecipients, type RecipientCode, type RecipientFinding } from './lint-recipients';

/** What a finding means, and what to do about it, for people; {} is whom it is about. */
export const RECIPIENT_WORDS: Readonly<Record<RecipientCode, readonly [expected: string, hint: string]>> = {
  'department-untold': ['{}的红灯有人接收', '为该部门填写岗位或负责人，并写明通道地址'],
  'department-without-own': ['{}有自己的岗位或负责人', '补充该部门的接收人；确由上级代管的可以保留'],
  'grade-untold': ['{}至少有一名接收人', '让至少一人担任所列角色，并写明通道地址'],
  'role-without-holder': ['有人担任“{}”', '让至少一人担任这个角色，或不再通知这个角色'],
  'ladder-ends': ['“{}”未签收时有上一级可以转报', '让上一级角色有人担任，并写明通道地址'],
  'ladder-left-out': ['须签收的“{}”在转报次序中', '在转报次序中补上这个角色'],
  'deputy-circle': ['代理关系不成循环', '改其中一人的代理人'],
  'deputy-away': ['代理期间代理人在岗', '改代理人，或调整离岗日期'],
  'absence-reversed': ['离岗的截止日期不早于开始日期', '改正离岗日期'],
  'without-channel': ['至少有一个通道地址', '写明通道地址；不再接收通知的，删除此人'],
  'department-unknown': ['部门在规则集的部门表中', '改正部门编码：{}'],
  'post-unknown': ['岗位在规则集的环节中', '改正岗位编码：{}；只用于督办等通知的可以保留'],
  'channel-unused': ['通道至少有一名接收人使用', '不用的通道可以删除'],
};

const ROLE_WORDS: Readonly<Record<Recipient, string>> = {
  post: '岗位人员',
  'department-head': '部门负责人',
  supervisor: '分管领导',
  'inspection-office': '监察机构',
};
const GRADE_WORDS: Readonly<Record<NoticeGrade, string>> = {
  info: '提示类通知',
  yellow: '黄灯通知',
  red: '红灯通知',
};

/** What the lint has against a draft of recipients. What those in force have as well is nothing that keeps it back. */
export function lintProblems(
  document: RecipientsDocument,
  written: Written,
  { rules, recipients }: Pick<DraftBook, 'rules' | 'recipients'>,
  now: number,
): DraftProblem[] {
  const lint = (one: RecipientsDocument): RecipientFinding[] =>
    lintRecipients(one, rules.book, rules.calendars, now);
  const known = new Set(recipients === null ? [] : lint(recipients.parsed).map(keyOf));
  return lint(document).map((finding) => {
    const isKnown = known.has(keyOf(finding));
    const [expected, hint] = RECIPIENT_WORDS[finding.code].map((text) => said(text, finding));
    const value = finding.path.reduce<unknown>(
      (at, key) => (isMembers(at) || Array.isArray(at) ? (at as Record<string, unknown>)[key] : undefined),
      written,
    );
    const isLong = finding.path.length < 2;
    return {
      severity: isKnown && finding.severity === 'error' ? 'warning' : finding.severity,
      ...{ code: finding.code, path: finding.path, expected: expected!, field: fieldOf(finding, written) },
      got: isLong ? '没有' : (valueInChinese(value, finding.path) ?? '未填写'),
      hint: isKnown ? `${hint}（现行接收人文档已有此问题）` : hint!,
    };
  });
}

function fieldOf({ path }: RecipientFinding, written: Written): string {
  return pathInChinese(path, written);
}

function said(text: string, { about }: RecipientFinding): string {
  const word =
    (ROLE_WORDS as Record<string, string>)[about] ?? (GRADE_WORDS as Record<string, string>)[about] ?? about;
  return text.replace('{}', word);
}

function keyOf({ code, path, about }: RecipientFinding): string {
  return JSON.stringify([code, path, about]);
}
