import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { describeWithServices } from '../../../../test/services/with-services';
import { spawnTypescript } from '../../../runtime/src/testing/spawn-typescript';
import { describeEventLog } from '../testing/log-conformance';
import { openTestLog } from './testing/test-log';

describeWithServices('the event log on a real Kafka', ['kafka'], ({ kafka }) => {
  describeEventLog('Kafka', async (partitions) => {
    // Groups are named after their topic: a new topic has new groups.
    const topic = `mingjian.test.${randomBytes(6).toString('hex')}`;
    return {
      topic,
      open: () => openTestLog(kafka.brokers, { kafkaPartitions: partitions }),
      spawnAppender: () =>
        spawnTypescript(join(__dirname, 'testing/append-until-killed.ts'), [
          kafka.brokers.join(','),
          topic,
          String(partitions),
        ]),
      cleanUp: async () => undefined,
    };
  });
});
