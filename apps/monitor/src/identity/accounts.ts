import { randomUUID } from 'node:crypto';
import {
  addAccount,
  appendLedger,
  changeAccount,
  endSessionsOf,
  findAccount,
  issuerOfAccount,
  type AccountChange,
  type AccountRow,
  type NewLedgerEntry,
  type Store,
  type StoreTransaction,
} from '@mingjian/store';
import type { Clock } from '@mingjian/runtime';
import { accountNameForm, isAccountName, rolesOf, standingProblem, type Standing } from './account';
import { act, type ActKind } from './acts';
import type { Lockout } from './lockout';
import type { PasswordHasher } from './password-hash';
import { standingColumns, standingOf, standingText } from './standing-columns';
import { newOneTimePassword } from './token';

/** A one-time password that nobody used ends. */
const ONE_TIME_FOR_MS = 72 * 3_600_000;

/** Why an account cannot be made or changed as asked; `text` is for the person. */
export class AccountProblem extends Error {
  constructor(
    readonly reason:
      | 'bad-name'
      | 'name-taken'
      | 'bad-standing'
      | 'no-such-account'
      | 'changed-meanwhile'
      | 'last-administrator'
      | 'yourself'
      | 'of-provider',
    readonly text: string,
  ) {
    super(text);
    this.name = 'AccountProblem';
  }
}

/** A new account. */
export interface NewAccount extends Standing {
  name: string;
  displayName: string;
}

/**
 * What administrators do to accounts. Everything goes into the ledger in the same transaction. Whoever loses a right or a
 * password loses the open sessions too.
 */
export class Accounts {
  constructor(
    private readonly store: Store,
    private readonly clock: Clock,
    private readonly hasher: PasswordHasher,
    private readonly lockout: Lockout,
  ) {}

  /** @returns the account, and its one-time password, which is told this once. @throws AccountProblem */
  async add(
    given: NewAccount,
    actor: string | null,
  ): Promise<{ account: AccountRow; oneTimePassword: string }> {
    const name = accountNameForm(given.name);
    if (!isAccountName(name))
      throw new AccountProblem(
        'bad-name',
        '账号为 2 至 64 个字符：汉字、字母、数字以及 . _ -，以字母、汉字或数字开头',
      );
    checkStanding(given);
    const oneTimePassword = newOneTimePassword();
    const passwordHash = await this.hasher.hash(oneTimePassword);
    const now = this.clock.now();
    const account: AccountRow = {
      id: randomUUID(),
      name,
      displayName: given.displayName.trim() === '' ? name : given.displayName.trim().slice(0, 64),
      passwordHash,
      passwordState: 'one-time',
      oneTimeUntil: now + ONE_TIME_FOR_MS,
      ...standingColumns(given),
      isDisabled: false,
      totpSealed: null,
      isTotpConfirmed: false,
      totpLastStep: 0,
      createdAt: now,
      passwordSetAt: now,
      lastSignedInAt: null,
      version: 1,
    };
    await this.store.write(async (transaction) => {
      if (!(await addAccount(transaction, account)))
        throw new AccountProblem('name-taken', `账号 ${name} 已存在`);
      await appendLedger(transaction, [act('account.added', now, actor, account.id, standingOf(account))]);
    });
    return { account, oneTimePassword };
  }

  /** Changes what somebody is called, is, and belongs to. @throws AccountProblem */
  change(
    id: string,
    version: number,
    given: Standing & { displayName: string },
    actor: string | null,
  ): Promise<AccountRow> {
    checkStanding(given);
    return this.alter(id, version, actor, 'account.changed', async (before, transaction) => {
      await refuseOfProvider(transaction, before.id);
      if (before.id === actor && before.roles !== standingColumns(given).roles)
        throw new AccountProblem('yourself', '不能更改自己的角色，请由另一名管理员操作');
      return { displayName: given.displayName.trim().slice(0, 64), ...standingColumns(given) };
    });
  }

  /** Takes or gives back the right to sign in. @throws AccountProblem */
  setDisabled(id: string, version: number, isDisabled: boolean, actor: string | null): Promise<AccountRow> {
    const kind = isDisabled ? 'account.disabled' : 'account.enabled';
    return this.alter(id, version, actor, kind, async (before) => {
      if (before.id === actor) throw new AccountProblem('yourself', '不能停用自己的账号');
      return { isDisabled };
    });
  }

  /** Sets a one-time password; with `dropSecondFactor` for who lost the telephone and the recovery codes. @throws AccountProblem */
  async resetPassword(
    id: string,
    version: number,
    dropSecondFactor: boolean,
    actor: string | null,
  ): Promise<{ account: AccountRow; oneTimePassword: string }> {
    const oneTimePassword = newOneTimePassword();
    const passwordHash = await this.hasher.hash(oneTimePassword);
    const now = this.clock.now();
    const account = await this.alter(
      id,
      version,
      actor,
      'account.password-reset',
      async (before, transaction) => {
        await refuseOfProvider(transaction, before.id);
        return {
          passwordHash,
          passwordState: 'one-time',
          oneTimeUntil: now + ONE_TIME_FOR_MS,
          passwordSetAt: now,
          ...(dropSecondFactor ? { totpSealed: null, isTotpConfirmed: false } : {}),
        };
      },
    );
    await this.lockout.unlock(account.name);
    return { account, oneTimePassword };
  }

  /** Ends the wait after failed attempts. @throws AccountProblem */
  async unlock(id: string, actor: string | null): Promise<void> {
    const account = await findAccount(this.store, id);
    if (account === null) throw noSuchAccount();
    await this.lockout.unlock(account.name);
    await this.store.write((transaction) =>
      appendLedger(transaction, [act('account.unlocked', this.clock.now(), actor, id)]),
    );
  }

  private alter(
    id: string,
    version: number,
    actor: string | null,
    kind: ActKind,
    changeOf: (before: AccountRow, transaction: StoreTransaction) => Promise<AccountChange>,
  ): Promise<AccountRow> {
    return this.store.write(async (transaction) => {
      const before = await findAccount(transaction, id);
      if (before === null) throw noSuchAccount();
      const change = await changeOf(before, transaction);
      const after = await changeAccount(transaction, id, version, change);
      if (after === null) throw new AccountProblem('changed-meanwhile', '该账号刚被他人修改，请刷新后重试');
      await refuseWithoutAdministrator(transaction, before, after);
      const endsSessions = kind !== 'account.changed' || standingText(before) !== standingText(after);
      if (endsSessions) await endSessionsOf(transaction, id);
      await appendLedger(transaction, [entryOf(kind, this.clock.now(), actor, before, after)]);
      return after;
    });
  }
}

function entryOf(
  kind: ActKind,
  at: number,
  actor: string | null,
  before: AccountRow,
  after: AccountRow,
): NewLedgerEntry {
  const body =
    kind === 'account.changed'
      ? { before: standingOf(before), after: standingOf(after) }
      : { secondFactor: after.isTotpConfirmed };
  return act(kind, at, actor, after.id, body);
}

/** What the provider says of its people would undo it at their next sign-in; and a password would be a way past it. */
async function refuseOfProvider(transaction: StoreTransaction, id: string): Promise<void> {
  if ((await issuerOfAccount(transaction, id)) !== null)
    throw new AccountProblem(
      'of-provider',
      '该账号由统一身份认证管理：角色和部门请在认证平台上更改，本站只能停用或启用',
    );
}

/**
 * Where nobody could make the next administrator the way back would lead over the command line only. Administrators of the
 * provider do not count: it may be down.
 */
async function refuseWithoutAdministrator(
  transaction: StoreTransaction,
  before: AccountRow,
  after: AccountRow,
): Promise<void> {
  const is = (row: AccountRow): boolean =>
    !row.isDisabled && row.passwordHash !== null && rolesOf(row).includes('administrator');
  if (!is(before) || is(after)) return;
  const rows = await transaction.query<{ roles: string }>(
    'SELECT roles FROM account WHERE is_disabled = 0 AND password_hash IS NOT NULL AND id <> ?',
    [after.id],
  );
  if (!rows.some((row) => rolesOf(row).includes('administrator')))
    throw new AccountProblem('last-administrator', '至少保留一名可用的管理员');
}

function checkStanding(standing: Standing): void {
  const problem = standingProblem(standing);
  if (problem !== null) throw new AccountProblem('bad-standing', problem);
}

function noSuchAccount(): AccountProblem {
  return new AccountProblem('no-such-account', '没有这个账号');
}
