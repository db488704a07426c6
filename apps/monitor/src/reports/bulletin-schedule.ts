import { addMonths, dateTextOf } from '@mingjian/rules';
import {
  failAbandonedBulletins,
  factRevisions,
  instantText,
  lightStatistics,
  loadSetting,
  RowScope,
  saveSetting,
} from '@mingjian/store';
import { startBulletin, type BulletinPorts, type BulletinRequest } from './make-bulletin';

const SYSTEM_ACTOR = { id: 'system', name: '系统' };
/** Nobody needs so long; whoever does has died. */
const ABANDONED_AFTER_MS = 3_600_000;

export interface BulletinSchedulePorts extends BulletinPorts {
  /** Whether this process is the one that publishes. */
  isOurs: () => boolean;
}

/**
 * Publishes what is due by the clock of the cases: when a day is over its daily bulletin, when a month is over its monthly one; for
 * the offices, and for each department (a day: those that had a light). A period is published once, also over restarts; one without
 * any case is not. Days that passed while nothing ran are not made up for.
 */
export class BulletinSchedule {
  private stopping = false;
  private running: Promise<unknown> = Promise.resolve();

  constructor(private readonly ports: BulletinSchedulePorts) {}

  /** @returns how many bulletins were made. Never rejects. */
  runOnce(): Promise<number> {
    const run = this.running.then(() => this.publish());
    this.running = run;
    return run;
  }

  async stop(): Promise<void> {
    this.stopping = true;
    await this.running;
  }

  private async publish(): Promise<number> {
    const { store, clock, rules, isOurs, logger } = this.ports;
    try {
      if (!isOurs()) return 0;
      const { calendar } = rules().book.newest;
      const now = clock.now();
      const today = calendar.dayOf(now);
      const yesterday = dateTextOf(today - 1);
      const month = addMonths(dateTextOf(today).slice(0, 7), -1);
      const before = instantText(now - ABANDONED_AFTER_MS);
      await store.write((transaction) => failAbandonedBulletins(transaction, before));
      const bounds = { since: calendar.startOfDay(today - 1), until: calendar.startOfDay(today) };
      const daily = await this.publishOnce('daily', yesterday, () => this.litDepartments(bounds));
      const monthly = await this.publishOnce('monthly', month, () =>
        Promise.resolve(Object.keys(rules().book.newest.ruleset.document.departments)),
      );
      return daily + monthly;
    } catch (error) {
      logger.error({ err: error }, 'Bulletins could not be published; it is tried again.');
      return 0;
    }
  }

  private async publishOnce(
    kind: BulletinRequest['kind'],
    period: string,
    departmentsOf: () => Promise<readonly string[]>,
  ): Promise<number> {
    const { store, rules } = this.ports;
    const name = `bulletin/${kind}`;
    if ((await loadSetting(store, name)) === period) return 0;
    if (!(await factRevisions(store)).has(period.slice(0, 7))) return 0;
    const { departments } = rules().book.newest.ruleset.document;
    const codes = (await departmentsOf()).filter((code) => Object.hasOwn(departments, code));
    let made = 0;
    for (const department of [null, ...codes]) {
      if (this.stopping) return made;
      const { done } = await startBulletin(this.ports, { kind, period, department }, SYSTEM_ACTOR);
      if (await done) made++;
    }
    await store.write((transaction) => saveSetting(transaction, name, period));
    return made;
  }

  private async litDepartments({ since, until }: { since: number; until: number }): Promise<string[]> {
    const lights = await lightStatistics(this.ports.store, since, until, RowScope.everything);
    return [...new Set(lights.flatMap(({ department }) => (department === null ? [] : [department])))];
  }
}
