import type { Clock, Logger } from '@mingjian/runtime';
import type { Store } from '@mingjian/store';
import { ApprovedSources } from './approved-sources';
import { FileSourceRegistry } from './file-source-registry';
import { JoinedSources } from './joined-sources';
import type { SourceRegistry } from './source-registry';

/** Who may send, followed until it is stopped; before the store is closed. */
export interface OpenSources {
  sources: SourceRegistry;
  stop(): Promise<void>;
}

/**
 * Opens the registry of a process: the file, joined with what was approved and issued in the store where there is one.
 * @param clock the machine's: keys age by it. @throws BadInputError when the file cannot be used, and where the store cannot be read.
 */
export async function openSources(
  file: string,
  store: Store | null,
  clock: Clock,
  logger: Logger,
): Promise<OpenSources> {
  const inFile = new FileSourceRegistry(file, logger, clock);
  if (store === null) return { sources: inFile, stop: () => Promise.resolve() };
  const approved = new ApprovedSources(store, clock, logger);
  await approved.start();
  return { sources: new JoinedSources(inFile, approved), stop: () => approved.stop() };
}
