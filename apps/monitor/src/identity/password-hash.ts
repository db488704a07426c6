import { hash, verify } from '@node-rs/argon2';

/**
 * Argon2id with 19 MiB, two passes, one lane.
 * @see OWASP Password Storage Cheat Sheet; OWASP ASVS 5.0, V11.4.2
 */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };
/** At once; each takes its memory, and threads that the file system needs too. */
const MOST_AT_ONCE = 2;
/** More who wait are sent away: hashing is what makes signing in dear, for an attacker's victims too. */
const MOST_WAITING = 50;

/** Too many people sign in at this moment. */
export class TooBusy extends Error {
  constructor() {
    super('too many people sign in at once');
    this.name = 'TooBusy';
  }
}

/** Hashes and compares passwords, a few at a time. */
export class PasswordHasher {
  private running = 0;
  private readonly waiting: (() => void)[] = [];
  /** What a name that nobody has is compared with, so that the time taken tells nothing. */
  private readonly nobody = hash('nobody has this password', COST);

  /** @throws TooBusy */
  hash(password: string): Promise<string> {
    return this.inTurn(() => hash(password, COST));
  }

  /** Whether this is the password; takes as long where there is none. @throws TooBusy */
  async matches(passwordHash: string | null, password: string): Promise<boolean> {
    const against = passwordHash ?? (await this.nobody);
    return (await this.inTurn(() => verify(against, password))) && passwordHash !== null;
  }

  private async inTurn<T>(work: () => Promise<T>): Promise<T> {
    if (this.waiting.length >= MOST_WAITING) throw new TooBusy();
    if (this.running >= MOST_AT_ONCE) await new Promise<void>((resolve) => this.waiting.push(resolve));
    else this.running++;
    try {
      return await work();
    } finally {
      // The turn is handed on, not given back, where somebody waits.
      const next = this.waiting.shift();
      if (next === undefined) this.running--;
      else next();
    }
  }
}
