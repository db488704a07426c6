import { timingSafeEqual } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { SourcesDocument, type Sender } from '@mingjian/contracts';
import { apiKeyHash, type Clock, type Logger } from '@mingjian/runtime';
import {
  BESIDE_THE_SHARDS,
  goodSourceKeys,
  lastRuleVersionId,
  loadRuleVersions,
  noteSourceKeyUse,
  type Store,
} from '@mingjian/store';

/** How often the store is looked at: an approval, a new key and an ended one hold within five seconds. */
const LOOK_EVERY_MS = 2_000;
/** The use of a key is noted at most this often. */
const NOTE_EVERY_MS = 60_000;
/** A stop waits so long for the store. */
const STOP_WITHIN_MS = 2_000;

/** A key that is good, unless its end has come since. */
interface IssuedKey {
  id: number;
  source: string;
  hash: Buffer;
  endsAt: number | null;
}

/**
 * The approved register of sources (来源登记) and the keys issued in the store, as they were last looked at: a request asks memory alone.
 * Guarantees: no key is kept, here or there; a store that does not answer keeps what was known last, and that is logged once.
 * Not guaranteed: that what was noted of the use of keys in the last seconds outlives a kill.
 */
export class ApprovedSources {
  private keys: readonly IssuedKey[] = [];
  private senders: ReadonlyMap<string, Sender> | null = null;
  private seen = -1;
  /** When each key was last noted as used, and what is to be noted at the next look. */
  private readonly noted = new Map<number, number>();
  private readonly used = new Map<number, number>();
  private timer: NodeJS.Timeout | null = null;
  private looking: Promise<void> | null = null;
  private isFailing = false;

  constructor(
    private readonly store: Store,
    /** The machine's: keys age by it, also in the demonstration. */
    private readonly clock: Clock,
    private readonly logger: Logger,
  ) {}

  /** Who may send, by name; null while no register was ever approved: whoever has a key may. */
  get register(): ReadonlyMap<string, Sender> | null {
    return this.senders;
  }

  /** Name of the source that a key was issued for and is good for; null: nobody's. Every key is compared, whichever fits. */
  find(key: string): string | null {
    const hash = Buffer.from(apiKeyHash(key), 'hex');
    const now = this.clock.now();
    let found: IssuedKey | null = null;
    for (const issued of this.keys)
      if (timingSafeEqual(issued.hash, hash) && (issued.endsAt === null || now < issued.endsAt))
        found = issued;
    if (found === null) return null;
    if (now - (this.noted.get(found.id) ?? -Infinity) >= NOTE_EVERY_MS) {
      this.noted.set(found.id, now);
      this.used.set(found.id, now);
    }
    return found.source;
  }

  /** Looks once, then every two seconds. @throws where the store cannot be read: who may send must be known before anybody does. */
  async start(): Promise<void> {
    await this.look();
    this.timer = setInterval(() => void this.follow(), LOOK_EVERY_MS);
    this.timer.unref();
  }

  /** Ends the looking, and notes what is still to be noted; a store that does not answer holds up no stop. */
  async stop(): Promise<void> {
    if (this.timer !== null) clearInterval(this.timer);
    const noted = Promise.resolve(this.looking).then(() => this.follow());
    await Promise.race([noted, pause(STOP_WITHIN_MS, undefined, { ref: false })]);
  }

  /** Looks once. Never rejects. A look that is under way is not joined by a second one. */
  follow(): Promise<void> {
    this.looking ??= this.look()
      .then(() => {
        if (this.isFailing) this.logger.info('The register of sources is followed again.');
        this.isFailing = false;
      })
      .catch((error: unknown) => {
        if (!this.isFailing)
          this.logger.error(
            { err: error },
            'The register of sources and their keys could not be read; what was known last stays.',
          );
        this.isFailing = true;
      })
      .finally(() => (this.looking = null));
    return this.looking;
  }

  private async look(): Promise<void> {
    // Keys first: one that was ended is refused also where the register cannot be read.
    const keys = await goodSourceKeys(this.store, this.clock.now());
    this.keys = keys.map(({ id, source, keyHash, endsAt }) => ({
      ...{ id, source, endsAt },
      hash: Buffer.from(keyHash, 'hex'),
    }));
    await this.noteUses();
    const last = await lastRuleVersionId(this.store, ['sources']);
    if (last === this.seen) return;
    const row = (await loadRuleVersions(this.store, ['sources'])).at(-1);
    this.senders =
      row === undefined
        ? null
        : new Map(Object.entries(SourcesDocument.parse(JSON.parse(row.document)).senders));
    this.seen = last;
  }

  private async noteUses(): Promise<void> {
    if (this.used.size === 0) return;
    const uses = [...this.used].map(([id, at]) => ({ id, at }));
    await this.store.write((transaction) => noteSourceKeyUse(transaction, uses), BESIDE_THE_SHARDS);
    // Those that were used again meanwhile have a minute of their own.
    for (const { id, at } of uses) if (this.used.get(id) === at) this.used.delete(id);
  }
}
