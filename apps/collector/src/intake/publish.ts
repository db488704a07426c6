import { setImmediate as nextTurn } from 'node:timers/promises';
import { TOPICS, type QuarantineRecord, type StepEvent } from '@mingjian/contracts';
import type { EventLog } from '@mingjian/log';
import { type Acceptance, type Feed, isEnd } from '@mingjian/mapping';
import type { CollectorMetrics } from './collector-metrics';

export interface Published {
  accepted: number;
  quarantined: number;
}

/**
 * Brings decided records into the log: step events to their topic, keyed by case number so that a case keeps its order;
 * the others to the quarantine topic, keyed by their id.
 */
export class Publisher {
  /** `batch`: most records in one append. `metrics`: null where nobody scrapes (a command line). */
  constructor(
    private readonly log: EventLog,
    private readonly batch: number,
    private readonly metrics: CollectorMetrics | null,
  ) {}

  /**
   * Guarantee: when it resolves, every record is durable. When it rejects, some may be; sending all again does no harm,
   * because events are known by (source, id) and quarantine records by their id.
   */
  async publish(acceptances: readonly Acceptance[], feed: Feed): Promise<Published> {
    const published: Published = { accepted: 0, quarantined: 0 };
    // A body of a million equal faults must not become a million records.
    const kept = new Set<string>();
    for (let from = 0; from < acceptances.length; from += this.batch) {
      // A long body must not keep everybody else waiting.
      if (from > 0) await nextTurn();
      const part = await this.publishBatch(acceptances.slice(from, from + this.batch), feed, kept);
      published.accepted += part.accepted;
      published.quarantined += part.quarantined;
    }
    return published;
  }

  private async publishBatch(
    acceptances: readonly Acceptance[],
    feed: Feed,
    kept: Set<string>,
  ): Promise<Published> {
    const events: StepEvent[] = [];
    const quarantine: QuarantineRecord[] = [];
    for (const acceptance of acceptances) {
      if (acceptance.ok) events.push(acceptance.event);
      else quarantine.push(acceptance.quarantine);
    }
    const isNew = (record: QuarantineRecord): boolean => {
      // One that comes in and ends in the same breath is told of twice.
      const name = isEnd(record) ? `${record.id} ended` : record.id;
      const wasKept = kept.has(name);
      kept.add(name);
      return !wasKept;
    };
    await Promise.all([
      this.log.append(
        TOPICS.stepEvents,
        events.map((event) => ({ key: event.subject, value: JSON.stringify(event) })),
      ),
      this.log.append(
        TOPICS.quarantine,
        quarantine.filter(isNew).map((record) => ({ key: record.id, value: JSON.stringify(record) })),
      ),
    ]);
    this.count(events, quarantine, feed);
    return {
      accepted: events.length,
      quarantined: quarantine.filter((record) => !isEnd(record)).length,
    };
  }

  private count(events: readonly StepEvent[], quarantine: readonly QuarantineRecord[], feed: Feed): void {
    if (this.metrics === null) return;
    for (const { source, time, receivedat } of events)
      this.metrics.countAccepted(source, feed, Date.parse(receivedat ?? time) - Date.parse(time));
    for (const record of quarantine)
      // The end of a quarantine is no further record in it.
      if (!isEnd(record)) this.metrics.countQuarantined(record.source, feed, record.reason);
  }
}
