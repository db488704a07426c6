import {
  CHANNEL_KINDS,
  type ChannelKind,
  type NoticeTemplates,
  type RecipientEntry,
  type RecipientsDocument,
} from '@mingjian/contracts';
import { canonicalJson, type Zone } from '@mingjian/rules';
import type { NoticeRow } from '@mingjian/store';
import { renderFrame, renderNotice, type Rendered } from '../../notify/render-notice';
import type { RulesForNotices } from '../../notify/rules-for-notices';
import { exampleNotice } from './example-notice';
import type { TemplateExample } from './told-sums';

/** Lines that an example of a frame is put around. */
const FRAME_LINES = ['示例通知一', '示例通知二'];
const EXAMPLE_AT = Date.parse('2026-09-22T02:00:00Z');

/**
 * Each template in which two documents differ, filled with the latest notice of its kind, or with an invented one. A document without
 * a text of its own takes the standard one.
 */
export function templateExamples(
  before: RecipientsDocument | null,
  after: RecipientsDocument,
  notices: readonly NoticeRow[],
  rules: RulesForNotices,
  zone: Zone,
): TemplateExample[] {
  return changedTemplates(before?.templates ?? {}, after.templates).map(([name, member]) => {
    const notice = exampleOf(name, notices);
    const filled = (document: RecipientsDocument): Rendered => {
      const context = {
        ...{ document, zone, channel: channelOf(member), recipient: recipientOf(document, notice) },
        nameOfDepartment: (code: string) => rules.nameOfDepartment(code),
        nameOfItem: (code: string) => rules.nameOfItem(code),
      };
      if (name === 'frame')
        return renderFrame(FRAME_LINES, { count: 3, red: 1, yellow: 1, info: 1 }, context);
      return renderNotice(notice, context);
    };
    return {
      path: ['templates', name, member],
      subject: notice.subject,
      before: before === null ? null : filled(before),
      after: filled(after),
    };
  });
}

function changedTemplates(
  before: NoticeTemplates,
  after: NoticeTemplates,
): [name: keyof NoticeTemplates, member: 'default' | ChannelKind][] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])] as (keyof NoticeTemplates)[];
  return names.flatMap((name) =>
    (['default', ...CHANNEL_KINDS] as const)
      .filter(
        (member) =>
          canonicalJson(before[name]?.[member] ?? null) !== canonicalJson(after[name]?.[member] ?? null),
      )
      .map((member): [keyof NoticeTemplates, 'default' | ChannelKind] => [name, member]),
  );
}

/** Of the text for all others: as a mail has it. */
function channelOf(member: 'default' | ChannelKind): ChannelKind {
  return member === 'default' ? 'mail' : member;
}

function exampleOf(name: keyof NoticeTemplates, notices: readonly NoticeRow[]): NoticeRow {
  if (name === 'frame') return exampleNotice({ kind: 'light', grade: 'red' }, EXAMPLE_AT);
  if (name === 'withdrawal' || name === 'escalation') {
    const notice = notices[0] ?? exampleNotice({ kind: 'light', grade: 'red' }, EXAMPLE_AT);
    return { ...notice, isWithdrawal: name === 'withdrawal', level: name === 'escalation' ? 1 : 0 };
  }
  const own = notices.find(({ kind, level }) => kind === name && level === 0);
  return own ?? exampleNotice({ kind: name, grade: name === 'light' ? 'red' : 'yellow' }, EXAMPLE_AT);
}

/** Somebody who could be told, for the name in the text. */
function recipientOf({ people }: RecipientsDocument, { department }: NoticeRow): RecipientEntry {
  const all = Object.values(people);
  const own = all.find(
    ({ departments }) => department !== null && departments?.includes(department) === true,
  );
  return own ?? all[0] ?? NOBODY;
}

const NOBODY = { name: '示例接收人', roles: ['post'], via: {} } as unknown as RecipientEntry;
