import type { Notice, NoticeGrade, NoticeKind } from '@mingjian/contracts';
import { noticeRowOf, type LightChangeRow, type NoticeRow } from '@mingjian/store';
import { lightNotice } from '../../notify/light-notices';

/** What an invented notice tells of. */
export interface Example {
  kind: NoticeKind;
  grade: NoticeGrade;
  department?: string | null;
  item?: string | null;
}

/** A light of a promise, or a matter of another kind, with facts that show where they would stand. Told nobody. */
export function exampleNotice(
  { kind, grade, department = null, item = null }: Example,
  now: number,
): NoticeRow {
  return { id: 0, ...noticeRowOf(noticeOf(kind, grade, department, item, now), now) };
}

function noticeOf(
  kind: NoticeKind,
  grade: NoticeGrade,
  department: string | null,
  item: string | null,
  now: number,
): Notice {
  if (kind === 'light') {
    const light = grade === 'red' ? 'red' : 'yellow';
    return lightNotice(0, {
      caseNo: '示例办件',
      clock: 'promise',
      clockKind: 'promise',
      department,
      itemCode: item,
      fromLight: light === 'red' ? 'yellow' : 'green',
      toLight: light,
      becameAt: now,
      dueAt: light === 'red' ? now - 1 : now + 86_400_000,
      rulesetVersion: '',
      reason: 'time',
    } as LightChangeRow);
  }
  const facts = { orderNo: '示例', appealNo: '示例', complaintNo: '示例', replyDueAt: now, dueAt: now };
  return { key: 'preview', kind, grade, department, subject: '示例事项', facts, at: now, shard: 0 };
}
