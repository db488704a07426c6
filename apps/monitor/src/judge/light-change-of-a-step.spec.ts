import { accepted, at, event, openSite, removeSite, rulesetText, type Site } from '../testing/site';

/* What this spec guarantees: a light change names who answers for its clock, and whether it waits for a person. */
describe('the light changes of a step that another department does', () => {
  let site: Site;
  beforeEach(async () => {
    site = await openSite('2026-09-14T10:00:05');
    site.writeRuleset(`${rulesetText()}    steps:
      review: { limit: 3wd, department: market, issue: confirmed }
`);
    await site.monitor.followRules();
  });
  afterEach(async () => {
    await site.close();
    removeSite(site.dir);
  });

  it('are of that department, and those of the case are of its own', async () => {
    await site.receive(
      accepted('C-1', '2026-09-14T10:00'),
      event('step.started', 'C-1', '2026-09-14T10:00', { step: 'review' }),
    );
    site.clock.moveTo(at('2026-09-24T00:00'));
    await site.monitor.sweep.runOnce(site.clock.now());
    expect(
      await site.store.query('SELECT DISTINCT clock, department, issue FROM light_change ORDER BY clock'),
    ).toEqual([
      { clock: 'promise', department: 'housing', issue: 'automatic' },
      { clock: 'step:review', department: 'market', issue: 'confirmed' },
    ]);
  });
});
