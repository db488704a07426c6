import type { Logger } from '@mingjian/runtime';
import { Gauge, type Registry } from 'prom-client';

/** Prometheus gives a scrape up after ten seconds, unless told otherwise. */
const PATIENCE_MS = 5_000;
const UNREADABLE = 'mingjian_metrics_unreadable';

/**
 * The text that Prometheus reads. Some numbers are asked of the store or of the event log in that moment. What does not
 * come, or not in time, is left out and counted: it takes nothing else with it, and no old number stands for it. When the
 * database is away its failures are what has to be seen.
 */
export class Scrape {
  private readonly unreadable: Gauge;
  /** A question that hangs is not asked a second time beside the first. */
  private readonly underWay = new Map<string, Promise<string>>();
  private complaint = '';

  constructor(
    private readonly registry: Registry,
    private readonly logger: Logger,
    private readonly patienceMs = PATIENCE_MS,
  ) {
    this.unreadable = new Gauge({
      name: UNREADABLE,
      help: 'Metrics that could not be read, and are not in this answer',
      registers: [registry],
    });
  }

  /** All that can be read now. Never rejects for what cannot. */
  async text(): Promise<string> {
    const names = this.registry.getMetricsAsArray().map(({ name }) => name);
    const failures = new Map<string, unknown>();
    let timer: NodeJS.Timeout | undefined;
    const tooLate = new Promise<null>((resolve) => {
      timer = setTimeout(resolve, this.patienceMs, null);
    });
    const texts = await Promise.all(
      names
        .filter((name) => name !== UNREADABLE)
        .map(async (name) => {
          const read = this.read(name).catch((error: unknown) => {
            failures.set(name, error);
            return null;
          });
          const text = await Promise.race([read, tooLate]);
          if (text === null && !failures.has(name)) failures.set(name, new Error('no answer in time'));
          return text;
        }),
    );
    clearTimeout(timer);
    this.unreadable.set(failures.size);
    this.tell(failures);
    texts.push(await this.registry.getSingleMetricAsString(UNREADABLE));
    return `${texts.filter((text) => text !== null).join('\n\n')}\n`;
  }

  private read(name: string): Promise<string> {
    const known = this.underWay.get(name);
    if (known !== undefined) return known;
    const reading = this.registry
      .getSingleMetricAsString(name)
      .finally(() => void this.underWay.delete(name));
    this.underWay.set(name, reading);
    return reading;
  }

  /** Once for each change: scrapes come every few seconds. */
  private tell(failures: ReadonlyMap<string, unknown>): void {
    const metrics = [...failures.keys()].sort();
    const complaint = metrics.join();
    if (complaint === this.complaint) return;
    this.complaint = complaint;
    if (complaint === '') this.logger.info('All metrics can be read again.');
    else
      this.logger.warn(
        { metrics, err: failures.get(metrics[0]!) },
        'Metrics cannot be read and are left out.',
      );
  }
}
