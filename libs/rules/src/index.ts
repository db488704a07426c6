/**
 * The rules: pure functions from (timeline, ruleset, calendar, instant) to clocks, lights and their explanation.
 * No framework, no I/O, no clock of its own, no process time zone. README.md of this library states every rule of
 * counting with its source.
 *
 * Terms: a *clock* (案件时钟) measures one limit of a case; its *track* is its life as spans of light; a *verdict* is a
 * case at an instant; a *finding* (发现) is something about the record or the procedure that a person should see.
 */
export * from './calendar';
export * from './canonical-verdict';
export * from './clock/case-facts';
export { compareEvents, foldTimeline } from './clock/fold-timeline';
export { canonicalJson, comparePreference, isSameReport, withoutRepeats } from './clock/preferred-event';
export * from './judge-case';
export { KIND_ORDER, WEIGHT, worse } from './light/severity';
export { clockAt, lightChangesUntil, nextChangeAt, verdictAt } from './light/verdict-at';
export * from './ruleset/as-known-at';
export * from './ruleset/backtest';
export * from './ruleset/compile-rules';
export * from './ruleset/impact';
export * from './ruleset/known-then-and-now';
export * from './ruleset/promise-for-red-rate';
export { recipientsOf } from './ruleset/recipients';
export * from './ruleset/rule-book';
export * from './complaint';
export * from './order';
export * from './appeal/appeal-at';
export * from './rating';
export * from './ruleset/what-if';
export * from './scenario/run-scenario';
export { secondOpinion, type SecondOpinion } from './second-opinion/second-opinion';
export * from './verdict';
export * from './explain/as-chinese-text';
export * from './explain/attribute-delay';
export * from './explain/day-ledger';
export * from './explain/explain-case';
export { explanationPage, EXPLANATION_PAGE_STYLE } from './explain/explanation-page';
export { instantsAsText } from './explain/instants-as-text';
export { CLOCK_NAMES } from './explain/provisions';
export * from './ruleset/lint/lint-rules';
export * from './explain/track-limit';
export * from './finding/suspension-statistics';
export * from './forensics';
export * from './source/is-silent';
export * from './statistics';
export * from './score';
export { FINDING_TEXTS, findingInChinese } from './finding/finding-in-chinese';
