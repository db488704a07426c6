import { CaseFileRow } from './case-file.row';
import { FindingRow } from './finding.row';
import { LightChangeRow } from './light-change.row';
import { OutboxRow } from './outbox.row';
import { QuarantineRow } from './quarantine.row';
import { SettingRow } from './setting.row';
import { ShardOwnerRow } from './shard-owner.row';
import { SourceContactRow } from './source-contact.row';
import { StepEventRow } from './step-event.row';

/** Every table of the store. */
export const ROWS = [
  StepEventRow,
  CaseFileRow,
  LightChangeRow,
  OutboxRow,
  FindingRow,
  QuarantineRow,
  SettingRow,
  ShardOwnerRow,
  SourceContactRow,
] as const;

export {
  OutboxRow,
  CaseFileRow,
  FindingRow,
  LightChangeRow,
  QuarantineRow,
  SettingRow,
  ShardOwnerRow,
  SourceContactRow,
  StepEventRow,
};
export type { SupersededBecause } from './light-change.row';
export type { QuarantineState } from './quarantine.row';
