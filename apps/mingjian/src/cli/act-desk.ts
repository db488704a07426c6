import { parseYamlDocument } from '@mingjian/contracts';
import { createLogger, openRegistry } from '@mingjian/runtime';
import { findAccountByName, RowScope, type Store } from '@mingjian/store';
import type { z } from 'zod';
import { ActDesks } from '../../../monitor/src/acts/act-desks';
import { ActRefused } from '../../../monitor/src/acts/act-refused';
import { Presenter } from '../../../monitor/src/api/present';
import { accountNameForm, principalOf } from '../../../monitor/src/identity/account';
import type { Principal } from '../../../monitor/src/identity/principal';
import { scopeOf } from '../../../monitor/src/identity/scope-of';
import { approvedInStore } from '../../../monitor/src/rulebook/approved-documents';
import { loadRuleBook, type LoadedRuleBook } from '../../../monitor/src/rulebook/load-rule-book';
import { openLogOf, openStoreOf, settingsOf } from '../engines';
import { readText } from '../files/read-text';
import type { Io } from './io';
import { UsageError } from './io';
import { chosenDir, type DirOption } from './source';

export type ActOptions = DirOption & {
  /** Name of the account that acts. */
  by?: string;
  file?: string;
  key?: string;
  state?: string;
  since?: string;
  until?: string;
};

/** What a command about orders, appeals or cards works with. */
export interface CliDesk {
  store: Store;
  desks: ActDesks;
  rules: LoadedRuleBook;
  present: Presenter;
  io: Io;
  options: ActOptions;
}

/** Who acts, and what they may see. */
export interface CliPerson {
  who: Principal;
  scope: RowScope;
}

/** Runs a command on the store of a data directory, also while the daemon runs. A refusal is a wrong command line. */
export async function withDesk(
  options: ActOptions,
  io: Io,
  work: (desk: CliDesk) => Promise<number>,
): Promise<number> {
  const dir = chosenDir(options);
  const process = settingsOf('live');
  const { settings } = process;
  const clock = { now: () => io.now(), wakeAt: () => () => undefined };
  const log = await openLogOf(process, dir, { clock });
  try {
    const store = await openStoreOf(process, dir);
    try {
      const rules = await loadRuleBook(settings, await approvedInStore(store).load());
      const desks = new ActDesks({
        store,
        clock,
        rules: () => rules,
        sealingKeys: settings.sealingKeys === '' ? dir.sealingKeys : settings.sealingKeys,
        shardOf: (key) => log.partitionOf(key),
        // The daemon tells and sends what is written here.
        isTelling: () => settings.recipients !== '',
        committed: () => undefined,
        registry: openRegistry(),
        logger: createLogger({ level: 'warn' }),
      });
      return await work({ store, desks, rules, present: new Presenter(rules, io.now()), io, options });
    } catch (error) {
      if (error instanceof ActRefused) throw new UsageError(error.message);
      throw error;
    } finally {
      await store.close();
    }
  } finally {
    await log.close();
  }
}

/**
 * The account named by `--by`, with its roles and what it may see. Whoever may write the data directory may act as anybody:
 * keep it to who may.
 */
export async function personOf({
  store,
  rules,
  options,
}: Pick<CliDesk, 'store' | 'rules' | 'options'>): Promise<CliPerson> {
  if (options.by === undefined)
    throw new UsageError('say who acts: --by ACCOUNT; mingjian user list shows the accounts');
  const account = await findAccountByName(store, accountNameForm(options.by));
  if (account === null || account.isDisabled)
    throw new UsageError(
      `no account ${JSON.stringify(options.by)} that may act; mingjian user list shows them`,
    );
  const who = principalOf(account);
  return { who, scope: scopeOf(who, rules.book.newest.ruleset.document) };
}

/** What `--file` holds, checked. @throws BadInputError naming file, line and field. */
export async function fileOf<T extends z.ZodType>({ options }: CliDesk, schema: T): Promise<z.output<T>> {
  if (options.file === undefined) throw new UsageError('give the document: --file FILE, YAML or JSON');
  return parseYamlDocument(await readText(options.file), options.file, schema);
}

/** An id on the command line. */
export function idOf(text: string | undefined): number {
  if (text === undefined || !/^[1-9]\d{0,8}$/.test(text))
    throw new UsageError('give the id, a whole number; the action list shows it');
  return Number(text);
}
