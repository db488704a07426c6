import type { EventLog } from '@mingjian/log';
import type { Clock } from '@mingjian/runtime';
import type { Store } from '@mingjian/store';
import type { ProgressMarks } from '../health/progress-marks';
import type { RuleBookKeeper } from '../rulebook/rule-book-keeper';
import type { SourceWatch } from '../source-health/source-watch';
import type { LabelLists } from './label-lists';
import type { OpenCaseCounts } from './open-case-counts';

/** What the gauges read. */
export interface GaugeSources {
  store: Store;
  log: EventLog;
  clock: Clock;
  /** The machine's clock. */
  wall: Clock;
  counts: OpenCaseCounts;
  rules: RuleBookKeeper;
  sources: SourceWatch;
  progress: ProgressMarks;
  labels: () => LabelLists;
}
