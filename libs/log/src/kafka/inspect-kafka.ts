import { TOPICS } from '@mingjian/contracts';
import { createLogger } from '@mingjian/runtime';
import { Asking } from './asking';
import { kafkaClient } from './kafka-client';
import type { KafkaSettings } from './kafka-settings';

/** What brokers say of themselves and of the product's topics. Whoever asked may lack a right: then `problem` says so. */
export interface KafkaFacts {
  brokers: number;
  topics: TopicFacts[];
  /** Why the places of the given groups may not be read; null: they may, or there is nothing to read yet. */
  groupProblem: string | null;
}

export interface TopicFacts {
  topic: string;
  /** 0: there is no such topic yet. */
  partitions: number;
  /** Partitions without a leader, or with copies that lag behind. */
  unwell: number;
  /** Fewest copies of a partition. */
  copies: number;
  problem: string | null;
}

/**
 * Looks at brokers and topics without changing anything.
 * @param groups groups at the brokers whose places have to be readable.
 * @throws Error where no broker answers.
 */
export async function inspectKafka(settings: KafkaSettings, groups: readonly string[]): Promise<KafkaFacts> {
  const asking = new Asking(kafkaClient(settings, createLogger({ level: 'silent' }), { retries: 1 }));
  try {
    const { brokers } = await asking.ask((admin) => admin.describeCluster());
    const known = new Set(await asking.ask((admin) => admin.listTopics()));
    const topics: TopicFacts[] = [];
    for (const topic of Object.values(TOPICS))
      topics.push(known.has(topic) ? await factsOf(topic) : { ...ABSENT, topic });
    return {
      brokers: brokers.length,
      topics,
      groupProblem: known.has(TOPICS.stepEvents) ? await groupProblem() : null,
    };
  } finally {
    await asking.close();
  }

  async function factsOf(topic: string): Promise<TopicFacts> {
    try {
      const { topics } = await asking.ask((admin) => admin.fetchTopicMetadata({ topics: [topic] }));
      const partitions = topics[0]?.partitions ?? [];
      const unwell = partitions.filter(
        ({ leader, isr, replicas }) => leader < 0 || isr.length < replicas.length,
      );
      return {
        topic,
        partitions: partitions.length,
        unwell: unwell.length,
        copies: Math.min(...partitions.map(({ replicas }) => replicas.length)),
        problem: null,
      };
    } catch (error) {
      return { ...ABSENT, topic, problem: (error as Error).message };
    }
  }

  async function groupProblem(): Promise<string | null> {
    try {
      for (const groupId of groups)
        await asking.ask((admin) => admin.fetchOffsets({ groupId, topics: [TOPICS.stepEvents] }));
      return null;
    } catch (error) {
      return (error as Error).message;
    }
  }
}

const ABSENT = { partitions: 0, unwell: 0, copies: 0, problem: null };
