import { ActEventRow } from './act-event.row';
import { SupervisionOrderRow } from './supervision-order.row';
import { OrderSourceRow } from './order-source.row';
import { YearlyNumberRow } from './yearly-number.row';
import { AppealRow } from './appeal.row';
import { UpheldLightRow } from './upheld-light.row';
import { LightIssueRow } from './light-issue.row';
import { ManualCardRow } from './manual-card.row';
import { BulletinFileRow, type BulletinFormat } from './bulletin-file.row';
import { BulletinRow, type BulletinKind, type BulletinState } from './bulletin.row';
import { CaseFactRow } from './case-fact.row';
import { CaseFileRow } from './case-file.row';
import { CaseRatingRow } from './case-rating.row';
import { RatingAppealRow } from './rating-appeal.row';
import { FactMarkRow } from './fact-mark.row';
import { MonthCountRow } from './month-count.row';
import { MonthSumRow } from './month-sum.row';
import { ServiceCountRow } from './service-count.row';
import { ComplainantRow } from './complainant.row';
import { ComplaintRow } from './complaint.row';
import { FeedFileRow } from './feed-file.row';
import { FeedMappingRow } from './feed-mapping.row';
import { FeedPendingRow } from './feed-pending.row';
import { FeedRejectRow } from './feed-reject.row';
import { FeedRowRow } from './feed-row.row';
import { FeedStateRow } from './feed-state.row';
import { FindingRow } from './finding.row';
import { HandoverFileRow, type HandoverVariant } from './handover-file.row';
import { HandoverRow, type HandoverKind } from './handover.row';
import { LedgerEntryRow } from './ledger-entry.row';
import { LedgerHeadRow } from './ledger-head.row';
import { LightChangeRow } from './light-change.row';
import { NoticeRow } from './notice.row';
import { NotificationMessageRow } from './notification-message.row';
import { NotificationRow } from './notification.row';
import { OutboxRow } from './outbox.row';
import { PatternFindingRow } from './pattern-finding.row';
import { DraftImpactRow, type ImpactState } from './draft-impact.row';
import { QuarantineRow } from './quarantine.row';
import { RuleDraftRow } from './rule-draft.row';
import { RuleVersionRow } from './rule-version.row';
import { SettingRow } from './setting.row';
import { ShardOwnerRow } from './shard-owner.row';
import { SourceClockRow } from './source-clock.row';
import { SourceContactRow } from './source-contact.row';
import { SourceDayRow } from './source-day.row';
import { SourceKeyRow } from './source-key.row';
import { SourceSlotRow } from './source-slot.row';
import { StepEventRow } from './step-event.row';
import { AccountIdentityRow } from './account-identity.row';
import { AccountRow } from './account.row';
import { OidcAttemptRow } from './oidc-attempt.row';
import { OidcSignOutRow } from './oidc-sign-out.row';
import { RecoveryCodeRow } from './recovery-code.row';
import { SignInFailureRow } from './sign-in-failure.row';
import { UserSessionRow } from './user-session.row';

/** Every table of the store. */
export const ROWS = [
  ActEventRow,
  SupervisionOrderRow,
  OrderSourceRow,
  YearlyNumberRow,
  AppealRow,
  UpheldLightRow,
  LightIssueRow,
  ManualCardRow,
  ComplaintRow,
  ComplainantRow,
  StepEventRow,
  CaseFileRow,
  CaseFactRow,
  CaseRatingRow,
  RatingAppealRow,
  BulletinRow,
  BulletinFileRow,
  FactMarkRow,
  MonthCountRow,
  MonthSumRow,
  ServiceCountRow,
  HandoverFileRow,
  HandoverRow,
  LedgerEntryRow,
  LedgerHeadRow,
  LightChangeRow,
  NoticeRow,
  NotificationMessageRow,
  NotificationRow,
  OutboxRow,
  FindingRow,
  PatternFindingRow,
  QuarantineRow,
  SettingRow,
  ShardOwnerRow,
  SourceClockRow,
  SourceContactRow,
  SourceDayRow,
  SourceKeyRow,
  SourceSlotRow,
  FeedStateRow,
  FeedRejectRow,
  FeedRowRow,
  FeedPendingRow,
  FeedFileRow,
  FeedMappingRow,
  AccountIdentityRow,
  AccountRow,
  OidcAttemptRow,
  OidcSignOutRow,
  RecoveryCodeRow,
  SignInFailureRow,
  UserSessionRow,
  RuleDraftRow,
  RuleVersionRow,
  DraftImpactRow,
] as const;

export {
  ActEventRow,
  SupervisionOrderRow,
  OrderSourceRow,
  YearlyNumberRow,
  AppealRow,
  UpheldLightRow,
  LightIssueRow,
  ManualCardRow,
  ComplaintRow,
  ComplainantRow,
  OutboxRow,
  CaseFileRow,
  CaseFactRow,
  CaseRatingRow,
  RatingAppealRow,
  BulletinRow,
  BulletinFileRow,
  FactMarkRow,
  MonthCountRow,
  MonthSumRow,
  ServiceCountRow,
  FindingRow,
  PatternFindingRow,
  HandoverFileRow,
  HandoverRow,
  LedgerEntryRow,
  LedgerHeadRow,
  LightChangeRow,
  NoticeRow,
  NotificationMessageRow,
  NotificationRow,
  DraftImpactRow,
  QuarantineRow,
  RuleDraftRow,
  RuleVersionRow,
  SettingRow,
  ShardOwnerRow,
  SourceClockRow,
  SourceContactRow,
  SourceDayRow,
  SourceKeyRow,
  SourceSlotRow,
  StepEventRow,
  FeedFileRow,
  FeedMappingRow,
  FeedPendingRow,
  FeedRejectRow,
  FeedRowRow,
  FeedStateRow,
  AccountIdentityRow,
  AccountRow,
  OidcAttemptRow,
  OidcSignOutRow,
  RecoveryCodeRow,
  SignInFailureRow,
  UserSessionRow,
};
export type { PasswordState } from './account.row';
export type { MappingOrigin } from './feed-mapping.row';
export type { SupersededBecause } from './light-change.row';
export type { ImpactState };
export type { NoticeState } from './notice.row';
export { QUARANTINE_STATES, type QuarantineState } from './quarantine.row';
export type { HandoverKind, HandoverVariant };
export type { BulletinFormat, BulletinKind, BulletinState };
