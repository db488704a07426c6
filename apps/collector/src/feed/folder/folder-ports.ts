import type { Clock, Logger, Settings } from '@mingjian/runtime';
import type { Store } from '@mingjian/store';
import type { Publisher } from '../../intake/publish';

/** What reading a folder takes. */
export interface FolderPorts {
  store: Store;
  publisher: Publisher;
  clock: Clock;
  settings: Pick<Settings, 'futureToleranceSeconds' | 'intakeBatch'>;
  logger: Logger;
  /** Where a mapping with joins keeps rows for later files; left out: in memory, for one file alone. */
  joinFile?: string;
}
