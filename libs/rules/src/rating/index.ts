export * from './rating-appeal';
export * from './rating-fact';
