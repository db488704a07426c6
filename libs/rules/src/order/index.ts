export type { ActLightChange, ActTrack } from './act-clock';
export * from './fold-order';
export * from './order-at';
export * from './orders-by-rule';
export * from './refuse-order-act';
