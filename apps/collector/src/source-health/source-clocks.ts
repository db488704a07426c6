import { TOPICS, type ClockWay, type SourceClockReading } from '@mingjian/contracts';
import type { EventLog } from '@mingjian/log';
import type { Logger } from '@mingjian/runtime';

/** A reading is handed on so often at most: clocks drift slowly, and exchanges come many times a second. */
const EVERY_MS = 60_000;

/** What a clock said at an exchange. Times are epoch milliseconds. */
export interface ClockSaid {
  source: string;
  way: ClockWay;
  /** What the clock of the source said … */
  sourceAt: number;
  /** … and ours at the same moment. */
  at: number;
  /** How far these may lie apart by the measuring itself; null: the clock is at least so far ahead. */
  withinMs: number | null;
}

/**
 * 时钟偏差: hands on to the monitor what the clocks of sources say at each exchange, the first of each minute for each source
 * and way. What cannot be handed on is left: the exchange itself must not suffer, and the next one measures again.
 */
export class SourceClocks {
  private readonly toldAt = new Map<string, number>();

  constructor(
    private readonly log: EventLog,
    private readonly logger: Logger,
  ) {}

  async note({ source, way, sourceAt, at, withinMs }: ClockSaid): Promise<void> {
    const name = `${way} ${source}`;
    const toldAt = this.toldAt.get(name);
    if (toldAt !== undefined && at >= toldAt && at - toldAt < EVERY_MS) return;
    this.toldAt.set(name, at);
    const receivedat = new Date(at).toISOString();
    const reading: SourceClockReading = {
      ...{ specversion: '1.0', id: `clock/${way}/${receivedat}`, source, type: 'source.clock' },
      time: new Date(sourceAt).toISOString(),
      receivedat,
      data: { way, withinMs },
    };
    try {
      await this.log.append(TOPICS.sourceHeartbeats, [{ key: source, value: JSON.stringify(reading) }]);
    } catch (error) {
      this.toldAt.delete(name);
      this.logger.debug({ err: error, source, way }, 'A clock reading could not be handed on.');
    }
  }
}
