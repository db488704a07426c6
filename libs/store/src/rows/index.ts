import { CaseFileRow } from './case-file.row';
import { FindingRow } from './finding.row';
import { LedgerEntryRow } from './ledger-entry.row';
import { LedgerHeadRow } from './ledger-head.row';
import { LightChangeRow } from './light-change.row';
import { OutboxRow } from './outbox.row';
import { QuarantineRow } from './quarantine.row';
import { SettingRow } from './setting.row';
import { ShardOwnerRow } from './shard-owner.row';
import { SourceContactRow } from './source-contact.row';
import { SourceDayRow } from './source-day.row';
import { SourceSlotRow } from './source-slot.row';
import { StepEventRow } from './step-event.row';

/** Every table of the store. */
export const ROWS = [
  StepEventRow,
  CaseFileRow,
  LedgerEntryRow,
  LedgerHeadRow,
  LightChangeRow,
  OutboxRow,
  FindingRow,
  QuarantineRow,
  SettingRow,
  ShardOwnerRow,
  SourceContactRow,
  SourceDayRow,
  SourceSlotRow,
] as const;

export {
  OutboxRow,
  CaseFileRow,
  FindingRow,
  LedgerEntryRow,
  LedgerHeadRow,
  LightChangeRow,
  QuarantineRow,
  SettingRow,
  ShardOwnerRow,
  SourceContactRow,
  SourceDayRow,
  SourceSlotRow,
  StepEventRow,
};
export type { SupersededBecause } from './light-change.row';
export type { QuarantineState } from './quarantine.row';
