export * from './promises-lowered';
export * from './score-unit';
export * from './unit-record';
export { wilsonInterval, type Interval } from './wilson';
