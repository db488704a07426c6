import { setTimeout as pause } from 'node:timers/promises';
import type { Admin, Kafka } from 'kafkajs';
import { typeOf } from './kafka-client';

/** Five seconds in all: about what a broker that starts needs until it knows its groups. */
const MOST_ATTEMPTS = 8;
const PAUSE_MS = 200;

/**
 * Questions to the brokers. The client remembers who leads a partition and, asked about one whose leader has moved, goes on
 * asking the old one for minutes. A connection whose question failed is therefore given up, and a new one, which knows
 * nothing yet, asks again.
 */
export class Asking {
  private admin: Promise<Admin> | null = null;

  constructor(private readonly kafka: Kafka) {}

  /** Asks, with some patience. @throws what the last attempt threw. */
  async ask<T>(question: (admin: Admin) => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt++) {
      this.admin ??= this.connect();
      const { admin } = this;
      try {
        return await question(await admin);
      } catch (error) {
        if (this.admin === admin) this.admin = null;
        void admin.then((used) => used.disconnect()).catch(() => undefined);
        if (attempt === MOST_ATTEMPTS || !mayPass(error)) throw error;
      }
      await pause(PAUSE_MS * attempt);
    }
  }

  async close(): Promise<void> {
    const { admin } = this;
    this.admin = null;
    await admin?.then((used) => used.disconnect()).catch(() => undefined);
  }

  private async connect(): Promise<Admin> {
    const admin = this.kafka.admin();
    await admin.connect();
    return admin;
  }
}

/**
 * What a broker says of its own state passes, and so does a connection that another question has just given up. Where no
 * broker answered the client has tried long enough itself.
 */
export function mayPass(error: unknown): boolean {
  return (
    PASSING.has(typeOf(error)) || (error instanceof Error && error.name === 'KafkaJSConnectionClosedError')
  );
}

const PASSING = new Set([
  'NOT_LEADER_FOR_PARTITION',
  'LEADER_NOT_AVAILABLE',
  'UNKNOWN_TOPIC_OR_PARTITION',
  'NOT_COORDINATOR_FOR_GROUP',
  'GROUP_COORDINATOR_NOT_AVAILABLE',
  'GROUP_LOAD_IN_PROGRESS',
  'NOT_CONTROLLER',
]);
