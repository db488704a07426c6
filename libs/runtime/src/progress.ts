import type { Clock } from './clock';
import type { LineSink } from './logger';

/** How often the line is renewed: in place on a terminal, seldom where each renewal is a line of its own. */
const TERMINAL_EVERY_MS = 200;
const PLAIN_EVERY_MS = 5_000;

/**
 * The progress of long work on standard error: done, of how many where known, and the rate.
 * On a terminal one line that renews itself, elsewhere a plain line every few seconds and one at the end.
 */
export class Progress {
  private count = 0;
  private readonly startedAt: number;
  private shownAt: number;

  /** `unit` is a plural: "records". `clock` is the machine's clock, never a demonstration clock: rates are real. */
  constructor(
    private readonly options: { label: string; unit: string; total?: number; clock: Clock; sink?: LineSink },
  ) {
    this.startedAt = options.clock.now();
    this.shownAt = this.startedAt;
  }

  advance(by = 1): void {
    this.count += by;
    const now = this.options.clock.now();
    if (now - this.shownAt < (this.sink.isTTY === true ? TERMINAL_EVERY_MS : PLAIN_EVERY_MS)) return;
    this.shownAt = now;
    this.sink.write(this.sink.isTTY === true ? `\r\u001b[2K${this.text()}` : `${this.text()}\n`);
  }

  /** Writes the last line. */
  finish(): void {
    this.sink.write(this.sink.isTTY === true ? `\r\u001b[2K${this.text()}\n` : `${this.text()}\n`);
  }

  private get sink(): LineSink {
    return this.options.sink ?? process.stderr;
  }

  private text(): string {
    const { label, unit, total, clock } = this.options;
    const seconds = (clock.now() - this.startedAt) / 1000;
    const rate = seconds < 1 ? '' : `, ${Math.round(this.count / seconds)}/s`;
    const share = total ? ` of ${total} (${Math.floor((100 * this.count) / total)} %)` : '';
    return `${label}: ${this.count}${share} ${unit}${rate}`;
  }
}
