import type { ActEvent, AppealRecord, OrderRecord } from '@mingjian/contracts';
import { compareEvents, explainCase, explanationInChinese } from '@mingjian/rules';
import {
  actsOf,
  appealsOfCase,
  findCaseFile,
  findingsOfCase,
  instantOf,
  lightChangesOfCase,
  loadTimelines,
  notificationsOfCase,
  ordersOfCase,
  type AppealRow,
  type FindingRow,
  type HandoverVariant,
  type LightChangeRow,
  type Queryable,
  type RowScope,
  type SupervisionOrderRow,
} from '@mingjian/store';
import { Presenter } from '../api/present';
import type { LoadedRuleBook } from '../rulebook/load-rule-book';
import { eventFor, evidenceFor } from './withhold-complainant';

/** Who was told of a case, when, and what came of it. Without the words of the message and without addresses. */
export interface DossierNotification {
  role: string;
  grade: string;
  kind: string;
  at: number;
  sentAt: number | null;
  acknowledgedAt: number | null;
  escalatedAt: number | null;
}

/** All that is known of one case at an instant, as rows. What is printed and what stands in the JSON is made of it. */
export interface CaseDossier {
  caseNo: string;
  at: number;
  /** As the API shows them. */
  case: object;
  events: object[];
  lightChanges: LightChangeRow[];
  findings: FindingRow[];
  notifications: DossierNotification[];
  orders: { row: SupervisionOrderRow; acts: ActEvent<OrderRecord>[] }[];
  appeals: { row: AppealRow; acts: ActEvent<AppealRecord>[] }[];
  explanation: { clocks: object; lines: string[] };
}

/** Reads the dossier of a case. @returns null where no case that may be read has this number. */
export async function readDossier(
  store: Queryable,
  rules: LoadedRuleBook,
  caseNo: string,
  variant: HandoverVariant,
  scope: RowScope,
  now: number,
): Promise<CaseDossier | null> {
  const row = await findCaseFile(store, scope, caseNo);
  if (row === null) return null;
  const events = (await loadTimelines(store, [caseNo])).get(caseNo) ?? [];
  const present = new Presenter(rules, now);
  const explanation = explainCase(caseNo, events, rules.book, now);
  // The reasons of the clocks alone: findings have a place of their own, with what may be told of them.
  const clocks = { ...explanation, findings: [] };
  const findings = await findingsOfCase(store, caseNo);
  const told = await notificationsOfCase(store, caseNo);
  return {
    caseNo,
    at: now,
    case: present.caseFile(row, new Set()),
    events: [...events].sort(compareEvents).map((event) => present.event(eventFor(variant, event))),
    lightChanges: await lightChangesOfCase(store, caseNo),
    findings: findings.map((finding) => ({
      ...finding,
      detail: JSON.stringify(evidenceFor(variant, JSON.parse(finding.detail) as object)),
    })),
    notifications: told.map(({ role, grade, kind, at, sentAt, acknowledgedAt, escalatedAt }) => ({
      role,
      grade,
      kind,
      at,
      sentAt: sentAt === null ? null : instantOf(sentAt),
      acknowledgedAt,
      escalatedAt,
    })),
    orders: await withActs(store, 'order', await ordersOfCase(store, caseNo)),
    appeals: await withActs(store, 'appeal', await appealsOfCase(store, caseNo)),
    explanation: {
      clocks: present.explanation(explanation, undefined),
      lines: explanationInChinese(clocks, rules.book.newest.calendar).trimEnd().split('\n'),
    },
  };
}

async function withActs<R extends { id: number }, A extends { type: string }>(
  store: Queryable,
  matter: 'order' | 'appeal',
  rows: readonly R[],
): Promise<{ row: R; acts: ActEvent<A>[] }[]> {
  const found: { row: R; acts: ActEvent<A>[] }[] = [];
  for (const row of rows) found.push({ row, acts: await actsOf<A>(store, matter, row.id) });
  return found;
}

/** The dossier for programs: names beside codes, instants with their offset. */
export function dossierJson(dossier: CaseDossier, rules: LoadedRuleBook): object {
  const present = new Presenter(rules, dossier.at);
  const time = (instant: number | null): string | null => present.timeOrNull(instant);
  const matter = ({ row, acts }: CaseDossier['orders'][number] | CaseDossier['appeals'][number]): object => ({
    no: row.no,
    department: row.department,
    state: row.state,
    light: row.light,
    dueAt: time(row.dueAt),
    endedAt: time(row.endedAt),
    acts: acts.map(({ at, act, ...rest }) => ({ ...rest, at: time(at), act })),
  });
  return {
    caseNo: dossier.caseNo,
    at: time(dossier.at),
    case: dossier.case,
    events: dossier.events,
    lightChanges: dossier.lightChanges.map((row) => present.lightChange(row)),
    findings: dossier.findings.map((row) => present.finding(row)),
    notifications: dossier.notifications.map((told) => ({
      ...told,
      at: time(told.at),
      sentAt: time(told.sentAt),
      acknowledgedAt: time(told.acknowledgedAt),
      escalatedAt: time(told.escalatedAt),
    })),
    orders: dossier.orders.map(matter),
    appeals: dossier.appeals.map(matter),
    explanation: dossier.explanation.clocks,
  };
}
