import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { accepted, openSite, removeSite, type Site } from '../../apps/monitor/src/testing/site';

/** The policy: a light that other data would not have lit no longer holds, and stays on record with the reason. */
describe('defect 4: a case that is red when its calendar changes', () => {
  let site: Site;
  beforeEach(async () => {
    site = await openSite('2026-09-14T10:00:05');
    await site.receive(accepted('C-1', '2026-09-14T10:00'));
    site.clock.moveTo(Date.parse('2026-09-24T09:00:00+08:00'));
    await site.monitor.sweep.runOnce(site.clock.now());
  });
  afterEach(async () => {
    await site.close();
    removeSite(site.dir);
  });

  async function declareOff(...dates: string[]): Promise<void> {
    const file = join(site.dir, 'calendar.yaml');
    const text = readFileSync(file, 'utf8').replace("version: '1'", "version: '7'");
    writeFileSync(
      file,
      `${text}days:\n${dates.map((date) => `  - { date: ${date}, off: true }\n`).join('')}`,
    );
    await site.monitor.followRules();
  }

  const recorded = (): Promise<object[]> =>
    site.store.query(
      'SELECT to_light, became_at, reason, calendar_version, superseded_because FROM light_change ' +
        "WHERE clock = 'promise' ORDER BY id",
    );

  it('defect 4: goes on under the new calendar, and the red that was lit is kept as superseded by it', async () => {
    expect(await site.lights()).toHaveLength(2);
    await declareOff('2026-09-21', '2026-09-22');
    expect(await site.store.query('SELECT light, calendar_version FROM case_file')).toEqual([
      { light: 'yellow', calendar_version: '7' },
    ]);
    expect(await recorded()).toEqual([
      {
        to_light: 'yellow',
        became_at: '2026-09-21 16:00:00.000',
        reason: 'time',
        calendar_version: '1',
        superseded_because: 'calendar',
      },
      {
        to_light: 'red',
        became_at: '2026-09-23 16:00:00.000',
        reason: 'time',
        calendar_version: '1',
        superseded_because: 'calendar',
      },
      {
        to_light: 'yellow',
        became_at: '2026-09-23 16:00:00.000',
        reason: 'calendar',
        calendar_version: '7',
        superseded_because: null,
      },
    ]);
    const superseded = await site.store.query<{ superseded_at: string | null }>(
      "SELECT superseded_at FROM light_change WHERE superseded_because = 'calendar'",
    );
    expect(superseded.map(({ superseded_at }) => superseded_at)).toEqual(
      Array(2).fill('2026-09-24 01:00:00.000'),
    );
  });

  it('defect 4: stays red, with nothing superseded, where the new calendar says the same of it', async () => {
    const before = await recorded();
    await declareOff('2026-10-08');
    expect(await recorded()).toEqual(before);
    expect(await site.store.query('SELECT light, calendar_version FROM case_file')).toEqual([
      { light: 'red', calendar_version: '7' },
    ]);
  });
});
