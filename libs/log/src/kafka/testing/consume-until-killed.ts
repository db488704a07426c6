import { openTestLog } from './test-log';

// Consumes a topic and says `holds N` for each assignment and each value after it was handled, until it is killed.
async function consumeUntilKilled(broker: string, topic: string): Promise<void> {
  const log = await openTestLog([broker]);
  log
    .subscribe({
      group: 'monitor',
      topic,
      maxBatch: 1,
      handle: async ({ records }) => {
        process.stdout.write(records.map(({ value }) => `${value}\n`).join(''));
      },
      onAssigned: async (partitions) => {
        process.stdout.write(`holds ${partitions.length}\n`);
        return new Map();
      },
    })
    .start();
}

const [broker = '', topic = ''] = process.argv.slice(2);
void consumeUntilKilled(broker, topic);
