import type { Page } from 'playwright-core';

/** What somebody reads who meets every text for the first time, in letters, digits and Chinese characters. */
export interface Reading {
  /**
   * What has to be read to do what was done. Of a dialog all of it. Of a page: what a draft does (the panel of its brief), how it stands, what
   * alarms, and the group in which the pressed thing stands, since it is chosen from among that: the other places, buttons, tasks; of a table
   * the head of its row and column.
   */
  needed: number;
  /** Whatever can be seen. */
  everything: number;
}

/** Groups from among which something is chosen. */
const GROUPS = 'nav, .tasks, .acts, .controls, form, td';
/** What a person reads wherever it stands on the page of a draft. */
const STANDING = '.draft [role=status], .draft [role=alert]';
/** What is read before something is decided. */
const BRIEF = '.draft .brief';

interface Found {
  /** The whole line. */
  line: string;
  text: string;
}

/** Texts that can be seen within `root` and one of `within`, with the lines they stand in; what is folded is not seen. */
const TEXTS = `(root, within) => {
  const found = [];
  const take = (element, text) => {
    if (element.closest('.unseen, script, style, option') || !element.checkVisibility()) return;
    if (!within.some((one) => one.contains(element))) return;
    found.push({ line: element.closest('li, dd, dt, td, th, p, h1, h2, label, button, a, div')?.textContent ?? text, text });
  };
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) take(node.parentElement, node.textContent);
  for (const field of root.querySelectorAll('select')) take(field, field.selectedOptions[0]?.textContent ?? '');
  return found;
}`;

/**
 * Somebody who reads. A phrase that they have read is recognised when it comes again, and not read anew; one with a number is read again in
 * every line that says something else, since that is where lines differ.
 */
export class Reader {
  private readonly needed = new Map<string, string>();
  private readonly everything = new Map<string, string>();
  private readonly known = new Set<string>();
  /** How long all this looking took; nobody at a screen waits for it. */
  tookMs = 0;

  /** Reads what stands there. @param at where the hand is: what it points at, or where it writes; left out: it only looks what came of it. */
  async look(page: Page, at?: ':hover' | ':focus'): Promise<void> {
    const begun = performance.now();
    const always = at === undefined ? STANDING : `${STANDING}, ${BRIEF}`;
    const { needed, everything } = await page.evaluate<{ needed: Found[]; everything: Found[] }>(
      `(() => {
        const textsOf = ${TEXTS};
        const dialog = [...document.querySelectorAll('.el-dialog')].find((one) => one.checkVisibility());
        const root = dialog ?? document.body;
        const target = ${at === undefined ? 'null' : `[...document.querySelectorAll('${at}')].pop()`};
        const group = target?.closest(${JSON.stringify(GROUPS)}) ?? target;
        const heads = group?.matches('td')
          ? [group.parentElement.querySelector('th'), group.closest('table').querySelectorAll('thead th')[group.cellIndex]]
          : [];
        const must = dialog ? [dialog] : [...document.querySelectorAll(${JSON.stringify(always)}), group, ...heads];
        return { needed: textsOf(root, must.filter(Boolean)), everything: textsOf(root, [root]) };
      })()`,
    );
    this.take(this.needed, needed);
    this.take(this.everything, everything);
    this.tookMs += performance.now() - begun;
  }

  /** What somebody wrote themselves they need not read. */
  knows(text: string): void {
    for (const phrase of phrasesOf(text)) this.known.add(phrase);
  }

  /** What was read until now. */
  get read(): Reading {
    return { needed: lengthOf(this.needed), everything: lengthOf(this.everything) };
  }

  private take(read: Map<string, string>, found: readonly Found[]): void {
    for (const { line, text } of found)
      for (const phrase of phrasesOf(text))
        if (!this.known.has(phrase)) read.set(/\p{N}/u.test(phrase) ? `${line} ${phrase}` : phrase, phrase);
  }

  /** The phrases that had to be read, for whoever wants to make them fewer. */
  get phrases(): readonly string[] {
    return [...this.needed.values()];
  }
}

function phrasesOf(text: string): string[] {
  return text.split(/[^\p{L}\p{N}]+/u).filter((phrase) => phrase !== '');
}

function lengthOf(read: ReadonlyMap<string, string>): number {
  return [...read.values()].reduce((sum, phrase) => sum + [...phrase].length, 0);
}
