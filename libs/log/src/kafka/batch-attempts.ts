import type { SubscribeOptions } from '../event-log';

const LONGEST_BACKOFF_MS = 5_000;

/** Counts, per partition, how often in a row its batch was rejected. */
export class BatchAttempts {
  private readonly failures = new Map<number, number>();

  constructor(private readonly options: SubscribeOptions) {}

  succeeded(partition: number): void {
    this.failures.delete(partition);
  }

  /** @returns how long to leave the partition alone, milliseconds; null when it has been tried often enough. */
  failed(partition: number): number | null {
    const attempts = (this.failures.get(partition) ?? 0) + 1;
    this.failures.set(partition, attempts);
    if (attempts >= (this.options.maxAttempts ?? 10)) return null;
    return Math.min(LONGEST_BACKOFF_MS, (this.options.backoffMs ?? 100) * 2 ** (attempts - 1));
  }

  /** Why the partition was given up, for whoever waits on `failed`. */
  givenUp(partition: number, error: unknown): Error {
    const { group, topic } = this.options;
    const attempts = this.failures.get(partition) ?? 0;
    return new Error(
      `Group ${group} gave up topic ${topic}, partition ${partition}, after ${attempts} attempts: ${reasonOf(error)}`,
      { cause: error },
    );
  }

  forget(): void {
    this.failures.clear();
  }
}

export function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
