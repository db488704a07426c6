import type { Clock } from '@mingjian/runtime';
import { listContacts, type SourceContactRow, type Store } from '@mingjian/store';
import type { RuleBookKeeper } from '../rulebook/rule-book-keeper';

/** A source and how long it has been silent. */
export interface SourceReading extends SourceContactRow {
  /** Since the last sign of life, milliseconds of the clock. */
  silentMs: number;
  /** The part of it in working time. */
  silentWorkingMs: number;
  isAlive: boolean;
}

/** Tells which sources are silent. Only working time counts: nobody expects events at night. */
export class SourceWatch {
  constructor(
    private readonly store: Store,
    private readonly rules: RuleBookKeeper,
    private readonly clock: Clock,
    private readonly silentAfterWorkingMs: number,
  ) {}

  async read(): Promise<SourceReading[]> {
    const now = this.clock.now();
    const { calendar } = this.rules.current.book.newest;
    return (await listContacts(this.store)).map((contact) => {
      const silentWorkingMs = calendar.elapsedMs(contact.lastReceivedAt, now);
      return {
        ...contact,
        silentMs: Math.max(0, now - contact.lastReceivedAt),
        silentWorkingMs,
        isAlive: silentWorkingMs < this.silentAfterWorkingMs,
      };
    });
  }
}
