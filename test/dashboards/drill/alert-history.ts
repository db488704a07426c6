import type { Told } from './receiver';

interface Happening {
  at: number;
  alert: string;
  /** Prometheus began or ceased to fire; the receiver was told of the one or the other. */
  what: 'fired' | 'ended' | 'told' | 'told-end';
}

/** What became of one alert during one drill, in seconds; null where it did not happen (yet). */
export interface Course {
  alert: string;
  /** From the fault on. */
  fired: number;
  told: number | null;
  /** From the mending on. */
  ended: number | null;
  toldEnd: number | null;
}

/** When which alert fired and ended, by the second, as Prometheus says it and as the receiver of Alertmanager was told. */
export class AlertHistory {
  private readonly happenings: Happening[] = [];
  private firing = new Set<string>();
  private timer: NodeJS.Timeout | undefined;

  constructor(
    /** Milliseconds since some instant that does not change. */
    private readonly now: () => number,
    private readonly say: (line: string) => void,
  ) {}

  /** Asks Prometheus each second. */
  follow(prometheusUrl: string): void {
    this.timer = setInterval(() => void this.look(prometheusUrl).catch(() => undefined), 1_000);
  }

  stop(): void {
    clearInterval(this.timer);
  }

  told({ alert, status, receiver }: Told): void {
    this.note(alert, status === 'firing' ? 'told' : 'told-end', ` to ${receiver}`);
  }

  isFiring(alert: string): boolean {
    return this.firing.has(alert);
  }

  /** The alerts that began to fire between a fault and its mending, the first first. */
  during(struckAt: number, mendedAt: number): Course[] {
    const isWithin = ({ at, what }: Happening): boolean =>
      what === 'fired' && at >= struckAt && at <= mendedAt;
    const first = new Map<string, number>();
    for (const happening of this.happenings.filter(isWithin))
      if (!first.has(happening.alert)) first.set(happening.alert, happening.at);
    return [...first].map(([alert, firedAt]) => {
      const after = (what: Happening['what'], from: number): number | null =>
        this.happenings.find((one) => one.alert === alert && one.what === what && one.at >= from)?.at ?? null;
      const seconds = (at: number | null, from: number): number | null =>
        at === null ? null : Math.max(0, Math.round((at - from) / 1000));
      // What ended by itself before the mending ended then.
      const endedAt = after('ended', mendedAt) ?? after('ended', firedAt);
      return {
        alert,
        fired: seconds(firedAt, struckAt) ?? 0,
        told: seconds(after('told', firedAt), struckAt),
        ended: seconds(endedAt, mendedAt),
        toldEnd: seconds(endedAt === null ? null : after('told-end', endedAt), mendedAt),
      };
    });
  }

  private async look(prometheusUrl: string): Promise<void> {
    const response = await fetch(`${prometheusUrl}/api/v1/alerts`);
    const { data } = (await response.json()) as {
      data: { alerts: { state: string; labels: { alertname: string } }[] };
    };
    const firing = new Set(
      data.alerts.filter(({ state }) => state === 'firing').map(({ labels }) => labels.alertname),
    );
    for (const alert of firing) if (!this.firing.has(alert)) this.note(alert, 'fired');
    for (const alert of this.firing) if (!firing.has(alert)) this.note(alert, 'ended');
    this.firing = firing;
  }

  private note(alert: string, what: Happening['what'], more = ''): void {
    this.happenings.push({ at: this.now(), alert, what });
    this.say(`${alert}: ${what}${more}`);
  }
}
