import type { ComplaintStatistics } from '@mingjian/store';
import { COMPLAINT_KIND_NAMES } from '../complaints/complaint-words';
import type { Block } from '../handover/document-block';

/** Complaints of a period by what they are about. */
export function complaintTable(complaints: readonly ComplaintStatistics[]): Block[] {
  if (complaints.length === 0) return [{ kind: 'paragraph', indent: true, text: '本期未登记投诉。' }];
  return [
    {
      kind: 'table',
      head: ['投诉内容', '登记', '有效投诉', '已办结', '重复投诉'],
      rows: complaints.map(({ kind, registered, valid, ended, repeated }) => [
        COMPLAINT_KIND_NAMES[kind],
        ...[registered, valid, ended, repeated].map(String),
      ]),
    },
  ];
}
