import type { Logger } from './logger';

/** What an orderly stop achieved. `unfinished` names what did not stop in time, `failed` what threw. */
export interface StopReport {
  finished: string[];
  failed: string[];
  unfinished: string[];
}

/**
 * An orderly, bounded stop: registered steps run one after the other, in the order of their registration.
 * Register in the order of the flow, so that what brings work in stops before what does the work, and the database
 * closes last.
 * Guarantees: {@link run} does its work once, however often it is called; it settles within `boundMs` of real time;
 * a step that throws does not keep the later ones from running. Not guaranteed: that a step which hangs is undone;
 * the steps behind it do not run, because closing a database under somebody at work would do more harm.
 *
 * A signal that comes while the process starts waits, within the same bound, until the start is over, and then stops what it
 * opened: whoever starts says so with {@link starting}. A start that takes longer is not waited for: what it has begun in a
 * database the next start goes on with. Where the process still lives when it is over, what it opened is stopped then.
 */
export class Shutdown {
  private readonly steps: { name: string; stop: () => unknown }[] = [];
  private running: Promise<StopReport> | null = null;
  /** Settles when the start is over; null: nobody is starting. */
  private start: Promise<void> | null = null;
  private endStart: () => void = () => undefined;

  constructor(
    private readonly boundMs: number,
    private readonly logger: Logger,
  ) {}

  step(name: string, stop: () => unknown): this {
    this.steps.push({ name, stop });
    return this;
  }

  /** A start begins, before anything is opened. @returns what to call when it is over and every step is registered. */
  starting(): () => void {
    this.start = new Promise((resolve) => (this.endStart = resolve));
    return this.endStart;
  }

  /** Stops now: whoever calls this while starting gives the start up. */
  run(reason: string): Promise<StopReport> {
    this.endStart();
    return (this.running ??= this.runOnce(reason));
  }

  /**
   * Stops on SIGINT and SIGTERM and then calls `exit`: 0 after an orderly stop, 70 otherwise. A second signal does not
   * wait any longer.
   */
  onSignals(exit: (code: number) => void): void {
    const stop = (signal: NodeJS.Signals): void => {
      if (this.running !== null) {
        exit(130);
        return;
      }
      this.running = this.runOnce(signal);
      void this.running.then((report) =>
        exit(report.unfinished.length + report.failed.length === 0 ? 0 : 70),
      );
    };
    process.on('SIGINT', stop);
    process.on('SIGTERM', stop);
  }

  private async runOnce(reason: string): Promise<StopReport> {
    this.logger.info({ reason }, 'Stopping.');
    const report: StopReport = { finished: [], failed: [], unfinished: [] };
    let timer: NodeJS.Timeout | undefined;
    const tooLate = new Promise<'too late'>((resolve) => {
      timer = setTimeout(() => resolve('too late'), this.boundMs);
    });
    // Before the start is over the list of steps is not whole.
    if ((await Promise.race([this.start, tooLate])) === 'too late') {
      report.unfinished = ['start'];
      void this.start?.then(() => this.stopAll(report, new Promise(() => undefined)));
    } else await this.stopAll(report, tooLate);
    clearTimeout(timer);
    if (report.unfinished.length === 0) this.logger.info('Stopped.');
    else
      this.logger.error({ boundMs: this.boundMs, unfinished: report.unfinished }, 'The stop took too long.');
    return report;
  }

  private async stopAll(report: StopReport, tooLate: Promise<'too late'>): Promise<void> {
    for (const [index, { name, stop }] of this.steps.entries()) {
      const outcome = await Promise.race([this.attempt(name, stop), tooLate]);
      if (outcome === 'too late') {
        report.unfinished = this.steps.slice(index).map((step) => step.name);
        return;
      }
      report[outcome].push(name);
    }
  }

  private async attempt(name: string, stop: () => unknown): Promise<'finished' | 'failed'> {
    try {
      await stop();
      return 'finished';
    } catch (error) {
      this.logger.error({ err: error, step: name }, 'A part did not stop cleanly.');
      return 'failed';
    }
  }
}
