import { TOPICS } from '@mingjian/contracts';
import { partitionOfKey, type EventLog, type LogBatch, type NewRecord } from '@mingjian/log';
import { createLogger } from '@mingjian/runtime';
import type { PlacedEvent } from '@mingjian/store';
import { TestClock } from '../../../../libs/runtime/src/testing/test-clock';
import type { CaseJudge } from '../judge/case-judge';
import type { ShardHolder } from '../shard/shard-holder';
import { accepted, at } from '../testing/site';
import { StepEventIntake } from './step-event-intake';

const PARTITIONS = 4;
const NO = 'C-1';
const HERE = partitionOfKey(NO, PARTITIONS);
const ELSEWHERE = (HERE + 1) % PARTITIONS;

/** An intake on a log that only remembers what is appended, with a judge that only remembers what it is given. */
function setup(isShared: boolean) {
  const appended: (NewRecord & { topic: string })[] = [];
  const judged: PlacedEvent[] = [];
  let handle: (batch: LogBatch) => Promise<void> = async () => undefined;
  const log = {
    isShared,
    partitionOf: (key: string) => partitionOfKey(key, PARTITIONS),
    append: async (topic: string, records: readonly NewRecord[]) =>
      void appended.push(...records.map((record) => ({ topic, ...record }))),
    subscribe: (options: { handle: typeof handle }) => {
      handle = options.handle;
      return {};
    },
  } as unknown as EventLog;
  const judge = {
    receive: async (placed: readonly PlacedEvent[]) => {
      judged.push(...placed);
      return { failures: [] };
    },
  } as unknown as CaseJudge;
  const shards = { unlessLost: (work: () => unknown) => work() } as unknown as ShardHolder;
  const logger = createLogger({ level: 'silent' });
  new StepEventIntake(
    log,
    judge,
    shards,
    new TestClock(at('2026-09-14T11:00')),
    logger,
    () => undefined,
    100,
  );
  const value = JSON.stringify(accepted(NO, '2026-09-14T10:00'));
  const deliver = (partition: number): Promise<void> =>
    handle({
      topic: TOPICS.stepEvents,
      partition,
      records: [
        { topic: TOPICS.stepEvents, partition, offset: 7, key: 'not the case', value, appendedAt: 0 },
      ],
    });
  return { deliver, appended, judged, value };
}

describe('a record in a partition that is not that of its case', () => {
  it('is appended again where it belongs, and not judged here: another process may hold that case', async () => {
    const { deliver, appended, judged, value } = setup(true);
    await deliver(ELSEWHERE);
    expect(appended).toEqual([{ topic: TOPICS.stepEvents, key: NO, value }]);
    expect(judged).toEqual([]);
  });

  it('is judged once it stands where it belongs', async () => {
    const { deliver, appended, judged } = setup(true);
    await deliver(HERE);
    expect(appended).toEqual([]);
    expect(judged.map(({ event }) => event.caseNo)).toEqual([NO]);
  });

  it('is judged at once where one process has the whole log', async () => {
    const { deliver, appended, judged } = setup(false);
    await deliver(ELSEWHERE);
    expect(appended).toEqual([]);
    expect(judged).toHaveLength(1);
  });
});
