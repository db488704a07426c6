import type { Clock } from '@mingjian/runtime';
import { isSilent, type WorkingCalendar } from '@mingjian/rules';
import {
  listContacts,
  listSourceClocks,
  slotsSince,
  type SourceClockRow,
  type SourceContactRow,
  type Store,
} from '@mingjian/store';
import type { RuleBookKeeper } from '../rulebook/rule-book-keeper';
import { Rhythm } from './rhythm';

/** Slots that can lie within twenty working days, the longest holidays among them. */
export const REMEMBERED_MS = 45 * 86_400_000;

/** A source and how long it has been silent. */
export interface SourceReading extends SourceContactRow {
  /** Since the last sign of life, milliseconds of the clock. */
  silentMs: number;
  /** The part of it in working time. */
  silentWorkingMs: number;
  /** Working days that its rhythm is learned from; 0 where none is known. */
  learnedDays: number;
  /** How likely it would be as silent as this although all is well; null where its rhythm is not known yet. */
  chanceOfSilence: number | null;
  isAlive: boolean;
  /** What its clock was ahead of ours at other exchanges than heartbeats, by way. */
  clocks: readonly Omit<SourceClockRow, 'source'>[];
}

/**
 * Tells which sources are silent (来源静默): by their own rhythm where it is known, by a fixed time otherwise, each of which the
 * newest ruleset sets (`sources`). Only opening hours count: nobody expects events at night.
 */
export class SourceWatch {
  private rhythms = new Map<string, Rhythm>();
  private learnedFor = '';
  private learning: Promise<void> = Promise.resolve();

  constructor(
    private readonly store: Store,
    private readonly rules: RuleBookKeeper,
    private readonly clock: Clock,
  ) {}

  async read(): Promise<SourceReading[]> {
    const now = this.clock.now();
    const { calendar, ruleset } = this.rules.current.book.newest;
    const contacts = await listContacts(this.store);
    const clocks = await listSourceClocks(this.store);
    await this.learn(calendar, now);
    return contacts.map((contact) => {
      const rhythm = this.rhythms.get(contact.source);
      const silentWorkingMs = calendar.elapsedMs(contact.lastReceivedAt, now);
      const chanceOfSilence =
        rhythm?.isLearned === true ? rhythm.chanceOfSilence(contact.lastReceivedAt, now, calendar) : null;
      return {
        ...contact,
        silentMs: Math.max(0, now - contact.lastReceivedAt),
        silentWorkingMs,
        learnedDays: rhythm?.days ?? 0,
        chanceOfSilence,
        clocks: clocks
          .filter(({ source }) => source === contact.source)
          .map(({ source: _, ...clock }) => clock),
        isAlive: !isSilent({ chanceOfSilence, silentWorkingMs }, ruleset.document.sources),
      };
    });
  }

  /**
   * Departments that nothing is known of now, because every source that speaks for them is silent: what their cases are
   * like is unknown, and unknown is not green. A department with one source alive is not among them; its silent one is
   * named on the page of the sources. Only a source that is known to send steadily, by its rhythm or by heartbeats, can
   * make its department unknown: one that was filled once from a file is not expected to send.
   */
  async silentDepartments(): Promise<ReadonlySet<string>> {
    const silent = new Set<string>();
    const alive = new Set<string>();
    for (const { department, isAlive, chanceOfSilence, heartbeatAt } of await this.read()) {
      if (department === null) continue;
      if (isAlive) alive.add(department);
      else if (chanceOfSilence !== null || heartbeatAt !== null) silent.add(department);
    }
    return new Set([...silent].filter((department) => !alive.has(department)));
  }

  /** Once a day of the calendar: a rhythm is made of whole days. */
  private async learn(calendar: WorkingCalendar, now: number): Promise<void> {
    const day = `${calendar.dayOf(now)} ${calendar.id} ${calendar.version}`;
    if (day !== this.learnedFor) {
      this.learnedFor = day;
      this.learning = this.learnAll(calendar, now);
      // Failed: the next who asks tries again.
      this.learning.catch(() => (this.learnedFor = ''));
    }
    await this.learning;
  }

  private async learnAll(calendar: WorkingCalendar, now: number): Promise<void> {
    const bySource = new Map<string, number[]>();
    for (const { source, slot } of await slotsSince(this.store, now - REMEMBERED_MS)) {
      const slots = bySource.get(source);
      if (slots === undefined) bySource.set(source, [slot]);
      else slots.push(slot);
    }
    this.rhythms = new Map(
      [...bySource].map(([source, slots]) => [source, Rhythm.learn(slots, calendar, now)]),
    );
  }
}
