import type { Light } from '../api/answers';

/** What the API says about matters that people act on. Instants are RFC 3339 texts. */
export interface MatterEvent {
  seq: number;
  at: string;
  name: string;
  actor: { id: string; name: string };
  act: Record<string, unknown> & { type: string };
}

export interface OrderRow {
  id: number;
  no: string;
  title: string;
  department: string;
  departmentName: string | null;
  post: string | null;
  colour: 'blue' | 'orange' | 'red';
  colourName: string;
  state: 'awaiting-reply' | 'awaiting-verification' | 'closed' | 'withdrawn';
  stateName: string;
  light: Light;
  levelName: string | null;
  round: number;
  dueAt: string | null;
  issuedAt: string;
  endedAt: string | null;
}

export interface OrderAnswer extends OrderRow {
  version: number;
  content: string;
  basis: string;
  sources: (
    | { kind: 'light'; caseNo: string; clock: string; to: Light }
    | { kind: 'finding'; caseNo: string; code: string }
    | { kind: 'complaint'; complaintNo: string }
  )[];
  extensionsLeft: number;
  extensionRequested: { days: number } | null;
  events: MatterEvent[];
}

export interface AppealRow {
  id: number;
  no: string;
  caseNo: string;
  against: { caseNo: string; clock: string; becameAt: string; from: Light | null; to: Light };
  department: string;
  departmentName: string | null;
  reasonName: string;
  state: 'filed' | 'referred' | 'upheld' | 'dismissed' | 'withdrawn';
  stateName: string;
  light: Light;
  dueAt: string | null;
  filedAt: string;
  endedAt: string | null;
}

export interface AppealAnswer extends AppealRow {
  version: number;
  text: string;
  evidence: string;
  events: MatterEvent[];
}

export interface HandoverRow {
  id: number;
  no: string;
  kind: 'case' | 'department' | 'lead';
  /** The case number, or the code of the department. */
  subject: string;
  departmentName: string | null;
  reason: string;
  cases: number;
  madeAt: string;
  actorName: string;
}

export interface PatternFinding {
  id: number;
  code: string;
  severity: string;
  text: string;
  cases?: string[];
}

export interface NotificationRow {
  id: number;
  kind: string;
  grade: string;
  subject: string | null;
  caseNo: string | null;
  recipientName: string;
  channel: string;
  state: string;
  at: string;
  /** When it was handed over to the channel; null: it was not, or not yet. */
  sentAt: string | null;
  ackDueAt: string | null;
  acknowledgedAt: string | null;
}
