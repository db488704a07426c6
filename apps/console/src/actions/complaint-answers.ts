import type { Light } from '../api/answers';
import type { MatterEvent } from './answers';
import type { ComplaintState } from './complaint-acts';

/** A complaint as lists show it. What leads to who complained is there for the office alone. */
export interface ComplaintRow {
  id: number;
  no: string;
  title: string;
  policyName: string;
  kindName: string;
  department: string;
  departmentName: string | null;
  handler: string | null;
  handlerName: string | null;
  state: ComplaintState;
  stateName: string;
  light: Light;
  clockName: string | null;
  dueAt: string | null;
  caseNo: string | null;
  verdictName: string | null;
  reopened: number;
  registeredAt: string;
  channelName?: string;
  realName?: boolean;
  repeatOf?: number | null;
  contradicts?: boolean | null;
}

export interface ComplaintAnswer extends ComplaintRow {
  version: number;
  basis: string;
  request: string;
  content?: string | null;
  extensionsLeft: number;
  extensionRequested: { days: number } | null;
  clocks: {
    clock: string;
    clockName: string;
    startedAt: string;
    dueAt: string;
    finishedAt: string | null;
    /** From each of these instants on; what time alone will bring is in it, too. */
    spans: { from: string; light: Light }[];
  }[];
  events: MatterEvent[];
}
