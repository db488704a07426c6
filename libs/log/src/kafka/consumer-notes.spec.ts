import { createLogger, openRegistry } from '@mingjian/runtime';
import { TestClock } from '../../../runtime/src/testing/test-clock';
import { ConsumerNotes } from './consumer-notes';
import { KafkaMetrics } from './kafka-metrics';

describe('the counters of a consumer', () => {
  it('exist at 0 before anything has happened, so that the first time is seen as an increase', async () => {
    const registry = openRegistry();
    const logger = createLogger({ level: 'silent' });
    const notes = new ConsumerNotes(
      { group: 'g', topic: 't' },
      { clock: new TestClock(0), logger, metrics: new KafkaMetrics(registry) },
    );
    const counters = ['rebalances', 'restarts', 'refused_commits', 'rejected_batches'];
    for (const name of counters)
      expect(await registry.metrics()).toContain(`mingjian_kafka_${name}_total{group="g",topic="t"} 0`);
    notes.brokeDown(1, new Error('away'));
    expect(await registry.metrics()).toContain('mingjian_kafka_restarts_total{group="g",topic="t"} 1');
  });
});
