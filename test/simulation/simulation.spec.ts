import { openGround, simulate, type Ground } from './simulate';
import type { Sabotage } from './simulated-log';

const SEEDS = 150;
/** Seeds tried until one catches a mistake made on purpose. */
const SEEDS_TO_CATCH = 60;

describe('the whole flow in simulation', () => {
  let ground: Ground;
  beforeAll(async () => (ground = await openGround()));
  afterAll(() => ground.close());

  it('ends as if nothing had gone wrong, whatever goes wrong', async () => {
    const told: string[] = [];
    for (let seed = 1; seed <= SEEDS; seed++) {
      const { problems } = await simulate(ground, seed);
      // The schedule is printed by: npm run test:sim -- --seeds 1 --seed N
      if (problems.length > 0) told.push(`seed ${seed}: ${problems.join('; ')}`);
    }
    expect(told).toEqual([]);
  }, 600_000);

  it('does the same again for the same seed', async () => {
    for (const seed of [3, 77]) {
      const once = await simulate(ground, seed);
      expect((await simulate(ground, seed)).history).toEqual(once.history);
      expect((await simulate(ground, seed + 1)).history).not.toEqual(once.history);
    }
  });

  it.each<Sabotage>(['deduplication', 'offset-order', 'outbox'])(
    'notices when %s is broken',
    async (sabotage) => {
      let caught = 0;
      for (let seed = 1; seed <= SEEDS_TO_CATCH && caught === 0; seed++)
        caught += (await simulate(ground, seed, sabotage)).problems.length;
      expect(caught).toBeGreaterThan(0);
    },
    600_000,
  );
});
