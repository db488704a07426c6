import { StepEvent1795305600001 } from './0001-step-event';
import { CaseFile1795305600002 } from './0002-case-file';
import { LightChange1795305600003 } from './0003-light-change';
import { Finding1795305600004 } from './0004-finding';
import { Quarantine1795305600005 } from './0005-quarantine';
import { Setting1795305600006 } from './0006-setting';
import { SourceContact1795305600007 } from './0007-source-contact';
import { LightChangeIssue1795305600008 } from './0008-light-change-issue';
import { WideTexts1795305600009 } from './0009-wide-texts';
import { ShardOwner1795305600010, SweepByShard1795305600011 } from './0010-shard-owner';
import { Outbox1795305600012 } from './0012-outbox';
import {
  SourceDay1795305600016,
  SourceSilence1795305600017,
  SourceSlot1795305600015,
} from './0015-source-health';
import { LedgerEntry1795305600030 } from './0030-ledger-entry';
import { LedgerHead1795305600031 } from './0031-ledger-head';
import { Handover1795305600032 } from './0032-handover';
import { HandoverFile1795305600033 } from './0033-handover-file';
import { PatternFinding1795305600020 } from './0020-pattern-finding';
import { FeedState1795305600025 } from './0025-feed-state';
import { FeedRow1795305600026 } from './0026-feed-row';
import { FeedPending1795305600027 } from './0027-feed-pending';
import { FeedFile1795305600028 } from './0028-feed-file';
import { Notice1795305600035 } from './0035-notice';
import { Notification1795305600036 } from './0036-notification';
import { NotificationMessage1795305600037 } from './0037-notification-message';
import { ActEvent1795305600045 } from './0045-act-event';
import { SupervisionOrder1795305600046 } from './0046-supervision-order';
import { OrderSource1795305600047 } from './0047-order-source';
import { YearlyNumber1795305600048 } from './0048-yearly-number';
import { Appeal1795305600049 } from './0049-appeal';
import { UpheldLight1795305600050 } from './0050-upheld-light';
import { ManualCard1795305600051 } from './0051-manual-card';
import { CaseFact1795305600065 } from './0065-case-fact';
import { FactMark1795305600066 } from './0066-fact-mark';
import { MonthCount1795305600067 } from './0067-month-count';
import { MonthSum1795305600068 } from './0068-month-sum';
import { Complaint1795305600056 } from './0056-complaint';
import { Complainant1795305600057 } from './0057-complainant';
import { Bulletin1795305600069 } from './0069-bulletin';
import { BulletinFile1795305600070 } from './0070-bulletin-file';
import { Account1795305600075 } from './0075-account';
import { UserSession1795305600076 } from './0076-session';
import { SignInFailure1795305600077 } from './0077-sign-in-failure';
import { RecoveryCode1795305600078 } from './0078-recovery-code';
import { LightIssue1795305600085 } from './0085-light-issue';
import { LightChangeByIssue1795305600086 } from './0086-light-change-by-issue';
import { LightIssueByDecision1795305600110 } from './0110-light-issue-by-decision';
import { FeedReject1795305600100 } from './0100-feed-reject';
import { QuarantineEnd1795305600101 } from './0101-quarantine-end';
import { SourceClock1795305600102 } from './0102-source-clock';
import { CaseRating1795305600120 } from './0120-case-rating';
import { RatingAppeal1795305600121 } from './0121-rating-appeal';
import { ServiceCount1795305600130 } from './0130-service-count';
import { AccountIdentity1795305600150 } from './0150-account-identity';
import { OidcAttempt1795305600151 } from './0151-oidc-attempt';
import { NotificationByCase1795305600160 } from './0160-notification-by-case';
import { RuleDraft1795305600140 } from './0140-rule-draft';
import { RuleVersion1795305600141 } from './0141-rule-version';
import { DraftImpact1795305600142 } from './0142-draft-impact';
import { FeedMapping1795305600170 } from './0170-feed-mapping';
import { SourceKey1795305600171 } from './0171-source-key';
import { ProviderSignOut1795305600172 } from './0172-provider-sign-out';

/**
 * In order. One table per migration: MySQL commits each DDL statement by itself, and what was broken off is done again
 * (`resumable-migrations.ts`). A released one is never edited.
 */
export const MIGRATIONS = [
  StepEvent1795305600001,
  CaseFile1795305600002,
  LightChange1795305600003,
  Finding1795305600004,
  Quarantine1795305600005,
  Setting1795305600006,
  SourceContact1795305600007,
  LightChangeIssue1795305600008,
  WideTexts1795305600009,
  ShardOwner1795305600010,
  SweepByShard1795305600011,
  Outbox1795305600012,
  SourceSlot1795305600015,
  SourceDay1795305600016,
  SourceSilence1795305600017,
  PatternFinding1795305600020,
  FeedState1795305600025,
  FeedRow1795305600026,
  FeedPending1795305600027,
  FeedFile1795305600028,
  LedgerEntry1795305600030,
  LedgerHead1795305600031,
  Handover1795305600032,
  HandoverFile1795305600033,
  Notice1795305600035,
  Notification1795305600036,
  NotificationMessage1795305600037,
  ActEvent1795305600045,
  SupervisionOrder1795305600046,
  OrderSource1795305600047,
  YearlyNumber1795305600048,
  Appeal1795305600049,
  UpheldLight1795305600050,
  ManualCard1795305600051,
  Complaint1795305600056,
  Complainant1795305600057,
  CaseFact1795305600065,
  FactMark1795305600066,
  MonthCount1795305600067,
  MonthSum1795305600068,
  Bulletin1795305600069,
  BulletinFile1795305600070,
  Account1795305600075,
  UserSession1795305600076,
  SignInFailure1795305600077,
  RecoveryCode1795305600078,
  LightIssue1795305600085,
  LightChangeByIssue1795305600086,
  FeedReject1795305600100,
  QuarantineEnd1795305600101,
  SourceClock1795305600102,
  LightIssueByDecision1795305600110,
  CaseRating1795305600120,
  RatingAppeal1795305600121,
  ServiceCount1795305600130,
  RuleDraft1795305600140,
  RuleVersion1795305600141,
  DraftImpact1795305600142,
  AccountIdentity1795305600150,
  OidcAttempt1795305600151,
  NotificationByCase1795305600160,
  FeedMapping1795305600170,
  SourceKey1795305600171,
  ProviderSignOut1795305600172,
];
