import { setImmediate as nextTurn } from 'node:timers/promises';
import type { LogBatch } from '@mingjian/log';
import { BatchJoiner } from './batch-joiner';

/** A batch of records of a partition; the first has the offset. */
function batch(partition: number, offset: number, size = 1): LogBatch {
  const topic = 'mingjian.step-events';
  const record = (n: number) => ({ topic, partition, offset: offset + n, key: '', value: '', appendedAt: 0 });
  return { topic, partition, records: Array.from({ length: size }, (_, n) => record(n)) };
}
const nameOf = ({ partition, records }: LogBatch): string => `${partition}@${records[0]?.offset}`;

/** A joiner whose pieces of work end when the test says so. */
function stage(writers: number, most = 100) {
  const begun: string[][] = [];
  const ends: { resolve: () => void; reject: (reason: unknown) => void }[] = [];
  const joiner = new BatchJoiner(
    (batches) => {
      begun.push(batches.map(nameOf));
      return new Promise((resolve, reject) => ends.push({ resolve, reject }));
    },
    writers,
    most,
  );
  const settled: string[] = [];
  const take = (...batches: LogBatch[]): void => {
    for (const one of batches)
      void joiner.take(one).then(
        () => settled.push(`${nameOf(one)} taken`),
        () => settled.push(`${nameOf(one)} rejected`),
      );
  };
  const turns = async (): Promise<void> => {
    for (let n = 0; n < 5; n++) await nextTurn();
  };
  return { begun, ends, settled, take, turns };
}

describe('batches that come at the same time', () => {
  it('are taken together, of every partition one', async () => {
    const { begun, ends, settled, take, turns } = stage(1);
    take(batch(0, 10), batch(1, 20), batch(2, 30));
    await turns();
    expect(begun).toEqual([['0@10', '1@20', '2@30']]);
    expect(settled).toEqual([]);
    ends[0]!.resolve();
    await turns();
    expect(settled).toEqual(['0@10 taken', '1@20 taken', '2@30 taken']);
  });

  it('wait for each other within a partition, whatever else is free', async () => {
    const { begun, ends, take, turns } = stage(3);
    take(batch(0, 10), batch(0, 11), batch(1, 20));
    await turns();
    expect(begun).toEqual([['0@10', '1@20']]);
    ends[0]!.resolve();
    await turns();
    expect(begun[1]).toEqual(['0@11']);
  });

  it('are worked on beside each other as far as there are writers', async () => {
    const { begun, ends, take, turns } = stage(2);
    take(batch(0, 1));
    await turns();
    take(batch(1, 1));
    await turns();
    take(batch(2, 1), batch(3, 1));
    await turns();
    expect(begun).toEqual([['0@1'], ['1@1']]);
    ends[1]!.resolve();
    await turns();
    expect(begun[2]).toEqual(['2@1', '3@1']);
  });

  it('are no more together than one piece of work may hold, and one that holds more goes alone', async () => {
    const { begun, ends, take, turns } = stage(1, 10);
    take(batch(0, 0, 6), batch(1, 0, 6), batch(2, 0, 4), batch(3, 0, 50));
    for (let n = 0; n < 3; n++) {
      await turns();
      ends[n]!.resolve();
    }
    await turns();
    expect(begun).toEqual([['0@0', '2@0'], ['1@0'], ['3@0']]);
  });

  it('are tried one by one where joint work fails: who cannot be taken holds up nobody', async () => {
    const worked: string[][] = [];
    const joiner = new BatchJoiner(
      (batches) => {
        worked.push(batches.map(nameOf));
        return batches.some(({ partition }) => partition === 1)
          ? Promise.reject(new Error('lost'))
          : Promise.resolve();
      },
      1,
      100,
    );
    const results = await Promise.allSettled([0, 1, 2].map((partition) => joiner.take(batch(partition, 5))));
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(worked).toEqual([['0@5', '1@5', '2@5'], ['0@5'], ['1@5'], ['2@5']]);
  });
});
