import { timingSafeEqual } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { SourcesDocument } from '@mingjian/contracts';
import { apiKeyHash, type Clock, type Logger } from '@mingjian/runtime';
import {
  BESIDE_THE_SHARDS,
  goodSourceKeys,
  lastRuleVersionId,
  loadRuleVersions,
  noteSourceKeyUse,
  type Store,
} from '@mingjian/store';
import type { KnownSources, SourceMemory } from './source-memory';

/** How often the store is looked at: an approval, a new key and an ended one hold within five seconds. */
const LOOK_EVERY_MS = 2_000;
/** The use of a key is noted at most this often. */
const NOTE_EVERY_MS = 60_000;
/** A start and a stop wait so long for the store. */
const WAIT_MS = 2_000;

/** A key that is good, unless its end has come since. */
interface IssuedKey {
  id: number;
  source: string;
  hash: Buffer;
  endsAt: number | null;
}

/** Department by source. */
export type Register = ReadonlyMap<string, string>;

/**
 * The approved register of sources (来源登记) and the keys issued in the store, as they were last looked at: a request asks memory alone.
 * Guarantees: no key is kept, here or there; a store that does not answer keeps what was known last, also through a restart, and that is
 * logged once. Not guaranteed: that what was noted of the use of keys in the last seconds outlives a kill.
 */
export class ApprovedSources {
  private keys: readonly IssuedKey[] = [];
  private departments: Register | null = null;
  private seen = -1;
  private store: Store | null = null;
  /** When each key was last noted as used, and what is to be noted at the next look. */
  private readonly noted = new Map<number, number>();
  private readonly used = new Map<number, number>();
  private timer: NodeJS.Timeout | null = null;
  private looking: Promise<void> | null = null;
  private isFailing = false;

  constructor(
    /** Asked until it gives the store; whoever gives it closes it. */
    private readonly open: () => Promise<Store>,
    private readonly memory: SourceMemory,
    /** The machine's: keys age by it, also in the demonstration. */
    private readonly clock: Clock,
    private readonly logger: Logger,
  ) {}

  /** Who may send; null while no register was ever approved: whoever has a key may. */
  get register(): Register | null {
    return this.departments;
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

  /**
   * Looks once, then every two seconds. Where the store does not answer soon it begins with what the last process knew.
   * @throws where nothing is known and the store cannot be read: who may send must be known before anybody does.
   */
  async start(): Promise<void> {
    const first = this.look();
    const known = this.memory.read();
    if (known === null) await first;
    else {
      const isRead = await Promise.race([
        first.then(() => true).catch(() => false),
        pause(WAIT_MS, false, { ref: false }),
      ]);
      // A look that succeeds later has the last word.
      if (!isRead && this.seen === -1) this.know(known);
      if (!isRead) this.looking = this.told(first);
    }
    this.timer = setInterval(() => void this.follow(), LOOK_EVERY_MS);
    this.timer.unref();
  }

  /** Ends the looking, and notes what is still to be noted; a store that does not answer holds up no stop. */
  async stop(): Promise<void> {
    if (this.timer !== null) clearInterval(this.timer);
    const noted = Promise.resolve(this.looking).then(() => this.follow());
    await Promise.race([noted, pause(WAIT_MS, undefined, { ref: false })]);
  }

  /** Looks once. Never rejects. A look that is under way is not joined by a second one. */
  follow(): Promise<void> {
    return (this.looking ??= this.told(this.look()));
  }

  /** A look, of which the log tells when it fails and when it succeeds again, each once. */
  private told(look: Promise<void>): Promise<void> {
    return look
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
  }

  private async look(): Promise<void> {
    const store = (this.store ??= await this.open());
    // Keys first: one that was ended is refused also where the register cannot be read.
    const keys = await goodSourceKeys(store, this.clock.now());
    const departments = this.known.departments;
    const issued = keys.map(({ id, source, keyHash: hash, endsAt }) => ({ id, source, hash, endsAt }));
    this.know({ departments, keys: issued });
    await this.noteUses(store);
    const last = await lastRuleVersionId(store, ['sources']);
    if (last !== this.seen) {
      const row = (await loadRuleVersions(store, ['sources'])).at(-1);
      this.know({ departments: row === undefined ? null : departmentsOf(row.document), keys: issued });
      this.seen = last;
    }
    this.memory.write(this.known);
  }

  private know({ departments, keys }: KnownSources): void {
    if (departments === null) this.departments = null;
    else if (departments !== this.known.departments) this.departments = new Map(Object.entries(departments));
    this.keys = keys.map(({ hash, ...key }) => ({ ...key, hash: Buffer.from(hash, 'hex') }));
    this.known = { departments, keys };
  }

  /** The same as it was read. */
  private known: KnownSources = { departments: null, keys: [] };

  private async noteUses(store: Store): Promise<void> {
    if (this.used.size === 0) return;
    const uses = [...this.used].map(([id, at]) => ({ id, at }));
    await store.write((transaction) => noteSourceKeyUse(transaction, uses), BESIDE_THE_SHARDS);
    // Those that were used again meanwhile have a minute of their own.
    for (const { id, at } of uses) if (this.used.get(id) === at) this.used.delete(id);
  }
}

/** @throws ZodError where this software cannot read it. */
function departmentsOf(document: string): Record<string, string> {
  const { senders } = SourcesDocument.parse(JSON.parse(document));
  return Object.fromEntries(Object.entries(senders).map(([source, { department }]) => [source, department]));
}
