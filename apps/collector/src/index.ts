/**
 * What the collector offers to whoever puts the processes together: the module for HTTP, the file feed, the sources,
 * and the release from quarantine.
 */
export { COLLECTOR_PORTS, type CollectorPorts } from './collector-ports';
export { CollectorModule } from './collector.module';
export { importFile, type ImportCounts, type ImportOptions } from './feed/file/import-file';
export {
  emptyPreviewSum,
  previewFiles,
  type PreviewedRecord,
  type PreviewOptions,
  type PreviewSum,
} from './feed/file/preview-file';
export { readTable } from './feed/file/read-table';
export { openFeeds, pacesOf } from './feed/run/open-feeds';
export { FeedRunner } from './feed/run/feed-runner';
export { loadFeeds, type LoadedFeed } from './feed/run/load-feeds';
export { STEP_EVENTS_PATH } from './feed/http/step-event-parsers';
export { acceptRecord, type Acceptance, type RecordContext } from './intake/accept-record';
export { CollectorMetrics } from './intake/collector-metrics';
export { Publisher, type Published } from './intake/publish';
export { FEEDS, type Feed } from './intake/quarantine';
export { releaseQuarantined, type Release, type ReleaseOptions } from './intake/release-quarantined';
export { SourceClocks } from './source-health/source-clocks';
export { JoinMemory } from './mapping/join-memory';
export { loadMapping } from './mapping/load-mapping';
export { mapRecord, type MappedRecord } from './mapping/map-record';
export { compileMapping, type Mapping } from './mapping/mapping';
export { MappingDocument } from './mapping/mapping-document';
export { FileSourceRegistry } from './source/file-source-registry';
export type { Source, SourceRegistry } from './source/source-registry';
