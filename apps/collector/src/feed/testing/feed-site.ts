import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { StepEvent } from '@mingjian/contracts';
import { openEmbeddedLog, type EventLog } from '@mingjian/log';
import { createLogger, type Clock } from '@mingjian/runtime';
import { openStore, type Store } from '@mingjian/store';
import { Publisher } from '../../intake/publish';
import { collectLog } from '../../testing/collect-log';
import { FeedRunner, type RunnerOptions } from '../run/feed-runner';
import { loadFeeds } from '../run/load-feeds';

/** A collector's store and log in a folder of its own, with feed documents beside them. */
export class FeedSite {
  readonly home: string;
  readonly lines: string[] = [];

  private constructor(
    readonly store: Store,
    readonly log: EventLog,
    readonly clock: Clock,
    home: string,
  ) {
    this.home = home;
  }

  static async open(clock: Clock, home = mkdtempSync(join(tmpdir(), 'mingjian-feed-'))): Promise<FeedSite> {
    const store = await openStore({ file: join(home, 'store.db') });
    const log = openEmbeddedLog({ file: join(home, 'log.db'), partitions: 4, clock });
    return new FeedSite(store, log, clock, home);
  }

  /** Writes a file of the site and returns its path. */
  write(name: string, text: string): string {
    const path = join(this.home, name);
    writeFileSync(path, text);
    return path;
  }

  writeBytes(name: string, bytes: Uint8Array): void {
    writeFileSync(join(this.home, name), bytes);
  }

  read(name: string): string {
    return readFileSync(join(this.home, name), 'utf8');
  }

  /** A process of its own among those that share the store. */
  runner(documents: string, more: Partial<RunnerOptions> = {}): FeedRunner {
    return new FeedRunner({
      feeds: loadFeeds(join(this.home, documents)),
      store: this.store,
      publisher: new Publisher(this.log, 500, null),
      clock: this.clock,
      settings: { futureToleranceSeconds: 300, intakeBatch: 500 },
      metrics: null,
      logger: createLogger({ level: 'info', json: true, sink: { write: (line) => this.lines.push(line) } }),
      chance: () => 0,
      ...more,
    });
  }

  /** All events that were published, by (source, id), with how often each was. */
  async published(): Promise<{ events: Map<string, StepEvent>; repeats: number; rejected: string[] }> {
    const { events, quarantine } = await collectLog(this.log);
    const byId = new Map<string, StepEvent>();
    for (const event of events) byId.set(`${event.source} ${event.id}`, event);
    return {
      events: byId,
      repeats: events.length - byId.size,
      rejected: quarantine.map(({ place }) => place),
    };
  }

  /** What stands for the cases when retractions are folded in: `subject type time officer`, sorted. */
  async standing(): Promise<string[]> {
    const { events } = await this.published();
    const retracted = new Set([...events.values()].map(({ data }) => data.retracts));
    return [...events.values()]
      .filter((event) => event.type !== 'event.retracted' && !retracted.has(event.id))
      .map(({ subject, type, time, data }) =>
        [subject, type, new Date(time).toISOString(), data.officer ?? ''].join(' ').trim(),
      )
      .sort();
  }

  /** Identities under which two different things were published. */
  async contradictions(): Promise<string[]> {
    const said = new Map<string, string>();
    const contradicted: string[] = [];
    for (const event of (await collectLog(this.log)).events) {
      const identity = `${event.source} ${event.id}`;
      const content = JSON.stringify({ ...event, receivedat: undefined });
      if ((said.get(identity) ?? content) !== content) contradicted.push(identity);
      said.set(identity, content);
    }
    return contradicted;
  }

  async close(): Promise<void> {
    await this.log.close();
    await this.store.close();
  }

  async dispose(): Promise<void> {
    await this.close();
    rmSync(this.home, { recursive: true });
  }
}
