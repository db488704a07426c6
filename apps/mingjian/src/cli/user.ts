import {
  findAccountByName,
  issuersOfAccounts,
  listAccounts,
  type AccountRow,
  type Store,
} from '@mingjian/store';
import { accountNameForm, rolesOf } from '../../../monitor/src/identity/account';
import { AccountProblem, Accounts } from '../../../monitor/src/identity/accounts';
import { Lockout } from '../../../monitor/src/identity/lockout';
import { PasswordHasher } from '../../../monitor/src/identity/password-hash';
import { ROLES, type Role } from '../../../monitor/src/identity/principal';
import { rotateSealingKeys } from '../../../monitor/src/identity/rotate-sealing-keys';
import { userView } from '../../../monitor/src/identity/user-view';
import { openStoreOf, settingsOf } from '../engines';
import { inColumns } from './in-columns';
import type { Io } from './io';
import { EXIT, UsageError } from './io';
import { chosenDir, type DirOption } from './source';

export type UserOptions = DirOption & {
  role?: string[];
  department?: string;
  district?: string;
  displayName?: string;
  dropSecondFactor?: boolean;
};

/** Who the ledger names for what is done at the command line. */
const ACTOR = 'command-line';

/** What a command works with. */
interface Desk {
  store: Store;
  accounts: Accounts;
  options: UserOptions;
  io: Io;
}

/**
 * `mingjian user`: accounts, also while the daemon runs, and the way back in when no administrator can. One-time passwords
 * are shown once. Whoever may read and write the data directory may do this: keep it to who may.
 */
export async function userCommand(
  action: string,
  name: string | undefined,
  options: UserOptions,
  io: Io,
): Promise<number> {
  const dir = chosenDir(options);
  const processSettings = settingsOf('live');
  const store = await openStoreOf(processSettings, dir);
  const clock = { now: () => io.now(), wakeAt: () => () => undefined };
  const accounts = new Accounts(store, clock, new PasswordHasher(), new Lockout(store));
  const desk: Desk = { store, accounts, options, io };
  try {
    if (action === 'list') return await list(desk);
    if (action === 'rotate-keys') {
      const file = processSettings.settings.sealingKeys || dir.sealingKeys;
      const count = await rotateSealingKeys(store, clock, file, ACTOR);
      await say(desk, { rotated: count }, `${file}: a new key is in force; ${count} secrets sealed anew\n`);
      return EXIT.done;
    }
    if (name === undefined) throw new UsageError(`user ${action} needs the name of the account`);
    return action === 'add' ? await add(desk, name) : await change(desk, action, await find(store, name));
  } catch (error) {
    if (error instanceof AccountProblem) throw new UsageError(error.text);
    throw error;
  } finally {
    await store.close();
  }
}

async function list(desk: Desk): Promise<number> {
  const rows = await listAccounts(desk.store);
  const issuers = await issuersOfAccounts(desk.store);
  const lines = rows.map((row) => [
    row.name,
    rolesOf(row).join(','),
    row.department ?? row.district ?? '-',
    stateOf(row),
    row.displayName,
  ]);
  const users = rows.map((row) => userView(row, issuers.get(row.id) ?? null));
  await say(desk, { users }, rows.length === 0 ? 'no accounts\n' : inColumns(lines));
  return EXIT.done;
}

function stateOf(row: AccountRow): string {
  if (row.isDisabled) return 'disabled';
  if (row.passwordHash === null) return 'by-provider';
  return row.passwordState === 'one-time' ? 'one-time' : row.isTotpConfirmed ? 'two-factor' : 'active';
}

async function add(desk: Desk, name: string): Promise<number> {
  const { options, accounts } = desk;
  const { account, oneTimePassword } = await accounts.add(
    { name, displayName: options.displayName ?? name, ...standing(options) },
    ACTOR,
  );
  return password(desk, account, oneTimePassword);
}

async function change(desk: Desk, action: string, account: AccountRow): Promise<number> {
  const { accounts, options } = desk;
  const { id, version, name } = account;
  switch (action) {
    case 'reset': {
      const reset = await accounts.resetPassword(id, version, options.dropSecondFactor === true, ACTOR);
      return password(desk, reset.account, reset.oneTimePassword);
    }
    case 'disable':
    case 'enable': {
      const isDisabled = action === 'disable';
      await accounts.setDisabled(id, version, isDisabled, ACTOR);
      await say(
        desk,
        { account: name, isDisabled },
        `${name} ${isDisabled ? 'may not sign in any more' : 'may sign in again'}\n`,
      );
      return EXIT.done;
    }
    case 'unlock':
      await accounts.unlock(id, ACTOR);
      await say(desk, { account: name }, `${name} may try again at once\n`);
      return EXIT.done;
    case 'role': {
      const displayName = options.displayName ?? account.displayName;
      const changed = await accounts.change(id, version, { displayName, ...standing(options) }, ACTOR);
      await say(desk, { user: userView(changed) }, `${name} is ${changed.roles}\n`);
      return EXIT.done;
    }
    default:
      throw new UsageError(
        `user ${action}: the actions are list, add, reset, disable, enable, unlock, role and rotate-keys`,
      );
  }
}

function standing({ role = [], department, district }: UserOptions) {
  const unknown = role.filter((one) => !(ROLES as readonly string[]).includes(one));
  if (role.length === 0 || unknown.length > 0)
    throw new UsageError(
      `--role${unknown.map((one) => ` ${one}`).join('')}: one of ${ROLES.join(', ')}; repeat it for several`,
    );
  return { roles: role as Role[], department: department ?? null, district: district ?? null };
}

async function find(store: Store, name: string): Promise<AccountRow> {
  const account = await findAccountByName(store, accountNameForm(name));
  if (account === null) throw new UsageError(`no account is called ${name}; mingjian user list shows them`);
  return account;
}

async function password(desk: Desk, { name }: AccountRow, oneTimePassword: string): Promise<number> {
  await say(
    desk,
    { account: name, oneTimePassword },
    `account            ${name}\none-time password  ${oneTimePassword}\nShown this once, good for three days, to be changed at the first sign-in.\n`,
  );
  return EXIT.done;
}

function say({ options, io }: Desk, json: object, text: string): Promise<void> {
  return io.out(options.json ? `${JSON.stringify(json)}\n` : text);
}
