import { TOPICS } from '@mingjian/contracts';
import { groupIdOf, inspectKafka, type KafkaFacts, type KafkaSettings } from '@mingjian/log';
import { MONITOR_GROUP } from '../../../monitor/src/intake/step-event-intake';
import { check, Unwell, type Check } from './check';

/** Brokers, topics, rights. Changes nothing: a topic that is missing is not made. */
export async function kafka(settings: KafkaSettings): Promise<Check[]> {
  let facts: KafkaFacts | null = null;
  const reached = await check(
    'event log',
    'start the brokers, or correct MINGJIAN_KAFKA_…; docs/operations.md says more',
    async () => {
      facts = await inspectKafka(settings, [groupIdOf(MONITOR_GROUP, TOPICS.stepEvents)]);
      return `Kafka at ${settings.kafkaBrokers.join(', ')}, ${facts.brokers} brokers`;
    },
  );
  if (facts === null) return [reached];
  const { topics, groupProblem, brokers } = facts as KafkaFacts;
  return [
    reached,
    ...(await Promise.all(
      topics.map((topic) => check(topic.topic, '', () => topicText(topic, settings, brokers))),
    )),
    await check('group', '', () => {
      if (groupProblem !== null)
        throw new Unwell(
          groupProblem,
          `give this user Describe and Read on groups that begin with ${MONITOR_GROUP}`,
        );
      return groupIdOf(MONITOR_GROUP, TOPICS.stepEvents);
    }),
  ];
}

function topicText(
  { partitions, unwell, copies, problem }: KafkaFacts['topics'][number],
  { kafkaPartitions }: KafkaSettings,
  brokers: number,
): string {
  if (problem !== null) throw new Unwell(problem, 'give this user Describe, Read and Write on the topic');
  if (partitions === 0) return 'not there: made at its first use, where this user may create topics';
  if (partitions !== kafkaPartitions)
    throw new Unwell(
      `${partitions} partitions, MINGJIAN_KAFKA_PARTITIONS is ${kafkaPartitions}`,
      `set MINGJIAN_KAFKA_PARTITIONS=${partitions}: a topic keeps the number that it was made with`,
    );
  if (unwell > 0)
    throw new Unwell(
      `${unwell} of ${partitions} partitions lack a leader or a copy`,
      'look which broker is away; writing stops when too few copies are left',
    );
  return `${partitions} partitions, ${copies} ${copies === 1 ? 'copy' : 'copies'}${brokers >= 3 && copies < 3 ? ' (three brokers could hold three)' : ''}`;
}
