import { apiKeyHash, isApiKey, newApiKey, type Clock } from '@mingjian/runtime';
import {
  appendLedger,
  BESIDE_THE_SHARDS,
  endSourceKey,
  findSourceKey,
  goodSourceKeys,
  holdLedgerHead,
  insertSourceKey,
  type Store,
} from '@mingjian/store';
import { act, IDENTITY_CHAIN } from '../identity/acts';
import { approvedRegister, senderIn } from './approved-register';
import { KeyRefused } from './key-refused';

const HOUR_MS = 3_600_000;

/** A key that was just issued: this once it is told. */
export interface IssuedKey {
  source: string;
  key: string;
}

/** How a key is issued. */
export interface KeyWish {
  source: string;
  /** How long the key before stays good beside it, 0 to 720; 0: it ends at once, because it may have leaked. */
  keepFormerHours: number;
  reason: string;
}

/**
 * 接口密钥: keys of sources, issued and ended by one administrator. Each act goes into the ledger in the same transaction, without the key
 * and without its hash.
 */
export class SourceKeyDesk {
  constructor(
    private readonly store: Store,
    /** The machine's: keys age by it, also in the demonstration. */
    private readonly clock: Clock,
  ) {}

  /**
   * Issues a key for a registered source. The key before it ends after the hours given, those before that at once: two are good at most.
   * @param who id of the account. @throws KeyRefused
   */
  async issue({ source, keepFormerHours, reason }: KeyWish, who: string): Promise<IssuedKey> {
    requireWithoutKey(reason);
    const key = newApiKey();
    const now = this.clock.now();
    await this.store.write(async (transaction) => {
      // Two who issue at once follow each other: the later one sees the key of the first.
      await holdLedgerHead(transaction, IDENTITY_CHAIN);
      if (senderIn(await approvedRegister(transaction), source) === undefined)
        throw new KeyRefused('not-registered');
      const former = (await goodSourceKeys(transaction, now)).filter((one) => one.source === source);
      const last = former[former.length - 1];
      for (const one of former)
        await endSourceKey(transaction, one.id, one === last ? now + keepFormerHours * HOUR_MS : now, who);
      const id = await insertSourceKey(transaction, {
        ...{ source, keyHash: apiKeyHash(key), issuedAt: now, issuedBy: who },
      });
      const body = { key: id, keepFormerHours, ends: former.map((one) => one.id), because: reason };
      await appendLedger(transaction, [act('source.key-issued', now, who, source, body)]);
    }, BESIDE_THE_SHARDS);
    return { source, key };
  }

  /** Ends a key at once, also one of a source that is registered no more. @param who id of the account. @throws KeyRefused */
  async end(
    id: number,
    reason: string,
    who: string,
  ): Promise<{ id: number; source: string; endsAt: number }> {
    requireWithoutKey(reason);
    const now = this.clock.now();
    return this.store.write(async (transaction) => {
      await holdLedgerHead(transaction, IDENTITY_CHAIN);
      const key = await findSourceKey(transaction, id);
      if (key === null) throw new KeyRefused('no-such-key');
      if (!(await endSourceKey(transaction, id, now, who))) throw new KeyRefused('already-ended');
      const body = { key: id, because: reason };
      await appendLedger(transaction, [act('source.key-ended', now, who, key.source, body)]);
      return { id, source: key.source, endsAt: now };
    }, BESIDE_THE_SHARDS);
  }
}

/** The ledger keeps the reason for ever. */
function requireWithoutKey(reason: string): void {
  if (isApiKey(reason)) throw new KeyRefused('holds-secret');
}
