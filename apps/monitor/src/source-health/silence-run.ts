import type { Notice } from '@mingjian/contracts';
import type { Clock, Logger } from '@mingjian/runtime';
import { BESIDE_THE_SHARDS, enqueueNotices, forgetSlots, noteSilence, type Store } from '@mingjian/store';
import type { ShardHolder } from '../shard/shard-holder';
import { REMEMBERED_MS, type SourceReading, type SourceWatch } from './source-watch';

/** One process speaks for all sources: the holder of this shard. */
const SPEAKING_SHARD = 0;

/**
 * Notices that a source fell silent, or came back: notes it on its row and tells who answers for it, in one transaction.
 *
 * Told once for each silence, whoever looks and however often: the row changes only for the first. In closed hours nothing
 * falls silent. Nothing is judged by it; what is shown of its cases is (SourceWatch.silentDepartments).
 */
export class SilenceRun {
  private running: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly store: Store,
    private readonly sources: SourceWatch,
    private readonly shards: ShardHolder,
    private readonly clock: Clock,
    private readonly logger: Logger,
    /** Whether anybody is told of anything by this process. */
    private readonly isTelling: () => boolean,
  ) {}

  /** After a run in progress. @returns how many sources changed. */
  runOnce(): Promise<number> {
    const run = this.running.then(() => this.look());
    this.running = run.catch(() => undefined);
    return run;
  }

  /** Waits for the run in progress. */
  async stop(): Promise<void> {
    await this.running;
  }

  private async look(): Promise<number> {
    if (!this.shards.shards.includes(SPEAKING_SHARD)) return 0;
    const now = this.clock.now();
    let changed = 0;
    for (const reading of await this.sources.read()) {
      if (reading.isAlive === (reading.silentSince === null)) continue;
      if (await this.note(reading, now)) changed++;
    }
    await this.store.write((transaction) => forgetSlots(transaction, now - REMEMBERED_MS), BESIDE_THE_SHARDS);
    return changed;
  }

  private async note(reading: SourceReading, now: number): Promise<boolean> {
    const since = reading.isAlive ? null : reading.lastReceivedAt;
    const isFirst = await this.store.write(async (transaction) => {
      if (!(await noteSilence(transaction, reading.source, since))) return false;
      if (this.isTelling()) await enqueueNotices(transaction, [silenceNotice(reading, now)], now);
      return true;
    });
    if (isFirst)
      this.logger.warn(
        { source: reading.source, department: reading.department, lastReceivedAt: reading.lastReceivedAt },
        reading.isAlive ? 'A source sends again.' : 'A source fell silent; its cases are shown as unknown.',
      );
    return isFirst;
  }
}

/** One thread for each silence: the end of it withdraws nothing, it is news by itself. */
function silenceNotice(reading: SourceReading, now: number): Notice {
  const { source, department, isAlive } = reading;
  const silence = `source/${source}/${isAlive ? reading.silentSince : reading.lastReceivedAt}`;
  return {
    key: `${silence}/${isAlive ? 'back' : 'silent'}`,
    kind: 'source',
    grade: isAlive ? 'info' : 'yellow',
    department,
    subject: isAlive ? `数据来源恢复报送：${source}` : `数据来源静默：${source}`,
    facts: {
      source,
      state: isAlive ? '恢复报送' : '静默',
      reason: isAlive ? '' : reasonOf(reading),
      lastSeenAt: reading.lastReceivedAt,
    },
    at: now,
    shard: SPEAKING_SHARD,
    thread: silence,
  };
}

/** By what the source counts as silent, in a sentence. */
function reasonOf({ chanceOfSilence, learnedDays, silentWorkingMs }: SourceReading): string {
  const minutes = Math.floor(silentWorkingMs / 60_000);
  return chanceOfSilence === null
    ? `已有 ${minutes} 分钟工作时间未报送任何数据（报送规律尚在学习，按固定时限判断）`
    : `已有 ${minutes} 分钟工作时间未报送任何数据；按其近 ${learnedDays} 个工作日同一时段的报送规律，正常情况下出现这种情形的可能性约为 ${(100 * chanceOfSilence).toPrecision(1)} %`;
}
