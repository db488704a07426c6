import type { ImpactPorts } from './impact-runs';

/** What drafts need of the monitor. */
export interface DraftPorts extends ImpactPorts {
  /** Something was approved: the rules are loaded anew. */
  approved: () => void;
}
