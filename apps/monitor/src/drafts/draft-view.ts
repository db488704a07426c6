import type { Presenter } from '../api/present';
import type { Principal } from '../identity/principal';
import type { DraftBook } from './draft-book';

/** What an answer about drafts is made of. */
export interface DraftView {
  book: DraftBook;
  present: Presenter;
  /** `YYYY-MM-DD` at the site. */
  today: string;
  who: Principal;
}
