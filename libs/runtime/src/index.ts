/**
 * Runtime: what every process needs before it does any work — time, settings, log lines, progress, an orderly stop.
 * The clock is the only place that asks the machine for the time; `load-config` the only one that reads the environment.
 */
export * from './api-key';
export * from './clock';
export * from './open-endpoint';
export * from './metrics-registry';
export * from './settings';
export * from './load-config';
export * from './logger';
export * from './progress';
export * from './sealing-keys';
export * from './shutdown';
export * from './without-secrets';
