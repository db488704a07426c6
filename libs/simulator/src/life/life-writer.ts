import type { StepEvent, StepEventData, StepEventType } from '@mingjian/contracts';
import { cityTime } from '../city/city-hours';
import type { SimulatedCity } from '../city/city';
import type { Customs } from '../city/customs';
import type { SimulatedItem } from '../city/items';
import type { HabitKind } from '../misconduct';

/** An event of a life, with the instant (epoch milliseconds) at which it happened according to the department. */
export interface LivedEvent {
  event: StepEvent;
  at: number;
  /** When it was entered, where that is later than it is said to have happened. */
  enteredAt?: number;
}

/** The source of a department's step events. */
export function sourceOf(city: SimulatedCity, department: string): string {
  return `urn:sim:${city.code}:${department}`;
}

/** Writes the events of one case in the order in which they are told; ids count up from 1. */
export class LifeWriter {
  readonly events: LivedEvent[] = [];
  /** Habits of the department that showed in this case, with the instant at which each first did. */
  readonly habits = new Map<HabitKind, number>();

  constructor(
    readonly customs: Customs,
    readonly caseNo: string,
    readonly item: SimulatedItem,
    /** Keyed hash. */
    readonly applicant: string,
  ) {}

  /** Whether the department has that habit in the month of an instant; remembered as having shown. */
  follows(habit: HabitKind, at: number): boolean {
    if (this.customs.habitAt(this.item.department, at) !== habit) return false;
    if (!this.habits.has(habit)) this.habits.set(habit, at);
    return true;
  }

  /** The id that the next event will have. */
  get nextId(): string {
    return `${this.caseNo}-${this.events.length + 1}`;
  }

  write(type: StepEventType, at: number, data: StepEventData = {}, enteredAt?: number): void {
    this.events.push({
      at,
      ...(enteredAt === undefined ? {} : { enteredAt }),
      event: {
        specversion: '1.0',
        id: this.nextId,
        source: sourceOf(this.customs.city, this.item.department),
        type,
        subject: this.caseNo,
        time: cityTime(at),
        data: {
          item: this.item.code,
          department: this.item.department,
          ...(type === 'case.submitted' ? { applicant: this.applicant } : {}),
          ...data,
        },
      },
    });
  }
}
