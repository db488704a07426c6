/**
 * The event log: durable, ordered per key, read by groups that each remember their place.
 * The port is `event-log.ts`; the embedded adapter keeps the log in a SQLite file, the other one in Apache Kafka.
 */
export * from './event-log';
export * from './murmur2';
export * from './embedded/open-embedded-log';
export { openKafkaLog, groupIdOf, type KafkaLogOptions } from './kafka/open-kafka-log';
export { loadProcessSettings, openLog, type ProcessSettings } from './open-log';
export { KafkaSettings } from './kafka/kafka-settings';
export { Asking, mayPass } from './kafka/asking';
export { committedOffsets } from './kafka/committed-offsets';
export { inspectKafka, type KafkaFacts, type TopicFacts } from './kafka/inspect-kafka';
