import { todayOf } from '../drafts/draft-rows';
import type { DraftView } from '../drafts/draft-view';
import type { Principal } from '../identity/principal';
import type { Monitor } from '../monitor';
import { Presenter } from './present';

/** What answers about drafts are made of: what holds now, and who asks. */
export async function draftView({ drafts, ports }: Monitor, who: Principal): Promise<DraftView> {
  const book = await drafts.book();
  const now = ports.clock.now();
  return { book, present: new Presenter(book.rules, now), today: todayOf(book.rules, now), who };
}
