export * from './rating-statistics';
export { DIMENSIONS, type Dimension } from './fact-sums';
export * from './case-fact.store';
export * from './case-statistics';
export * from './complaint-statistics';
export * from './facts-since';
export * from './month-count.store';
export * from './service-count.store';
