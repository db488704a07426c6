import { setTimeout as pause } from 'node:timers/promises';
import type { StepEvent } from '@mingjian/contracts';
import { simulatedEvents } from '@mingjian/simulator';
import { Random } from '../../libs/simulator/src/random';
import { QUICK_ITEM } from './rules';

/** The source that sends everything: a key belongs to one. */
export const SOURCE = 'urn:dept:450600:chaos';

/** Step events of two sorts: the past weeks of a simulated city, and cases of now that run out within seconds. */
export class Load {
  private readonly random: Random;
  private readonly past: Iterator<{ event: StepEvent; arrivesAt: number }, void>;
  private readonly later: { at: number; event: StepEvent }[] = [];
  private cases = 0;

  constructor(
    private readonly seed: string,
    private readonly now: () => number,
  ) {
    this.random = new Random(`load ${seed}`);
    const from = new Date(now() - 40 * 86_400_000).toISOString().slice(0, 10);
    this.past = simulatedEvents({ city: 'fangchenggang', seed, from });
  }

  /** The next batch to be sent: history, new quick cases, and what goes on in earlier ones. */
  next(size: number, padding = 0): StepEvent[] {
    const events: StepEvent[] = [];
    while (events.length < size) {
      const event = this.due() ?? (this.random.chance(0.3) ? this.quickCase(padding) : this.history());
      events.push(event);
    }
    return events;
  }

  /** What quick cases still have to report. */
  get rest(): StepEvent[] {
    return this.later.splice(0).map(({ event }) => event);
  }

  private due(): StepEvent | null {
    const index = this.later.findIndex(({ at }) => at <= this.now());
    return index < 0 ? null : (this.later.splice(index, 1)[0]?.event ?? null);
  }

  private history(): StepEvent {
    const { value } = this.past.next();
    if (value === undefined || value.arrivesAt > this.now() - 3_600_000) return this.quickCase(0);
    return { ...value.event, source: SOURCE };
  }

  /** Some are decided in time, some late, some are suspended and resumed, most are left to run out. */
  private quickCase(padding: number): StepEvent {
    const caseNo = `QUICK-${this.seed}-${this.cases++}`;
    const at = this.now() - this.random.integer(0, 1_500);
    const event = (type: StepEvent['type'], time: number, n: number, data: object = {}): StepEvent => ({
      specversion: '1.0',
      id: `${caseNo}-${n}`,
      source: SOURCE,
      type,
      subject: caseNo,
      time: new Date(time).toISOString(),
      data: { item: QUICK_ITEM, department: 'tax', ...data },
    });
    const course = this.random.next();
    if (course < 0.3) {
      const end = at + this.random.integer(1_000, 14_000);
      this.later.push({ at: end, event: event('case.decided', end, 2, { result: 'granted' }) });
    } else if (course < 0.4) {
      const held = at + this.random.integer(500, 3_000);
      const back = held + this.random.integer(500, 4_000);
      this.later.push({ at: held, event: event('case.suspended', held, 2, { ground: 'hearing' }) });
      this.later.push({ at: back, event: event('case.resumed', back, 3) });
    }
    return event('case.accepted', at, 1, padding > 0 ? { remark: 'x'.repeat(padding) } : {});
  }
}

export interface SenderOptions {
  load: Load;
  key: string;
  /** Where the collector listens now; null while it does not. */
  address: () => string | null;
  /** Step events a second, about. */
  rate: number;
}

const BATCH = 20;
/** Longer than any fault lasts. */
const PATIENCE_MS = 180_000;

/** A department's system: sends what happens, and sends again what was not acknowledged. */
export class Sender {
  readonly acknowledged: StepEvent[] = [];
  /** Requests that were not acknowledged. */
  refused = 0;
  /** Text that is added to each new case, to fill a disk. */
  padding = 0;
  private goesOn = true;
  private trouble = 'no collector';
  private readonly running: Promise<void>;

  constructor(private readonly options: SenderOptions) {
    this.running = this.run();
    // Heard by who finishes; nobody may come to that.
    this.running.catch(() => undefined);
  }

  /** Begins nothing new. */
  stop(): void {
    this.goesOn = false;
  }

  /** Sends what is left, and returns when everything is acknowledged. */
  async finish(): Promise<void> {
    this.stop();
    await this.running;
    for (let rest = this.options.load.rest; rest.length > 0; rest = rest.slice(BATCH))
      await this.sendUntilAcknowledged(rest.slice(0, BATCH));
  }

  private async run(): Promise<void> {
    const { load, rate } = this.options;
    while (this.goesOn) {
      await this.sendUntilAcknowledged(load.next(BATCH, this.padding));
      await pause((BATCH / rate) * 1000);
    }
  }

  private async sendUntilAcknowledged(events: readonly StepEvent[]): Promise<void> {
    const giveUpAt = performance.now() + PATIENCE_MS;
    while (!(await this.send(events))) {
      this.refused++;
      if (performance.now() > giveUpAt) throw new Error(`nothing is acknowledged any more: ${this.trouble}`);
      await pause(200);
    }
    this.acknowledged.push(...events);
  }

  private async send(events: readonly StepEvent[]): Promise<boolean> {
    const url = this.options.address();
    if (url === null) return false;
    try {
      const response = await fetch(`${url}/v1/step-events`, {
        method: 'POST',
        headers: { authorization: `Bearer ${this.options.key}`, 'content-type': 'application/x-ndjson' },
        body: events.map((event) => JSON.stringify(event)).join('\n'),
        signal: AbortSignal.timeout(30_000),
      });
      const answer = (await response.json()) as { accepted?: number; quarantined?: number };
      if (response.ok && answer.accepted !== events.length)
        throw new WrongLoadError(`the collector did not accept everything: ${JSON.stringify(answer)}`);
      return response.ok;
    } catch (error) {
      if (error instanceof WrongLoadError) throw error;
      this.trouble = String(error);
      return false;
    }
  }
}

class WrongLoadError extends Error {}
