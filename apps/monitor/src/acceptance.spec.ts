import { accepted, at, event, openSite, removeSite, rulesetText, type Site } from './testing/site';

/*
 * What these specs guarantee: a light turns at its legal instant; whatever order, repetition or batches the events come
 * in, the rows that hold are those of the calm run; nothing is lit twice; nothing stops the others.
 */
describe('the monitor, from the event log to light changes', () => {
  let site: Site;
  beforeEach(async () => {
    site = await openSite('2026-09-14T10:00:05');
  });
  afterEach(async () => {
    await site.close();
    removeSite(site.dir);
  });

  const sweepAt = async (
    text: string,
    plusMs = 0,
  ): Promise<{ changes: number; cases: number; failed: number }> => {
    site.clock.moveTo(at(text) + plusMs);
    return site.monitor.sweep.runOnce(site.clock.now());
  };

  it('turns a light at its exact instant, and not a millisecond before', async () => {
    await site.receive(accepted('C-1', '2026-09-14T10:00'));
    expect((await sweepAt('2026-09-22T00:00', -1)).changes).toBe(0);
    expect((await sweepAt('2026-09-22T00:00')).changes).toBe(1);
    expect((await sweepAt('2026-09-24T00:00', -1)).changes).toBe(0);
    expect((await sweepAt('2026-09-24T00:00', 0)).changes).toBe(1);
    expect(await site.lights()).toEqual([
      'C-1 promise green>yellow 2026-09-21 16:00:00.000 time',
      'C-1 promise yellow>red 2026-09-23 16:00:00.000 time',
    ]);
  });

  it('is woken by the clock at the earliest due instant, without anybody sweeping', async () => {
    await site.monitor.timer.start();
    await site.receive(accepted('C-1', '2026-09-14T10:00'));
    site.clock.moveTo(at('2026-09-22T00:00'));
    await site.monitor.sweep.runOnce(site.clock.now());
    expect(await site.lights()).toEqual(['C-1 promise green>yellow 2026-09-21 16:00:00.000 time']);
    // The wake-up swept; the run asked for here found nothing left to do.
    expect((await sweepAt('2026-09-22T00:00')).cases).toBe(0);
  });

  it('writes one change however often the sweep runs', async () => {
    await site.receive(accepted('C-1', '2026-09-14T10:00'));
    for (let i = 0; i < 100; i++) await sweepAt('2026-09-22T00:00', i);
    expect(await site.lights()).toHaveLength(1);
  });

  it('emits yellow and red in order after a downtime, stamped with the instants that passed', async () => {
    await site.receive(accepted('C-1', '2026-09-14T10:00'));
    expect(await sweepAt('2026-09-28T09:00')).toEqual({ cases: 1, changes: 2, failed: 0 });
    const rows = await site.store.query<{ became_at: string; detected_at: string; to_light: string }>(
      'SELECT to_light, became_at, detected_at FROM light_change ORDER BY id',
    );
    expect(rows).toEqual([
      { to_light: 'yellow', became_at: '2026-09-21 16:00:00.000', detected_at: '2026-09-28 01:00:00.000' },
      { to_light: 'red', became_at: '2026-09-23 16:00:00.000', detected_at: '2026-09-28 01:00:00.000' },
    ]);
  });

  it('supersedes what a suspension reported late has made wrong, and keeps it on record', async () => {
    await site.receive(accepted('C-1', '2026-09-14T10:00'));
    await sweepAt('2026-09-24T00:00');
    expect(await site.lights()).toHaveLength(2);
    // 鉴定 from the 16th to the 23rd, reported on the 24th.
    site.clock.moveTo(at('2026-09-24T09:00'));
    await site.receive(
      event('case.suspended', 'C-1', '2026-09-16T10:00', {
        ground: '鉴定',
        notice: '1',
        approver: 'x',
        daysApplied: 5,
      }),
      event('case.resumed', 'C-1', '2026-09-23T10:00'),
    );
    expect((await site.lights()).filter((line) => line.includes('promise'))).toEqual([]);
    const superseded = await site.store.query<{ superseded_because: string; superseded_at: string }>(
      'SELECT superseded_because, superseded_at FROM light_change WHERE clock = ? ORDER BY id',
      ['promise'],
    );
    expect(superseded).toEqual([
      { superseded_because: 'late_data', superseded_at: '2026-09-24 01:00:00.000' },
      { superseded_because: 'late_data', superseded_at: '2026-09-24 01:00:00.000' },
    ]);
    // The clock goes on from the new due instant and lights again, for the reason that is true now.
    await sweepAt('2026-10-30T00:00');
    expect((await site.lights()).filter((line) => line.includes('promise'))).toEqual([
      expect.stringMatching(/^C-1 promise green>yellow .* time$/),
      expect.stringMatching(/^C-1 promise yellow>red .* time$/),
    ]);
  });

  it('says of a light that belongs into the past that late data brought it', async () => {
    await site.receive(accepted('C-1', '2026-09-14T10:00'));
    await sweepAt('2026-09-22T00:00');
    // The acceptance was reported with a wrong day: it was three working days earlier.
    site.clock.moveTo(at('2026-09-22T09:00'));
    await site.receive(
      event('event.retracted', 'C-1', '2026-09-22T09:00', { retracts: 'C-1/case.accepted/2026-09-14T10:00' }),
      accepted('C-1', '2026-09-09T10:00'),
    );
    expect(await site.lights()).toEqual([
      'C-1 promise green>yellow 2026-09-16 16:00:00.000 late_data',
      'C-1 promise yellow>red 2026-09-18 16:00:00.000 late_data',
    ]);
  });

  it('counts repeats, writes nothing for them, and keeps the case as it was', async () => {
    const one = accepted('C-1', '2026-09-14T10:00');
    await site.receive(one);
    const before = await site.store.query('SELECT * FROM case_file');
    site.clock.moveTo(at('2026-09-14T11:00'));
    await site.receive(one, one);
    expect(await site.store.query('SELECT * FROM case_file')).toEqual(before);
    expect(await site.registry.getSingleMetricAsString('mingjian_events_total')).toContain(
      'mingjian_events_total{source="urn:dept:housing",feed="log",result="duplicate"} 2',
    );
  });

  it('keeps the event received first where two share an identity, and quarantines the other', async () => {
    const first = event('case.accepted', 'C-1', '2026-09-14T10:00', { item: 'A0101' }, { id: 'e1' });
    const second = event(
      'case.accepted',
      'C-1',
      '2026-09-14T09:00',
      { item: 'A0101' },
      { id: 'e1', receivedAt: '2026-09-14T10:03' },
    );
    await site.receive(second);
    await site.receive(first);
    await site.receive(second);
    const [kept] = await site.store.query<{ occurred_at: string }>('SELECT occurred_at FROM step_event');
    expect(kept?.occurred_at).toBe('2026-09-14 02:00:00.000');
    expect(await site.store.query('SELECT reason, state, source FROM quarantine')).toEqual([
      { reason: 'identity-conflict', state: 'held', source: 'urn:dept:housing' },
    ]);
  });

  it('puts what it cannot read into quarantine and takes the rest', async () => {
    await site.log.append('mingjian.step-events', [
      { key: 'C-1', value: '{"specversion":' },
      { key: 'C-1', value: JSON.stringify({ ...accepted('C-1', '2026-09-14T10:00'), type: 'case.eaten' }) },
      { key: 'C-1', value: JSON.stringify(accepted('C-1', '2026-09-14T10:00')) },
    ]);
    await site.monitor.intake.drain();
    await site.monitor.quarantine.drain();
    expect(await site.store.query('SELECT reason, field, place FROM quarantine ORDER BY reason')).toEqual([
      { reason: 'invalid', field: 'type', place: expect.stringContaining('mingjian.step-events/') },
      { reason: 'malformed', field: '', place: expect.stringContaining('mingjian.step-events/') },
    ]);
    expect(await site.store.query('SELECT case_no FROM case_file')).toEqual([{ case_no: 'C-1' }]);
  });

  it.each(['\\u0000', '\\ud800'])(
    'is not blocked by an identity with %s, which no database gives back',
    async (text) => {
      const raw = JSON.stringify(accepted('C-1', '2026-09-14T10:00')).replace('"id":"', `"id":"${text}`);
      for (let i = 0; i < 2; i++) {
        await site.log.append('mingjian.step-events', [{ key: 'C-1', value: raw }]);
        await site.receive(accepted('C-1', '2026-09-14T10:00'));
      }
      await site.monitor.quarantine.drain();
      expect(await site.store.query('SELECT reason, field FROM quarantine')).toEqual([
        { reason: 'invalid', field: 'id' },
      ]);
      expect(await site.store.query('SELECT case_no FROM step_event')).toHaveLength(1);
    },
  );

  it('is not blocked by data that is nested without end', async () => {
    const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
    const raw = JSON.stringify(accepted('C-1', '2026-09-14T10:00')).replace(
      '"item":',
      `"deep":${deep},"item":`,
    );
    await site.log.append('mingjian.step-events', [
      { key: 'C-1', value: raw },
      { key: 'C-1', value: raw },
    ]);
    await site.receive(accepted('C-2', '2026-09-14T10:00'));
    await site.monitor.quarantine.drain();
    expect(await site.store.query('SELECT reason FROM quarantine')).toEqual([{ reason: 'invalid' }]);
    expect(await site.store.query('SELECT case_no FROM case_file')).toEqual([{ case_no: 'C-2' }]);
  });

  it('refuses a time that leaves the years of four digits', async () => {
    await site.receive({ ...accepted('C-1', '2026-09-14T10:00'), time: '9999-12-31T23:59:59-08:00' });
    await site.monitor.quarantine.drain();
    expect(await site.store.query('SELECT reason, field FROM quarantine')).toEqual([
      { reason: 'invalid', field: 'time' },
    ]);
  });

  it('lights 5,000 cases that are due at the same instant', async () => {
    await site.receive(...Array.from({ length: 5_000 }, (_, n) => accepted(`C-${n}`, '2026-09-14T10:00')));
    expect(await sweepAt('2026-09-22T00:00')).toEqual({ cases: 5_000, changes: 5_000, failed: 0 });
    expect((await sweepAt('2026-09-22T00:00')).cases).toBe(0);
  });

  it('goes on after a restart where it stopped', async () => {
    await site.receive(accepted('C-1', '2026-09-14T10:00'));
    await site.send(accepted('C-2', '2026-09-14T11:00'));
    await site.close();
    site = await openSite('2026-09-22T00:00', { dir: site.dir });
    expect(await site.monitor.intake.drain()).toBe(1);
    await site.monitor.sweep.runOnce(site.clock.now());
    expect(await site.lights()).toEqual([
      'C-2 promise green>yellow 2026-09-21 16:00:00.000 time',
      'C-1 promise green>yellow 2026-09-21 16:00:00.000 time',
    ]);
  });

  it('takes no light away when the clock of the machine is set back', async () => {
    await site.receive(accepted('C-1', '2026-09-14T10:00'));
    await sweepAt('2026-09-24T00:00');
    site.clock.moveTo(at('2026-09-15T09:00'));
    await site.receive(event('case.rated', 'C-1', '2026-09-15T09:00', { grade: 5 }));
    expect(await site.lights()).toHaveLength(2);
  });

  it('shows a case of an unknown item grey and judges it again when the ruleset is mended', async () => {
    await site.receive(accepted('C-1', '2026-09-01T10:00', 'B0202'));
    expect(await site.store.query('SELECT light, unknown_because FROM case_file')).toEqual([
      { light: 'grey', unknown_because: 'unknown-item' },
    ]);
    site.writeRuleset(`${rulesetText()}
  B0202: { name: 食品经营许可证核发, department: market, promise: 5wd, delivery: none }
`);
    await site.monitor.followRules();
    expect(await site.store.query('SELECT light, unknown_because FROM case_file')).toEqual([
      { light: 'red', unknown_because: null },
    ]);
    expect((await site.lights()).map((line) => line.split(' ').pop())).toEqual(
      expect.arrayContaining(['rule']),
    );
  });

  it('supersedes by the rule when a shorter promise is loaded, also over a restart', async () => {
    await site.receive(accepted('C-1', '2026-09-14T10:00'));
    await sweepAt('2026-09-18T09:00');
    expect(await site.lights()).toEqual([]);
    await site.close();
    site.writeRuleset(rulesetText('3wd'));
    site = await openSite('2026-09-18T09:00', { dir: site.dir });
    expect(await site.lights()).toEqual([
      'C-1 promise green>yellow 2026-09-15 16:00:00.000 rule',
      'C-1 promise yellow>red 2026-09-17 16:00:00.000 rule',
    ]);
    const digest = await site.storedDigest();
    await site.monitor.rejudge.runOnce();
    expect(await site.storedDigest()).toBe(digest);
  });

  it('keeps the rules in force when a changed file is bad, and says every problem', async () => {
    site.writeRuleset(rulesetText('7 days'));
    await site.monitor.followRules();
    expect(site.monitor.rules.isLoadSuccessful).toBe(false);
    expect(site.logged.join('')).toContain('rulesets/test.yaml:13: items.A0101.promise: expected');
    await site.receive(accepted('C-1', '2026-09-14T10:00'));
    expect(await site.registry.getSingleMetricAsString('mingjian_rules_load_successful')).toContain(
      'mingjian_rules_load_successful 0',
    );
    site.writeRuleset(`${rulesetText()}# mended\n`);
    await site.monitor.followRules();
    expect(site.monitor.rules.isLoadSuccessful).toBe(true);
  });

  it('turns a case that the rules cannot judge grey, tries again an hour later, and stops no other', async () => {
    await site.receive(accepted('C-bad', '2400-12-28T10:00'), accepted('C-good', '2026-09-14T10:00'));
    expect(
      await site.store.query('SELECT case_no, light, unknown_because FROM case_file ORDER BY case_no'),
    ).toEqual([
      { case_no: 'C-bad', light: 'grey', unknown_because: 'judge-failed' },
      { case_no: 'C-good', light: 'green', unknown_because: null },
    ]);
    expect(await sweepAt('2026-09-14T10:30')).toEqual({ cases: 0, changes: 0, failed: 0 });
    expect(await sweepAt('2026-09-14T11:30')).toEqual({ cases: 1, changes: 0, failed: 1 });
    expect(await sweepAt('2026-09-14T11:30')).toEqual({ cases: 0, changes: 0, failed: 0 });
    expect(await site.registry.getSingleMetricAsString('mingjian_judge_failures_total')).toContain(' 2');
    // The event that cannot be right is retracted: the case is judged again at once.
    await site.receive(
      event('event.retracted', 'C-bad', '2026-09-14T12:00', {
        retracts: 'C-bad/case.accepted/2400-12-28T10:00',
      }),
      accepted('C-bad', '2026-09-14T09:00'),
    );
    expect(await site.store.query("SELECT light FROM case_file WHERE case_no = 'C-bad'")).toEqual([
      { light: 'green' },
    ]);
  });
});
