import type { Zone } from '@mingjian/rules';
import type { Channel } from './channels/channel';
import type { RecipientBook } from './recipient-book';
import type { RulesForNotices } from './rules-for-notices';

/** Who is told, by what rules, over which channels: all of it from documents, as they are now. */
export interface NotifySite {
  book: RecipientBook;
  rules: RulesForNotices;
  /** By the names that the recipients document gives them. */
  channels: ReadonlyMap<string, Channel>;
  /** The zone in which instants are written. */
  zone: Zone;
}
