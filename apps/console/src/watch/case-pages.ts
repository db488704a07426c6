import { ref, shallowRef, type Ref, type ShallowRef } from 'vue';
import type { CaseFile, CasePage } from '../api/answers';

/** A case as the list shows it, with the daemon's time of the answer it came with. */
export interface ListedCase extends CaseFile {
  readAt: number;
}

interface Page {
  cursor: string | null;
  cases: ListedCase[];
}

/** Asks for one page of the list; null: its beginning. */
export type AskForPage = (cursor: string | null) => Promise<CasePage>;

/**
 * The list of cases, page by page: a million cases on the server are as many pages here as somebody has scrolled
 * through. What is on the screen is read again when lights change; the rest is, once it comes into view.
 */
export class CasePages {
  readonly rows: ShallowRef<readonly ListedCase[]> = shallowRef([]);
  readonly isLoading = ref(false);
  /** Whether an answer has come since the filters were set. */
  readonly isLoaded = ref(false);
  readonly error: Ref<unknown> = ref(null);
  private pages: Page[] = [];
  private next: string | null = null;
  /** Counts changes of filters: an answer to an earlier question is thrown away. */
  private question = 0;
  private again: (() => void) | null = null;

  constructor(private ask: AskForPage) {}

  /** Begins anew with another question. The old rows stay until the answer is there. */
  start(ask: AskForPage): Promise<void> {
    this.ask = ask;
    this.question++;
    this.isLoading.value = false;
    this.isLoaded.value = false;
    return this.load(async () => {
      const page = await this.read(null);
      return () => {
        this.pages = [page.page];
        this.next = page.next;
      };
    });
  }

  /** Whether there is more than what was read. */
  get hasMore(): boolean {
    return this.next !== null;
  }

  /** Reads the page after the last one. */
  more(): Promise<void> {
    const cursor = this.next;
    if (cursor === null || this.isLoading.value) return Promise.resolve();
    return this.load(async () => {
      const page = await this.read(cursor);
      return () => {
        this.pages.push(page.page);
        this.next = page.next;
      };
    });
  }

  /** Reads again the pages that hold the rows from `first` to `last`. */
  refresh(first: number, last: number): Promise<void> {
    return this.load(async () => {
      const { from, to } = this.pagesOf(first, last);
      const fresh: Page[] = [];
      let cursor = this.pages[from]?.cursor ?? null;
      let next: string | null = null;
      for (let index = from; index <= to; index++) {
        const answer = await this.read(cursor);
        fresh.push(answer.page);
        next = answer.next;
        if (next === null) break;
        cursor = next;
      }
      return () => {
        const behind = next === null ? [] : this.pages.slice(to + 1);
        // The next page begins where this one now ends.
        if (behind[0] !== undefined) behind[0] = { ...behind[0], cursor: next };
        else this.next = next;
        this.pages = [...this.pages.slice(0, from), ...fresh, ...behind];
      };
    });
  }

  /** One at a time; what is asked meanwhile is asked once more afterwards. */
  private async load(work: () => Promise<() => void>): Promise<void> {
    if (this.isLoading.value) {
      this.again = () => void this.load(work);
      return;
    }
    const { question } = this;
    this.isLoading.value = true;
    try {
      const take = await work();
      if (question !== this.question) return;
      take();
      this.show();
      this.error.value = null;
      this.isLoaded.value = true;
    } catch (error) {
      if (question === this.question) this.error.value = error;
    } finally {
      if (question === this.question) {
        this.isLoading.value = false;
        const { again } = this;
        this.again = null;
        again?.();
      }
    }
  }

  private async read(cursor: string | null): Promise<{ page: Page; next: string | null }> {
    const answer = await this.ask(cursor);
    const readAt = Date.parse(answer.now);
    return {
      page: { cursor, cases: answer.cases.map((one) => ({ ...one, readAt })) },
      next: answer.next,
    };
  }

  private pagesOf(first: number, last: number): { from: number; to: number } {
    let start = 0;
    let from = -1;
    let to = 0;
    for (const [index, { cases }] of this.pages.entries()) {
      const end = start + cases.length;
      if (from < 0 && first < end) from = index;
      if (start <= last) to = index;
      start = end;
    }
    return { from: Math.max(0, from), to };
  }

  /** A case that moved from one page to another between two answers is shown once, where it is worse. */
  private show(): void {
    const seen = new Set<string>();
    this.rows.value = this.pages
      .flatMap(({ cases }) => cases)
      .filter(({ caseNo }) => !seen.has(caseNo) && seen.add(caseNo));
  }
}
