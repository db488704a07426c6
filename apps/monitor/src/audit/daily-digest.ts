import type { RuleBook } from '@mingjian/rules';
import { dateTextOf } from '@mingjian/rules';
import type { Clock, Logger } from '@mingjian/runtime';
import { BESIDE_THE_SHARDS, loadSetting, saveSetting, verdictDigest, type Store } from '@mingjian/store';
import { Gauge, type Registry } from 'prom-client';

/** How long after midnight what belongs to the day before may still be on its way. */
const SETTLE_MS = 30 * 60_000;
/** So many hexadecimal digits fit into a number of Prometheus without loss. */
const DIGITS = 12;

export interface DailyDigestPorts {
  store: Store;
  clock: Clock;
  registry: Registry;
  logger: Logger;
  book: () => RuleBook;
}

/**
 * Once a day a digest over all verdicts at midnight, from what had been received by then. Two sites that read the same log
 * have the same number for a day; a site that has another one judged something else. The digests are kept: a rebuild can be
 * held against them.
 */
export class DailyDigest {
  private readonly digest: Gauge;
  private readonly instant: Gauge;

  constructor(private readonly ports: DailyDigestPorts) {
    const registers = [ports.registry];
    this.digest = new Gauge({
      name: 'mingjian_verdict_digest',
      help: 'First 48 bits of the digest over all verdicts at the last midnight; equal on replicas that judge alike',
      registers,
    });
    this.instant = new Gauge({
      name: 'mingjian_verdict_digest_timestamp_seconds',
      help: 'The midnight of that digest',
      registers,
    });
  }

  /** Makes the digest of the last midnight, if it is not there yet. Never rejects. @returns the digest; null: too early. */
  async runOnce(): Promise<string | null> {
    const { store, clock, book, logger } = this.ports;
    try {
      const { calendar } = book().newest;
      const day = calendar.dayOf(clock.now());
      const midnight = calendar.startOfDay(day);
      if (clock.now() - midnight < SETTLE_MS) return null;
      const name = `verdict_digest/${dateTextOf(day)}`;
      let digest = await loadSetting(store, name);
      if (digest === null) {
        const made = await verdictDigest(store, book(), midnight, midnight);
        digest = made;
        await store.write((transaction) => saveSetting(transaction, name, made), BESIDE_THE_SHARDS);
        logger.info({ day: dateTextOf(day), digest }, 'The digest of the day was made.');
      }
      this.digest.set(parseInt(digest.slice(0, DIGITS), 16));
      this.instant.set(midnight / 1000);
      return digest;
    } catch (error) {
      logger.error({ err: error }, 'The digest of the day could not be made.');
      return null;
    }
  }
}
