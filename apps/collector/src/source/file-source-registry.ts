import { timingSafeEqual } from 'node:crypto';
import {
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  statSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { BadInputError, parseYamlDocument, problemsOf, SourceName } from '@mingjian/contracts';
import { apiKeyHash, newApiKey, SystemClock, type Clock, type Logger } from '@mingjian/runtime';
import { z } from 'zod';
import { KeyUse } from './key-use';
import type { Source, SourceRegistry } from './source-registry';

const SourceEntry = z.strictObject({
  name: SourceName,
  department: z.string().min(1),
  keyHash: z.string().regex(/^[0-9a-f]{64}$/, 'a SHA-256 in hex'),
  formerKey: z
    .strictObject({
      hash: z.string().regex(/^[0-9a-f]{64}$/, 'a SHA-256 in hex'),
      until: z.iso.datetime({ offset: true, error: 'an RFC 3339 time' }),
    })
    .optional(),
});
const SourcesFile = z.strictObject({ sources: z.array(SourceEntry) });

/** A source of the file. */
export interface KeyedSource extends Source {
  /** SHA-256 of its API key, hex. The key itself is kept nowhere. */
  keyHash: string;
  /** The key before, while it is still good: hash as above, and until when (RFC 3339). */
  formerKey?: { hash: string; until: string } | undefined;
}

/**
 * Sources in a JSON file, read again whenever it has changed, so that a key issued or withdrawn on the command line
 * holds in a running daemon at once.
 * Guarantees: no key is stored; the file is replaced in one step and readable by its owner only; a file that turns bad
 * later keeps the sources read last and is logged. Not guaranteed: that two commands at the same instant both take
 * effect.
 */
export class FileSourceRegistry implements SourceRegistry {
  private sources: KeyedSource[] = [];
  private seen = '';
  private readonly use: KeyUse;

  /** @throws BadInputError when the file cannot be used. A missing file means no sources. */
  constructor(
    private readonly file: string,
    private readonly logger: Logger | null = null,
    /** The machine's: keys age by it, also in the demonstration. */
    private readonly clock: Clock = new SystemClock(),
  ) {
    this.use = new KeyUse(this.file.replace(/(\.json)?$/, '-used.json'));
    this.seen = this.fingerprint();
    this.sources = this.read();
  }

  find(key: string): KeyedSource | null {
    this.reload();
    const hash = Buffer.from(apiKeyHash(key), 'hex');
    let found: KeyedSource | null = null;
    let used = '';
    // Every entry is compared, whether or not one fitted before: the time taken tells nothing.
    const now = this.clock.now();
    for (const source of this.sources) {
      if (timingSafeEqual(Buffer.from(source.keyHash, 'hex'), hash)) [found, used] = [source, source.keyHash];
      const { hash: former, until } = source.formerKey ?? NO_FORMER_KEY;
      if (timingSafeEqual(Buffer.from(former, 'hex'), hash) && now < Date.parse(until))
        [found, used] = [source, former];
    }
    if (found !== null) this.use.note(used, now);
    return found;
  }

  /** The keys of a source that are good now, the present one first, and when each was last used (RFC 3339). */
  keysOf({ keyHash, formerKey }: KeyedSource): { until: string | null; lastUsedAt: string | null }[] {
    const present = { until: null, lastUsedAt: this.use.lastUse(keyHash) };
    if (formerKey === undefined || Date.parse(formerKey.until) <= this.clock.now()) return [present];
    return [present, { until: formerKey.until, lastUsedAt: this.use.lastUse(formerKey.hash) }];
  }

  list(): readonly KeyedSource[] {
    this.reload();
    return this.sources;
  }

  /** Adds a source and returns its key, which is shown this once. @throws BadInputError on a bad or taken name. */
  addSource(name: string, department: string): string {
    const entry = SourceEntry.omit({ keyHash: true }).safeParse({ name, department });
    if (!entry.success) throw new BadInputError(problemsOf(entry.error, 'source', { name, department }));
    const sources = this.read();
    if (sources.some((source) => source.name === name))
      throw this.problem(name, 'a name that is not taken', 'use rotate to issue a new key for this source');
    const key = newApiKey();
    this.save([...sources, { name, department, keyHash: apiKeyHash(key) }]);
    return key;
  }

  /**
   * Issues a new key. The one before it ends at once, or stays good beside it for a while, so that a department can take
   * the new one into use without a gap; one before that ends in any case.
   * @throws BadInputError when there is no such source.
   */
  rotateKey(name: string, keepFormerMs = 0): string {
    const sources = this.withSource(name);
    const key = newApiKey();
    const until = new Date(this.clock.now() + keepFormerMs).toISOString();
    this.save(
      sources.map((source) => {
        if (source.name !== name) return source;
        const { department, keyHash } = source;
        const former = keepFormerMs > 0 ? { formerKey: { hash: keyHash, until } } : {};
        return { name, department, keyHash: apiKeyHash(key), ...former };
      }),
    );
    return key;
  }

  /** Ends the key before the present one at once, which stays. @throws BadInputError when there is no such source. */
  revokeFormerKey(name: string): void {
    this.save(
      this.withSource(name).map((source) => {
        const { department, keyHash } = source;
        return source.name === name ? { name, department, keyHash } : source;
      }),
    );
  }

  /** Its key ends at once; its events stay. @throws BadInputError when there is no such source. */
  removeSource(name: string): void {
    this.save(this.withSource(name).filter((source) => source.name !== name));
  }

  private withSource(name: string): KeyedSource[] {
    const sources = this.read();
    if (!sources.some((source) => source.name === name))
      throw this.problem(
        name,
        `one of ${sources.map((source) => source.name).join(', ') || 'no sources'}`,
        '',
      );
    return sources;
  }

  private problem(got: string, expected: string, hint: string): BadInputError {
    return new BadInputError([{ place: this.file, field: 'name', expected, got, hint }]);
  }

  private reload(): void {
    const fingerprint = this.fingerprint();
    if (fingerprint === this.seen) return;
    this.seen = fingerprint;
    try {
      this.sources = this.read();
    } catch (error) {
      this.logger?.error(
        { err: error, file: this.file },
        'The sources could not be read; the last ones stay.',
      );
    }
  }

  private fingerprint(): string {
    const stat = statSync(this.file, { bigint: true, throwIfNoEntry: false });
    return stat === undefined ? '' : `${stat.ino} ${stat.size} ${stat.mtimeNs}`;
  }

  private read(): KeyedSource[] {
    if (this.fingerprint() === '') return [];
    return parseYamlDocument(readFileSync(this.file, 'utf8'), this.file, SourcesFile).sources;
  }

  private save(sources: KeyedSource[]): void {
    const text = `${JSON.stringify({ sources }, null, 2)}\n`;
    mkdirSync(dirname(this.file), { recursive: true });
    const draft = `${this.file}.${process.pid}.tmp`;
    const handle = openSync(draft, 'w', 0o600);
    try {
      writeSync(handle, text);
      fsyncSync(handle);
    } finally {
      closeSync(handle);
    }
    renameSync(draft, this.file);
    this.reload();
  }
}

/** A source without one is looked at for as long. No key has this hash. */
const NO_FORMER_KEY = { hash: '0'.repeat(64), until: '1970-01-01T00:00:00Z' };
