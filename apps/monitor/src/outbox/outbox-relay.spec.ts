import { LightMessage, TOPICS } from '@mingjian/contracts';
import { outboxDepth } from '@mingjian/store';
import { accepted, at, event, openSite, removeSite, type Site } from '../testing/site';

/** Every light message that stands in the log, in order within a case. */
async function lightMessages(site: Site): Promise<LightMessage[]> {
  const messages: LightMessage[] = [];
  const reader = site.log.subscribe({
    group: 'other-system',
    topic: TOPICS.lights,
    maxBatch: 100,
    handle: ({ records }) => {
      for (const { value } of records) messages.push(LightMessage.parse(JSON.parse(value)));
      return Promise.resolve();
    },
  });
  await reader.drain();
  await reader.stop();
  return messages;
}

describe('the outbox', () => {
  let site: Site;
  beforeEach(async () => (site = await openSite('2026-09-14T10:00')));
  afterEach(async () => {
    await site.close();
    removeSite(site.dir);
  });

  it('tells other systems of each light change once, however often it is sent, swept or replayed', async () => {
    await site.receive(accepted('C-1', '2026-09-14T10:00'));
    site.clock.moveTo(at('2026-09-24T10:00'));
    for (let n = 0; n < 100; n++) await site.monitor.sweep.runOnce(site.clock.now());
    await site.receive(accepted('C-1', '2026-09-14T10:00'));
    await site.monitor.outbox.runOnce();
    await site.monitor.outbox.runOnce();
    const messages = await lightMessages(site);
    expect(
      messages.map(({ type, subject, time, data }) => [type, subject, time, data.clock, data.to]),
    ).toEqual([
      ['light.changed', 'C-1', new Date(at('2026-09-22T00:00')).toISOString(), 'promise', 'yellow'],
      ['light.changed', 'C-1', new Date(at('2026-09-24T00:00')).toISOString(), 'promise', 'red'],
    ]);
    expect(await outboxDepth(site.store)).toEqual({ waiting: 0, oldestAt: null });
  });

  it('sends again under the same id what it had sent when it crashed', async () => {
    await site.receive(accepted('C-1', '2026-09-14T10:00'));
    site.clock.moveTo(at('2026-09-23T10:00'));
    await site.monitor.sweep.runOnce(site.clock.now());
    const rows = await site.store.query<{ payload: string }>('SELECT payload FROM outbox ORDER BY id');
    // As if the process had ended after the append and before it forgot the messages.
    await site.log.append(
      TOPICS.lights,
      rows.map(({ payload }) => ({ key: 'C-1', value: payload })),
    );
    await site.monitor.outbox.runOnce();
    const ids = (await lightMessages(site)).map(({ id }) => id);
    expect(ids).toHaveLength(2 * rows.length);
    expect(new Set(ids).size).toBe(rows.length);
  });

  it('takes back what late data makes untrue', async () => {
    await site.receive(accepted('C-1', '2026-09-14T10:00'));
    site.clock.moveTo(at('2026-09-23T10:00'));
    await site.monitor.sweep.runOnce(site.clock.now());
    await site.receive(
      event('case.decided', 'C-1', '2026-09-18T10:00', {}, { receivedAt: '2026-09-23T10:00' }),
    );
    await site.monitor.outbox.runOnce();
    const messages = await lightMessages(site);
    const changed = messages.filter(({ type }) => type === 'light.changed');
    const superseded = messages.filter(({ type }) => type === 'light.superseded');
    const keyOf = ({ data }: LightMessage): string => [data.clock, data.becameAt, data.from, data.to].join();
    expect(superseded.map(keyOf)).toEqual(changed.map(keyOf));
    expect(superseded.every(({ data }) => data.reason === 'late_data')).toBe(true);
  });
});
