import { addSums, noSums } from '@mingjian/rules';
import { caseStatistics, decodeCaseFact, RowScope } from '@mingjian/store';
import { cityEvents, demoCityDir } from '../../testing/demo-city';
import { openSite, removeSite } from '../../testing/site';
import { join } from 'node:path';
import { sumsOfFact } from './sums-of-fact';

describe('what one case adds to a month', () => {
  it('adds up over all cases to what the database sums, for every sum and month', async () => {
    const dir = demoCityDir();
    const site = await openSite('2026-06-30T10:00', { dir, settings: { calendars: join(dir, 'calendars') } });
    try {
      await site.receive(
        ...cityEvents({ city: 'fangchenggang', seed: 'sums', from: '2026-03-02', to: '2026-03-03' }),
      );
      const facts = (await site.store.query<object>('SELECT * FROM case_fact')).map(decodeCaseFact);
      expect(facts.length).toBeGreaterThan(200);
      for (const month of ['2026-03', '2026-04']) {
        const ours = facts.reduce((sum, fact) => addSums(sum, sumsOfFact(fact, month)), noSums());
        const [group] = await caseStatistics(site.store, 'month', {
          months: [month],
          scope: RowScope.everything,
        });
        expect(ours).toEqual(group!.sums);
      }
    } finally {
      await site.close();
      removeSite(dir);
    }
  }, 120_000);
});
