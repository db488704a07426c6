import { CaseFileRow } from './case-file.row';
import { FindingRow } from './finding.row';
import { LightChangeRow } from './light-change.row';
import { QuarantineRow } from './quarantine.row';
import { SettingRow } from './setting.row';
import { SourceContactRow } from './source-contact.row';
import { StepEventRow } from './step-event.row';

/** Every table of the store. */
export const ROWS = [
  StepEventRow,
  CaseFileRow,
  LightChangeRow,
  FindingRow,
  QuarantineRow,
  SettingRow,
  SourceContactRow,
] as const;

export { CaseFileRow, FindingRow, LightChangeRow, QuarantineRow, SettingRow, SourceContactRow, StepEventRow };
export type { SupersededBecause } from './light-change.row';
export type { QuarantineState } from './quarantine.row';
