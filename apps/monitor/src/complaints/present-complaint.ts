import type { ComplaintRecord } from '@mingjian/contracts';
import type { ComplaintLead } from '@mingjian/rules';
import type { ComplaintRow, ComplaintView } from '@mingjian/store';
import type { Presenter } from '../api/present';
import { presentEvent } from '../orders/present-order';
import type { ComplaintSeen } from './complaint-desk';
import {
  COMPLAINT_ACT_NAMES,
  COMPLAINT_CHANNEL_NAMES,
  COMPLAINT_KIND_NAMES,
  COMPLAINT_STATE_NAMES,
  COMPLAINT_VERDICT_NAMES,
  complaintClockName,
} from './complaint-words';

/** Members of events that lead to who complained: pseudonyms, original words, the number where it came from, earlier complaints. */
const WITHHELD: ReadonlySet<string> = new Set([
  'person',
  'realName',
  'repeatOf',
  'applicant',
  'content',
  'externalNo',
  'channel',
]);

/** A complaint as lists show it. Only the office is shown how it came in, and whether the same person complained before. */
export function presentComplaintRow(
  row: ComplaintRow,
  policyName: string,
  view: ComplaintView,
  present: Presenter,
): object {
  return {
    id: row.id,
    no: row.no,
    title: row.title,
    policy: row.policy,
    policyName,
    kind: row.kind,
    kindName: COMPLAINT_KIND_NAMES[row.kind],
    department: row.department,
    departmentName: present.departmentName(row.department),
    handler: row.handler,
    handlerName: present.departmentName(row.handler),
    state: row.state,
    stateName: COMPLAINT_STATE_NAMES[row.state],
    light: row.light,
    clock: row.clock,
    clockName: row.clock === null ? null : complaintClockName(row.clock),
    dueAt: present.timeOrNull(row.dueAt),
    provisional: row.provisional,
    caseNo: row.caseNo,
    verdict: row.verdict,
    verdictName: row.verdict === null ? null : COMPLAINT_VERDICT_NAMES[row.verdict],
    satisfaction: row.satisfaction,
    reopened: row.reopened,
    registeredAt: present.time(row.registeredAt),
    endedAt: present.timeOrNull(row.endedAt),
    ...(view === 'office'
      ? {
          channel: row.channel,
          channelName: COMPLAINT_CHANNEL_NAMES[row.channel],
          externalNo: row.externalNo,
          confidential: row.confidential,
          realName: row.realName,
          repeatOf: row.repeatOf,
          contradicts: row.contradicts,
        }
      : {}),
  };
}

/** A complaint with its clocks and everything that was done about it. */
export function presentComplaint(seen: ComplaintSeen, view: ComplaintView, present: Presenter): object {
  const { facts, verdict, events, rules } = seen;
  return {
    ...presentComplaintRow(seen.row, rules.policy.name, view, present),
    version: facts.version,
    basis: rules.policy.basis,
    request: facts.registered.request,
    ...(view === 'office' ? { content: facts.registered.content ?? null, evidence: facts.evidence } : {}),
    light: verdict.light,
    extensionsLeft: verdict.extensionsLeft,
    extensionRequested: facts.rounds[facts.rounds.length - 1]?.requested ?? null,
    clocks: verdict.tracks.map((track) => ({
      clock: track.clock,
      clockName: complaintClockName(track.clock),
      startedAt: present.time(track.startedAt),
      dueAt: present.time(track.dueAt),
      finishedAt: present.timeOrNull(track.finishedAt),
      provisional: track.provisional,
      spans: track.spans.map(({ from, light, phase }) => ({ from: present.time(from), light, phase })),
    })),
    events: events
      .filter(({ act }) => view === 'office' || (act.type !== 'evidence-frozen' && act.type !== 'linked'))
      .map((event) =>
        presentEvent(
          view === 'office' ? event : { ...event, act: withoutComplainant(event.act) },
          present,
          COMPLAINT_ACT_NAMES[event.act.type],
        ),
      ),
  };
}

/** A lead candidate, with the departments' names. */
export function presentLead(lead: ComplaintLead, present: Presenter): object {
  return {
    ...lead,
    whyName: LEAD_NAMES[lead.why],
    kindName: COMPLAINT_KIND_NAMES[lead.kind],
    departmentName: present.departmentName(lead.department),
  };
}

const LEAD_NAMES: Readonly<Record<ComplaintLead['why'], string>> = {
  'same-kind': '同一单位同类投诉多次',
  'same-matter': '同一人同一事项重复投诉',
  reopened: '多次重办',
};

function withoutComplainant(act: ComplaintRecord): { type: string } {
  return Object.fromEntries(Object.entries(act).filter(([member]) => !WITHHELD.has(member))) as {
    type: string;
  };
}
