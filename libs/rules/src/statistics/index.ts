export * from './case-fact';
export * from './districts';
export * from './figures';
