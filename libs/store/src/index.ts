/**
 * Store: the rows behind the monitor, in SQLite or on a MariaDB or MySQL server, in tables made by hand-written migrations.
 *
 * Terms: a *timeline* is the ordered set of a case's step events, the only truth; a *case file* (办件) is what the rules
 * said when a case was last judged; a *light change* (亮灯变化) is a row that is superseded, never deleted. Instants
 * are epoch milliseconds (UTC) on rows and `datetime(3)` in UTC in tables.
 */
export { openAnyStore, type StoreSettings } from './open-any-store';
export { openMysqlStore, type MysqlStoreOptions } from './open-mysql-store';
export { MIGRATIONS } from './migrations';
export { openStore, type SqliteStoreOptions } from './open-store';
export { BESIDE_THE_SHARDS, Store, type Queryable, type StoreTransaction } from './store';
export * from './rows';
export * from './row-scope';
export * from './merge-timeline';
export * from './timeline.store';
export { carryOver, DERIVED_TABLES } from './carry-over';
export * from './bulletin.store';
export * from './case-file.store';
export * from './case-rating.store';
export * from './statistics';
export * from './complaint.store';
export * from './handover.store';
export * from './ledger.store';
export * from './light-change.store';
export * from './light-statistics';
export * from './manual-card.store';
export * from './supervision-order.store';
export * from './upheld-light.store';
export * from './light-issue.store';
export * from './as-numbered.store';
export * from './known-at.store';
export * from './notice.store';
export * from './notification.store';
export * from './notification-message.store';
export * from './outbox.store';
export * from './feed-state.store';
export * from './feed-reject.store';
export * from './feed-row.store';
export * from './feed-file.store';
export * from './feed-mapping.store';
export * from './finding.store';
export * from './rule-draft.store';
export * from './waiting-drafts.store';
export * from './draft-impact.store';
export * from './pattern-finding.store';
export * from './quarantine.store';
export * from './account.store';
export * from './account-identity.store';
export * from './act-event.store';
export * from './appeal.store';
export * from './rating-appeal.store';
export * from './setting.store';
export * from './sign-in-failure.store';
export * from './user-session.store';
export * from './shard.store';
export * from './source-clock.store';
export * from './source-contact.store';
export * from './source-key.store';
export * from './verdict-digest';
export { writtenDigest } from './written-digest';
export { instantOf, instantText } from './hot/instant-text';
