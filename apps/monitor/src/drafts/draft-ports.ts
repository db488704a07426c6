import type { LoadedRuleBook } from '../rulebook/load-rule-book';
import type { SitePaths } from './draft-book';
import type { ImpactPorts } from './impact-runs';

/** What drafts need of the monitor. */
export interface DraftPorts extends ImpactPorts {
  /** The rules that this process has loaded. */
  rules: () => LoadedRuleBook;
  /** Files of the documents that the site has one of. */
  site: SitePaths;
  /** Something was approved: what holds is loaded anew. */
  approved: () => void;
}
