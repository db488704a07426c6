import type { StepEvent, StepEventData, StepEventType } from '@mingjian/contracts';
import { cityTime } from '../city/city-hours';
import type { SimulatedCity } from '../city/city';
import type { SimulatedItem } from '../city/items';

/** An event of a life, with the instant (epoch milliseconds) at which it happened according to the department. */
export interface LivedEvent {
  event: StepEvent;
  at: number;
}

/** The source of a department's step events. */
export function sourceOf(city: SimulatedCity, department: string): string {
  return `urn:sim:${city.code}:${department}`;
}

/** Writes the events of one case in the order in which they are told; ids count up from 1. */
export class LifeWriter {
  readonly events: LivedEvent[] = [];

  constructor(
    private readonly city: SimulatedCity,
    readonly caseNo: string,
    readonly item: SimulatedItem,
  ) {}

  /** The id that the next event will have. */
  get nextId(): string {
    return `${this.caseNo}-${this.events.length + 1}`;
  }

  write(type: StepEventType, at: number, data: StepEventData = {}): void {
    this.events.push({
      at,
      event: {
        specversion: '1.0',
        id: this.nextId,
        source: sourceOf(this.city, this.item.department),
        type,
        subject: this.caseNo,
        time: cityTime(at),
        data: { item: this.item.code, department: this.item.department, ...data },
      },
    });
  }
}
