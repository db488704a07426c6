/* eslint-disable jest/no-export -- a part of a suite is not itself a test file */
import {
  type AccountRow,
  addAccount,
  changeAccount,
  countRecoveryCodes,
  endSession,
  endSessionsOf,
  findAccount,
  findAccountByName,
  findSession,
  holdSignInFailure,
  insertSession,
  removeOidcSignOutsBefore,
  removeSessionsBefore,
  replaceRecoveryCodes,
  saveSignInFailure,
  sessionsOf,
  sessionsOfProvider,
  type Store,
  takeOidcSignOut,
  touchSession,
  useRecoveryCode,
} from '../index';
import { AT } from './rows-under-test';

/** Accounts, sessions and failed attempts to sign in. Part of the suite of every engine; `open` gives the store of the spec that runs. */
export function checkAccounts(open: () => Store): void {
  let store: Store;
  beforeEach(() => void (store = open()));

  it('keeps accounts: a name once, changes of one at a time, secrets used once', async () => {
    const zhang = account('1', '张伟');
    expect(await store.write((tx) => addAccount(tx, zhang))).toBe(true);
    expect(await store.write((tx) => addAccount(tx, account('2', '张伟')))).toBe(false);
    expect(await findAccountByName(store, '张伟')).toEqual(zhang);
    expect(await findAccountByName(store, '张伟 ')).toBeNull();
    const change = (roles: string) => store.write((tx) => changeAccount(tx, '1', 1, { roles }));
    // Two who saw the same version: one of them is told.
    const [first, second] = await Promise.all([change('auditor'), change('operator')]);
    expect([first, second].filter((row) => row === null)).toHaveLength(1);
    const kept = first ?? second;
    expect(await findAccount(store, '1')).toEqual({ ...zhang, roles: kept?.roles, version: 2 });
    await store.write((tx) => replaceRecoveryCodes(tx, '1', ['a', 'b']));
    const use = (): Promise<boolean> => store.write((tx) => useRecoveryCode(tx, '1', 'a'));
    expect((await Promise.all([use(), use()])).sort()).toEqual([false, true]);
    expect(await countRecoveryCodes(store, '1')).toBe(1);
  });

  it('keeps sessions: one account ends none of another, an earlier use is no news', async () => {
    const row = (id: string, accountId: string) => ({
      ...{ tokenHash: id.repeat(64), id, accountId, address: '::1', device: '浏览器' },
      ...{ createdAt: AT, lastSeenAt: AT, providerSessionHash: id === 'b' ? 'f'.repeat(64) : null },
    });
    await store.write(async (tx) => {
      for (const [id, accountId] of [
        ['a', '1'],
        ['b', '1'],
        ['c', '2'],
      ] as const)
        await insertSession(tx, row(id, accountId));
      await touchSession(tx, 'a'.repeat(64), AT + 5);
      await touchSession(tx, 'a'.repeat(64), AT + 3);
    });
    expect(await findSession(store, 'a'.repeat(64))).toEqual({ ...row('a', '1'), lastSeenAt: AT + 5 });
    expect((await sessionsOf(store, '1')).map(({ id }) => id)).toEqual(['a', 'b']);
    expect(await sessionsOfProvider(store, 'f'.repeat(64))).toEqual([row('b', '1')]);
    expect(await store.write((tx) => endSession(tx, '1', 'c'))).toBe(false);
    expect(await store.write((tx) => endSessionsOf(tx, '1', 'a'))).toBe(1);
    expect(await store.write((tx) => removeSessionsBefore(tx, AT - 1, AT))).toBe(1);
    expect(await findSession(store, 'c'.repeat(64))).toBeNull();
    expect(await findSession(store, 'a'.repeat(64))).not.toBeNull();
  });

  it('takes a token of the provider once, also of two who bring it together, until it is forgotten', async () => {
    const take = (receivedAt: number): Promise<boolean> =>
      store.write((tx) => takeOidcSignOut(tx, { tokenHash: 'e'.repeat(64), receivedAt }));
    expect((await Promise.all([take(AT), take(AT)])).sort()).toEqual([false, true]);
    expect(await store.write((tx) => removeOidcSignOutsBefore(tx, AT - 1))).toBe(0);
    expect(await store.write((tx) => removeOidcSignOutsBefore(tx, AT))).toBe(1);
    expect(await take(AT + 1)).toBe(true);
  });

  it('counts failed attempts of one instant one after the other', async () => {
    const fail = (): Promise<void> =>
      store.write(async (tx) => {
        const held = await holdSignInFailure(tx, 'account:x', AT);
        await saveSignInFailure(tx, { ...held, failures: held.failures + 1, lockedUntil: AT + 1 });
      });
    await Promise.all(Array.from({ length: 8 }, fail));
    expect(await store.write((tx) => holdSignInFailure(tx, 'account:x', AT))).toMatchObject({
      failures: 8,
      lockedUntil: AT + 1,
    });
  });
}

function account(id: string, name: string): AccountRow {
  return {
    ...{ id, name, displayName: name, roles: 'inspector', department: null, district: 'east', version: 1 },
    ...{ passwordHash: '$argon2id$…', passwordState: 'one-time', oneTimeUntil: AT, isDisabled: false },
    ...{ totpSealed: null, isTotpConfirmed: false, totpLastStep: 59_000_000 },
    ...{ createdAt: AT, passwordSetAt: AT, lastSignedInAt: null },
  };
}
