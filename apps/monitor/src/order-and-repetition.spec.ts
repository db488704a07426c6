import fc from 'fast-check';
import type { StepEvent } from '@mingjian/contracts';
import { accepted, at, event, openSite, removeSite, type Site } from './testing/site';

/** Cases with all that can go wrong: late, corrected, contradictory, retracted, of an unknown item. */
function troubledCases(): StepEvent[] {
  const suspended = { ground: '鉴定', notice: 'N-1', approver: 'x', daysApplied: 5 };
  return Array.from({ length: 12 }, (_, n) => {
    const no = `C-${n}`;
    const day = String(7 + (n % 5)).padStart(2, '0');
    const start = accepted(no, `2026-09-${day}T10:00`, n % 6 === 5 ? 'ZZ' : 'A0101');
    return [
      start,
      ...(n % 2 === 0
        ? [
            event('case.suspended', no, '2026-09-15T10:00', suspended),
            event('case.resumed', no, '2026-09-18T10:00', {}),
          ]
        : []),
      ...(n % 3 === 0
        ? [event('case.extended', no, '2026-09-16T10:00', { days: 3, approver: 'x', notice: 'E' })]
        : []),
      ...(n % 4 === 0 ? [event('case.decided', no, '2026-09-24T10:00', { result: 'granted' })] : []),
      ...(n % 4 === 1
        ? [
            event('case.decided', no, '2026-09-17T10:00', { result: 'granted' }),
            event('event.retracted', no, '2026-09-18T10:00', {
              retracts: `${no}/case.decided/2026-09-17T10:00`,
            }),
          ]
        : []),
      // The same identity with another content, received later: it must lose wherever it stands.
      ...(n % 5 === 0
        ? [{ ...start, time: '2026-09-01T00:00:00Z', receivedat: '2026-09-20T00:00:00Z' }]
        : []),
    ];
  }).flat();
}

const END = '2026-10-20T09:00';

describe('order, repetition and batches', () => {
  const sites: Site[] = [];
  afterEach(async () => {
    for (const site of sites.splice(0)) {
      await site.close();
      removeSite(site.dir);
    }
  });

  async function outcomeOf(deliveries: readonly StepEvent[][], intakeBatch: number): Promise<string[]> {
    const site = await openSite('2026-09-07T09:00', { settings: { intakeBatch, sweepBatch: 3 } });
    sites.push(site);
    const step = (at(END) - at('2026-09-07T09:00')) / Math.max(1, deliveries.length);
    for (const [index, delivery] of deliveries.entries()) {
      site.clock.moveTo(Math.floor(at('2026-09-07T09:00') + step * index));
      await site.receive(...delivery);
      await site.monitor.sweep.runOnce(site.clock.now());
    }
    site.clock.moveTo(at(END));
    await site.monitor.sweep.runOnce(site.clock.now());
    return [await site.verdictDigest(), await site.storedDigest()];
  }

  it('change neither the verdicts nor the rows that hold', async () => {
    const events = troubledCases();
    const calm = await outcomeOf([events], 1000);
    await fc.assert(
      fc.asyncProperty(
        fc.shuffledSubarray([...events, ...events.slice(0, 20)], {
          minLength: events.length + 20,
          maxLength: events.length + 20,
        }),
        fc.integer({ min: 1, max: 9 }),
        fc.integer({ min: 1, max: 50 }),
        async (shuffled, deliveries, intakeBatch) => {
          const size = Math.ceil(shuffled.length / deliveries);
          const parts = Array.from({ length: deliveries }, (_, i) =>
            shuffled.slice(i * size, (i + 1) * size),
          );
          expect(await outcomeOf(parts, intakeBatch)).toEqual(calm);
        },
      ),
      { numRuns: 25 },
    );
  });

  it('change nothing when the whole log is read again from the start', async () => {
    const events = troubledCases();
    const once = await outcomeOf([events], 1000);
    expect(await outcomeOf([events, events, [...events].reverse()], 7)).toEqual(once);
  });
});
