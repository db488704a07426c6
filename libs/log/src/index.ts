/**
 * The event log: durable, ordered per key, read by groups that each remember their place.
 * The port is `event-log.ts`; the embedded adapter keeps the log in a SQLite file.
 */
export * from './event-log';
export * from './murmur2';
export * from './embedded/open-embedded-log';
