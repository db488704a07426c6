import {
  appendLedger,
  changeAccount,
  countRecoveryCodes,
  endSessionsOf,
  findAccount,
  replaceRecoveryCodes,
  type AccountRow,
  type Store,
} from '@mingjian/store';
import type { Clock, SealingKeys } from '@mingjian/runtime';
import { act } from './acts';
import type { Lockout } from './lockout';
import type { PasswordHasher } from './password-hash';
import { passwordProblem, type PasswordProblem } from './password-rules';
import { newRecoveryCodes, newTotpSecret, recoveryCodeForm, totpAddress } from './second-factor';
import type { Origin, Sessions } from './sessions';
import { takeSecondFactor, totpPlace } from './take-second-factor';
import { hashOf } from './token';

/** Why something about the own account was refused. */
export type Refusal =
  | 'wrong-password'
  | 'locked'
  | 'same-password'
  | 'wrong-code'
  | 'no-key-file'
  | 'nothing-to-confirm'
  | 'changed-meanwhile'
  | PasswordProblem;

export type Done<T> = ({ ok: true } & T) | { ok: false; reason: Refusal };

/** What people do to their own account: password and second factor. Each act asks for the password again. */
export class OwnAccount {
  constructor(
    private readonly store: Store,
    private readonly clock: Clock,
    private readonly hasher: PasswordHasher,
    private readonly lockout: Lockout,
    private readonly sessions: Sessions,
    private readonly keys: SealingKeys | null,
  ) {}

  /** Changes the password; all sessions end, and a new one begins on this device. */
  async changePassword(
    account: AccountRow,
    current: string,
    wanted: string,
    origin: Origin,
  ): Promise<Done<{ token: string }>> {
    const refusal = await this.refuse(account, current, origin);
    if (refusal !== null) return { ok: false, reason: refusal };
    const problem = passwordProblem(wanted, [account.name, account.displayName]);
    if (problem !== null) return { ok: false, reason: problem };
    if (current === wanted) return { ok: false, reason: 'same-password' };
    const passwordHash = await this.hasher.hash(wanted);
    const now = this.clock.now();
    return this.store.write(async (transaction) => {
      const changed = await changeAccount(transaction, account.id, account.version, {
        passwordHash,
        passwordState: 'chosen',
        oneTimeUntil: null,
        passwordSetAt: now,
      });
      if (changed === null) return { ok: false, reason: 'changed-meanwhile' };
      await endSessionsOf(transaction, account.id);
      const { token } = await this.sessions.begin(transaction, account.id, origin, null);
      await appendLedger(transaction, [act('account.password-changed', now, account.id, account.id)]);
      return { ok: true, token };
    });
  }

  /** A secret for an authenticator app; it counts once {@link confirmSecondFactor} has seen a code of it. */
  async prepareSecondFactor(
    account: AccountRow,
    password: string,
    origin: Origin,
  ): Promise<Done<{ secret: string; address: string }>> {
    if (this.keys === null) return { ok: false, reason: 'no-key-file' };
    const refusal = await this.refuse(account, password, origin);
    if (refusal !== null) return { ok: false, reason: refusal };
    if (account.isTotpConfirmed) return { ok: false, reason: 'nothing-to-confirm' };
    const secret = newTotpSecret();
    const totpSealed = this.keys.seal(secret, totpPlace(account.id));
    const changed = await this.store.write((transaction) =>
      changeAccount(transaction, account.id, account.version, {
        totpSealed,
        isTotpConfirmed: false,
        totpLastStep: 0,
      }),
    );
    if (changed === null) return { ok: false, reason: 'changed-meanwhile' };
    return { ok: true, secret, address: totpAddress(secret, account.name) };
  }

  /** @returns recovery codes, told this once. */
  async confirmSecondFactor(account: AccountRow, code: string): Promise<Done<{ recoveryCodes: string[] }>> {
    if (account.totpSealed === null || account.isTotpConfirmed)
      return { ok: false, reason: 'nothing-to-confirm' };
    const now = this.clock.now();
    const recoveryCodes = newRecoveryCodes();
    return this.store.write(async (transaction) => {
      if ((await takeSecondFactor(transaction, account, code, now, this.keys)) !== 'totp')
        return { ok: false, reason: 'wrong-code' };
      const changed = await changeAccount(transaction, account.id, account.version, {
        isTotpConfirmed: true,
      });
      if (changed === null) return { ok: false, reason: 'changed-meanwhile' };
      const hashes = recoveryCodes.map((recovery) => hashOf(recoveryCodeForm(recovery)));
      await replaceRecoveryCodes(transaction, account.id, hashes);
      await appendLedger(transaction, [act('account.second-factor-added', now, account.id, account.id)]);
      return { ok: true, recoveryCodes };
    });
  }

  /** Gives the second factor up, with the password and a code of it. */
  async removeSecondFactor(
    account: AccountRow,
    password: string,
    code: string,
    origin: Origin,
  ): Promise<Done<object>> {
    if (!account.isTotpConfirmed) return { ok: false, reason: 'nothing-to-confirm' };
    const refusal = await this.refuse(account, password, origin, 'counts-on');
    if (refusal !== null) return { ok: false, reason: refusal };
    const removed = await this.remove(account, code);
    if (removed.ok) await this.lockout.succeeded(account.name, origin.address, this.clock.now());
    return removed;
  }

  private remove(account: AccountRow, code: string): Promise<Done<object>> {
    const now = this.clock.now();
    return this.store.write(async (transaction) => {
      if ((await takeSecondFactor(transaction, account, code, now, this.keys)) === 'wrong')
        return { ok: false, reason: 'wrong-code' };
      const fresh = await findAccount(transaction, account.id);
      await changeAccount(transaction, account.id, fresh?.version ?? account.version, {
        totpSealed: null,
        isTotpConfirmed: false,
      });
      await replaceRecoveryCodes(transaction, account.id, []);
      await appendLedger(transaction, [act('account.second-factor-removed', now, account.id, account.id)]);
      return { ok: true };
    });
  }

  /** Recovery codes that are left. */
  recoveryCodesLeft(account: AccountRow): Promise<number> {
    return countRecoveryCodes(this.store, account.id);
  }

  /**
   * Why the password is not taken; null: it is. Whoever found a browser open guesses no faster than at the door.
   * @param after `counts-on`: the attempt stays counted as failed until the caller knows more.
   */
  private async refuse(
    account: AccountRow,
    password: string,
    { address }: Origin,
    after: 'settled' | 'counts-on' = 'settled',
  ): Promise<Refusal | null> {
    const attempt = await this.lockout.attempt(account.name, address, this.clock.now());
    if (attempt.isLocked) return 'locked';
    if (!(await this.hasher.matches(account.passwordHash, password))) return 'wrong-password';
    if (after === 'settled') await this.lockout.succeeded(account.name, address, this.clock.now());
    return null;
  }
}
