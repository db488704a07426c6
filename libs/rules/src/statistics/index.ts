export * from './case-fact';
export * from './figures';
