import type { Clock, Logger } from '@mingjian/runtime';
import type { Store } from '@mingjian/store';
import { ApprovedSources } from './approved-sources';
import { FileSourceRegistry } from './file-source-registry';
import { JoinedSources } from './joined-sources';
import { SourceMemory } from './source-memory';
import type { SourceRegistry } from './source-registry';

/** Who may send, followed until it is stopped; before the store is closed. */
export interface OpenSources {
  sources: SourceRegistry;
  stop(): Promise<void>;
}

/**
 * Opens the registry of a process: the file, joined with what was approved and issued in the store where there is one.
 * @param store how to open it, where nothing else of the process needs it: it is opened when it answers, and closed with the registry.
 * @param clock the machine's: keys age by it.
 * @throws BadInputError when the file cannot be used; where the store cannot be read and never was.
 */
export async function openSources(
  file: string,
  store: Store | (() => Promise<Store>) | null,
  clock: Clock,
  logger: Logger,
): Promise<OpenSources> {
  const inFile = new FileSourceRegistry(file, logger, clock);
  if (store === null) return { sources: inFile, stop: () => Promise.resolve() };
  let own: Store | null = null;
  const open = async (): Promise<Store> => (typeof store === 'function' ? (own = await store()) : store);
  const memory = new SourceMemory(file.replace(/(\.json)?$/, '-known.json'));
  const approved = new ApprovedSources(open, memory, clock, logger);
  await approved.start();
  return {
    sources: new JoinedSources(inFile, approved),
    stop: async () => {
      await approved.stop();
      await own?.close();
    },
  };
}
