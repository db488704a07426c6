export * from './complaint-counts';
export * from './complaint-at';
export * from './complaint-happenings';
export * from './complaint-leads';
export { REVIEW_ACTS } from './complaint-states';
export * from './fold-complaint';
export * from './refuse-complaint-act';
