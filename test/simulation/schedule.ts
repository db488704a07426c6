import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Random } from '../../libs/simulator/src/random';

/** What a crashed process is told where it must undo something; nobody else sees it. */
export class Crash extends Error {}

interface Parked {
  actor: string;
  label: string;
  resume: () => void;
  /** Undoes what the actor has under way; null where there is nothing to undo and it is simply never resumed. */
  abort: ((reason: Crash) => void) | null;
}

/**
 * Decides what happens next. Every call of a port stops at a gate; one at a time is let through, chosen by the seed.
 * With the same seed the same things happen in the same order: nothing in a run waits for real time.
 */
export class Schedule {
  readonly history: string[] = [];
  private parked: Parked[] = [];
  private readonly dead = new Set<string>();
  private readonly unhindered = new Set<string>();
  private moves = 0;

  constructor(private readonly random: Random) {}

  /** Stops the caller until it is its turn. `undo`: a crash rejects here, so that what is under way is rolled back. */
  gate(actor: string, label: string, undo = false): Promise<void> {
    if (this.unhindered.has(actor)) return Promise.resolve();
    return new Promise((resolve, reject) => {
      if (this.dead.has(actor)) {
        if (undo) reject(new Crash(actor));
        return;
      }
      this.moves++;
      this.parked.push({ actor, label, resume: resolve, abort: undo ? reject : null });
    });
  }

  /** Lets an actor through all gates until its work is done: for what reads files too, whose time no seed decides. */
  async letThrough(actor: string, work: () => Promise<unknown>): Promise<void> {
    this.unhindered.add(actor);
    await work().finally(() => this.unhindered.delete(actor));
  }

  isDead(actor: string): boolean {
    return this.dead.has(actor);
  }

  /** Ends an actor where it stands: what it waits for never comes. */
  crash(actor: string): void {
    this.note(`crash ${actor}`);
    this.dead.add(actor);
    const its = this.parked.filter((gate) => gate.actor === actor);
    this.parked = this.parked.filter((gate) => gate.actor !== actor);
    for (const { abort } of its) abort?.(new Crash(actor));
  }

  get isWaiting(): boolean {
    return this.parked.length > 0;
  }

  /** Lets one of those that wait go on. */
  async step(): Promise<void> {
    const [next] = this.parked.splice(this.random.integer(0, this.parked.length - 1), 1);
    if (next === undefined) return;
    this.note(`${next.actor}: ${next.label}`);
    next.resume();
    await this.settle();
  }

  /** Waits until everybody stands at a gate or has ended: a few turns of the event loop in which nobody moved. */
  async settle(): Promise<void> {
    for (let still = 0; still < 4;) {
      const before = this.moves;
      await nextTurn();
      still = this.moves === before ? still + 1 : 0;
    }
  }

  note(line: string): void {
    this.history.push(line);
  }

  /** Something moved that no gate saw. */
  stir(): void {
    this.moves++;
  }
}
