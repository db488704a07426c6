import { createLogger } from '@mingjian/runtime';
import type { Store } from '@mingjian/store';
import { Presenter } from '../../../monitor/src/api/present';
import { DraftDesk } from '../../../monitor/src/drafts/draft-desk';
import { DraftRefused } from '../../../monitor/src/drafts/draft-refused';
import { todayOf } from '../../../monitor/src/drafts/draft-rows';
import type { DraftView } from '../../../monitor/src/drafts/draft-view';
import { SYSTEM } from '../../../monitor/src/identity/principal';
import { approvedInStore } from '../../../monitor/src/rulebook/approved-documents';
import { loadRuleBook, type LoadedRuleBook } from '../../../monitor/src/rulebook/load-rule-book';
import { openStoreOf, settingsOf } from '../engines';
import type { ActOptions } from './act-desk';
import type { Io } from './io';
import { UsageError } from './io';
import { chosenDir } from './source';

export type DraftOptions = ActOptions & {
  kind?: string;
  /** Version to begin with, or to export. */
  fromVersion?: string;
  revert?: string;
  /** Name of the document, of a kind that has several. */
  document?: string;
  reason?: string;
  note?: string;
  inForceFrom?: string;
};

/** What a command about drafts works with. */
export interface CliDrafts {
  store: Store;
  drafts: DraftDesk;
  rules: LoadedRuleBook;
  present: Presenter;
  io: Io;
  options: DraftOptions;
}

/**
 * Runs a command about drafts on the store of a data directory, also while the daemon runs: it sees an approval at its next
 * look. A refusal is a wrong command line.
 */
export async function withDrafts(
  options: DraftOptions,
  io: Io,
  work: (desk: CliDrafts) => Promise<number>,
): Promise<number> {
  const process = settingsOf('live');
  const store = await openStoreOf(process, chosenDir(options));
  try {
    const rules = await loadRuleBook(process.settings, await approvedInStore(store).load());
    const clock = { now: () => io.now(), wakeAt: () => () => undefined };
    const drafts = new DraftDesk({
      ...{ store, clock, wall: clock, rules: () => rules, approved: () => undefined },
      site: process.settings,
      logger: createLogger({ level: 'warn' }),
    });
    const code = await work({ store, drafts, rules, present: new Presenter(rules, io.now()), io, options });
    // A back-test that began with the command runs here: the second person shall find it.
    await drafts.impacts.settled();
    return code;
  } catch (error) {
    if (error instanceof DraftRefused) throw new UsageError(error.message);
    throw error;
  } finally {
    await store.close();
  }
}

/** What is shown is shown as to nobody in particular: what may be done is decided when it is tried. */
export async function viewOf({ drafts, rules, present, io }: CliDrafts): Promise<DraftView> {
  return { book: await drafts.book(), present, today: todayOf(rules, io.now()), who: SYSTEM };
}
