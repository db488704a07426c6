/**
 * What the collector offers to whoever puts the processes together: the module for HTTP, the file feed, the sources,
 * and the release from quarantine.
 */
export { COLLECTOR_PORTS, type CollectorPorts } from './collector-ports';
export { CollectorModule } from './collector.module';
export { importFile, type ImportCounts, type ImportOptions } from './feed/file/import-file';
export { openFeeds, pacesOf } from './feed/run/open-feeds';
export { FeedRunner } from './feed/run/feed-runner';
export { approvedMapping, feedsInUse } from './feed/run/feed-in-use';
export { loadFeeds, type LoadedFeed } from './feed/run/load-feeds';
export { approvedName } from './feed/run/with-mapping';
export { STEP_EVENTS_PATH } from './feed/http/step-event-parsers';
export { CollectorMetrics } from './intake/collector-metrics';
export { Publisher, type Published } from './intake/publish';
export { releaseQuarantined, type Release, type ReleaseOptions } from './intake/release-quarantined';
export { SourceClocks } from './source-health/source-clocks';
export { FileSourceRegistry } from './source/file-source-registry';
export { openSources } from './source/open-sources';
export type { Source, SourceRegistry, UnregisteredSource } from './source/source-registry';
