import { openTestLog } from './test-log';

// Appends numbered records, ten a call, and says each number after the log acknowledged it, until it is killed.
async function appendUntilKilled(broker: string, topic: string, partitions: string): Promise<void> {
  const log = await openTestLog([broker], { kafkaPartitions: partitions });
  for (let n = 0; ; n += 10) {
    const numbers = Array.from({ length: 10 }, (_, index) => n + index);
    await log.append(
      topic,
      numbers.map((number) => ({ key: `case-${number % 7}`, value: String(number) })),
    );
    process.stdout.write(numbers.map((number) => `${number}\n`).join(''));
  }
}

const [broker = '', topic = '', partitions = ''] = process.argv.slice(2);
void appendUntilKilled(broker, topic, partitions);
