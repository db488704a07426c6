/**
 * 映射: how a department's own records become step events. A mapping is a document; it is read, checked and compiled here, and
 * records are read, mapped and held against the contract. Collectors bring in what comes of it; the monitor tries drafts.
 *
 * - **record**: a row, line or element as a department writes it; **input**: a table of a delivery, where there are several.
 * - **mapping**: a compiled {@link MappingDocument}; **rule**: one of its `events`.
 * - **acceptance**: what a record came to: a step event that may be used, or a quarantine record.
 * - **preview**: the same path without its end; nothing is published or kept.
 *
 * Nothing here opens a store or a log, and the time of receipt is handed in.
 */
export { acceptRecord, refuseMalformed, type Acceptance, type RecordContext } from './accept/accept-record';
export { parseJson } from './accept/parse-json';
export { FEEDS, isEnd, problemOf, type Feed } from './accept/quarantine';
export { splitLines } from './accept/split-lines';
export type { JoinedName, RowName } from './compile-event';
export type { MappingInput, RowLookup } from './compile-input';
export { KNOWN_UNITS } from './limit-unit';
export {
  compileWritten,
  loadMapping,
  readMapping,
  type ReadMapping,
  type WrittenMapping,
} from './load-mapping';
export { mapRecord, type MappedRecord } from './map-record';
export { compileMapping, STEP_EVENTS, type Mapping, type RememberedRow } from './mapping';
export { MappingDocument } from './mapping-document';
export { decideRecord, fileContext, type Decides } from './preview/decide-record';
export {
  emptyPreviewSum,
  previewFiles,
  previewText,
  type PreviewedRecord,
  type PreviewOptions,
  type PreviewSum,
} from './preview/preview-records';
export { Repeats } from './preview/repeats';
export { inputsOf, readRecords, readRecordsOfText, type RecordText } from './read/read-records';
export { readTable } from './read/read-table';
export type { SourceRecord } from './read/source-record';
export { Unmappable, type Fields } from './record-fields';
export { compileTemplate } from './template';
