/**
 * Contracts: the zod schemas of all that crosses a process border.
 *
 * Terms (see GLOSSARY.md): a *step event* (环节事件) reports that something happened to a *case* (办件); a
 * *ruleset* (规则集) holds the limits of *items* (审批事项); a *working calendar* (工作日历) says which days and
 * hours are worked. Instants on the wire are RFC 3339 texts with an offset; inside the product they are epoch
 * milliseconds.
 */
export * from './step-event';
export * from './act';
export * from './act-rules';
export * from './appeal';
export * from './calendar-document';
export * from './complaint';
export * from './acts-of-report';
export * from './complaint-report';
export * from './complaint-rules';
export * from './recipients-document';
export * from './recipients-secrets';
export * from './sign-in-document';
export * from './district-section';
export * from './mapping-trial';
export * from './rule-draft';
export { contradiction } from './contradiction';
export * from './ruleset-document';
export * from './score-scheme';
export * from './forensics-section';
export * from './feed-document';
export * from './instant';
export * from './light';
export * from './light-message';
export * from './limit-text';
export * from './notice';
export * from './order';
export * from './problem';
export * from './quarantine-record';
export * from './rating';
export * from './scenario-document';
export * from './source-heartbeat';
export * from './source-section';
export * from './sources-document';
export * from './topics';
export * from './yaml-document';
