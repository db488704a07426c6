export * from './clock';
export * from './metrics-registry';
