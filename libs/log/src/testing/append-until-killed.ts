import { SystemClock } from '@mingjian/runtime';
import { openEmbeddedLog } from '../embedded/open-embedded-log';

// Appends numbered records, ten a call, and says each number after the log acknowledged it, until it is killed.
async function appendUntilKilled(file: string, topic: string, partitions: number): Promise<void> {
  const log = openEmbeddedLog({ file, partitions, clock: new SystemClock() });
  for (let n = 0; ; n += 10) {
    const numbers = Array.from({ length: 10 }, (_, index) => n + index);
    await log.append(
      topic,
      numbers.map((number) => ({ key: `case-${number % 7}`, value: String(number) })),
    );
    process.stdout.write(numbers.map((number) => `${number}\n`).join(''));
  }
}

const [file = '', topic = '', partitions = ''] = process.argv.slice(2);
void appendUntilKilled(file, topic, Number(partitions));
