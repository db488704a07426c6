export * from './due-at';
export * from './elapsed';
export * from './limit';
export * from './local-date';
export * from './notice';
export * from './parse-instant';
export * from './pauses';
export * from './working-calendar';
export { Zone } from './zone';
