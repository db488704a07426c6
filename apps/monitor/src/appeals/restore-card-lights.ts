import type { RuleBook } from '@mingjian/rules';
import {
  cardsWithoutLight,
  insertLightChanges,
  lightIdentityKey,
  loadCaseFiles,
  loadUpheldLights,
  type NewLightChange,
  type Store,
} from '@mingjian/store';
import { rulesOf } from '../acts/rules-of';
import { cardLight } from './card-light';

/** Cards of one look. */
const PAGE = 500;

/**
 * Puts the lights of cards back where the store was made anew from the log, with what became of them. Tells nobody, and changes
 * nothing where they are there. @returns how many.
 */
export async function restoreCardLights(store: Store, book: RuleBook): Promise<number> {
  let restored = 0;
  for (let after: number | null = 0; after !== null;) {
    const { cards, last } = await cardsWithoutLight(store, after, PAGE);
    after = last;
    if (cards.length === 0) continue;
    const caseNos = cards.map(({ caseNo }) => caseNo);
    const files = await loadCaseFiles(store, caseNos);
    const upheld = await loadUpheldLights(store, caseNos);
    const lights = cards.map((card): NewLightChange => {
      const { document, calendar } = rulesOf(book, card.issuedAt, card.department);
      const itemCode = files.get(card.caseNo)?.itemCode ?? null;
      const light = cardLight(card, itemCode, document.version, calendar.version);
      const key = lightIdentityKey(light.clock, light.becameAt, light.fromLight, light.toLight);
      // When it was taken away stands with the appeal; the row says that it was.
      return upheld.get(card.caseNo)?.has(key) === true
        ? { ...light, supersededAt: card.issuedAt, supersededBecause: 'appeal' }
        : light;
    });
    await store.write((transaction) => insertLightChanges(transaction, lights));
    restored += lights.length;
  }
  return restored;
}
