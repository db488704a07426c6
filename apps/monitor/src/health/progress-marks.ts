import type { Clock } from '@mingjian/runtime';

/** The stages whose progress is watched. A closed list: it is a metric label. */
export const STAGES = ['intake', 'sweep', 'quarantine', 'heartbeats', 'complaints'] as const;
export type Stage = (typeof STAGES)[number];

/**
 * When each stage last did what it is there for. On the machine's clock: a demonstration clock says nothing about
 * whether the process is stuck.
 */
export class ProgressMarks {
  private readonly marks = new Map<Stage, number>();

  constructor(private readonly wall: Clock) {
    for (const stage of STAGES) this.marks.set(stage, wall.now());
  }

  mark(stage: Stage): void {
    this.marks.set(stage, this.wall.now());
  }

  lastAt(stage: Stage): number {
    return this.marks.get(stage) ?? 0;
  }

  /** Milliseconds without progress. */
  stillFor(stage: Stage): number {
    return this.wall.now() - this.lastAt(stage);
  }
}
