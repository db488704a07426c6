import { listAccounts, type Store } from '@mingjian/store';
import { SealingKeys, type Clock, type Logger } from '@mingjian/runtime';
import type { AccessSettings } from './access-settings';
import { Accounts } from './accounts';
import { Lockout } from './lockout';
import { OidcSignIn } from './oidc/oidc-sign-in';
import { OidcSignOut } from './oidc/oidc-sign-out';
import { OwnAccount } from './own-account';
import { PasswordHasher } from './password-hash';
import { Sessions } from './sessions';
import { SignIn } from './sign-in';

/** The name of the administrator that the first start makes. */
export const FIRST_ADMINISTRATOR = 'admin';

/** What identity is given. `clock` is the machine's: sessions and passwords age by it, whatever the cases do. */
export interface IdentityPorts {
  store: Store;
  clock: Clock;
  logger: Logger;
  settings: AccessSettings;
}

/** Accounts, sessions and passwords, put together; framework-free. */
export class Identity {
  readonly keys: SealingKeys | null;
  readonly hasher = new PasswordHasher();
  readonly lockout: Lockout;
  readonly sessions: Sessions;
  readonly accounts: Accounts;
  readonly own: OwnAccount;
  readonly signIn: SignIn;
  /** Null: there is no provider. */
  readonly oidc: OidcSignIn | null;
  readonly oidcSignOut: OidcSignOut | null;

  /** @throws BadInputError where the key file cannot be used. */
  constructor(readonly ports: IdentityPorts) {
    const { store, clock, logger, settings } = ports;
    this.keys = settings.sealingKeys === null ? null : SealingKeys.open(settings.sealingKeys);
    this.lockout = new Lockout(store);
    this.sessions = new Sessions(store, clock, settings);
    this.accounts = new Accounts(store, clock, this.hasher, this.lockout);
    this.own = new OwnAccount(store, clock, this.hasher, this.lockout, this.sessions, this.keys);
    this.signIn = new SignIn({
      store,
      clock,
      logger,
      hasher: this.hasher,
      lockout: this.lockout,
      sessions: this.sessions,
      keys: this.keys,
    });
    const { sessions } = this;
    const { oidc } = settings;
    this.oidc = oidc === null ? null : new OidcSignIn({ store, clock, logger, sessions, settings, oidc });
    this.oidcSignOut = this.oidc === null ? null : new OidcSignOut(ports, this.oidc.provider);
  }

  /**
   * Makes the first administrator where no account exists.
   * @returns name and one-time password, to be shown once; null where somebody is there already.
   */
  async firstAdministrator(): Promise<{ name: string; oneTimePassword: string } | null> {
    if ((await listAccounts(this.ports.store)).length > 0) return null;
    try {
      const { account, oneTimePassword } = await this.accounts.add(
        {
          name: FIRST_ADMINISTRATOR,
          displayName: '系统管理员',
          roles: ['administrator'],
          department: null,
          district: null,
        },
        null,
      );
      return { name: account.name, oneTimePassword };
    } catch (error) {
      // Another process of the site was first, and has shown it.
      if ((await listAccounts(this.ports.store)).length > 0) return null;
      throw error;
    }
  }

  /** Removes what is over: sessions, old failures, who never came back from the provider, and its used tokens. */
  async tidy(): Promise<void> {
    await this.sessions.tidy();
    await this.lockout.tidy(this.ports.clock.now());
    await this.oidc?.tidy();
    await this.oidcSignOut?.tidy();
  }
}
