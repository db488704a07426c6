import { openRegistry } from '@mingjian/runtime';
import { accepted, at, event, openSite, removeSite, rulesetText, type Site } from '../testing/site';
import { documentsOf } from './compare-opinions';
import { SecondOpinionCheck, type SecondOpinionPorts } from './second-opinion-check';

const MIXED_RULES = `
ruleset: test
version: '1'
inForceFrom: 2020-01-01
calendar: office
departments:
  housing: { name: 住房和城乡建设局 }
items:
  A0101:
    name: 建设工程规划许可证核发
    department: housing
    promise: 7wd
    steps: { review: { name: 审查, limit: 8wh } }
  A0102: { name: 住房公积金提取, class: on-the-spot, department: housing }
  A0103: { name: 建设项目联合审批, class: joint, department: housing, promise: carried }
`;

/** Cases of many kinds, all received before 16 September 2026. */
const MIXED = [
  accepted('C-plain', '2026-09-14T10:00'),
  event('case.submitted', 'C-silent', '2026-09-11T16:00', { item: 'A0101' }),
  event('case.submitted', 'C-correction', '2026-09-08T10:00', { item: 'A0101' }),
  event('case.correction-requested', 'C-correction', '2026-09-09T10:00'),
  event('case.correction-received', 'C-correction', '2026-09-14T11:00'),
  accepted('C-held', '2026-09-11T09:00'),
  event('case.suspended', 'C-held', '2026-09-14T09:00', { ground: '鉴定', notice: '1', daysApplied: 3 }),
  accepted('C-extended', '2026-09-10T09:00'),
  event('case.extended', 'C-extended', '2026-09-14T09:00', { days: 5, approver: '王', notice: '2' }),
  accepted('C-step', '2026-09-14T10:00'),
  event('step.started', 'C-step', '2026-09-14T10:30', { step: 'review' }),
  accepted('C-decided', '2026-09-01T10:00'),
  event('case.decided', 'C-decided', '2026-09-15T10:00', { result: 'granted' }),
  accepted('C-at-once', '2026-09-15T10:00', 'A0102'),
  accepted('C-joint', '2026-09-15T10:00', 'A0103'),
  accepted('C-unknown', '2026-09-15T10:00', 'Z9999'),
];
const CASES = new Set(MIXED.map(({ subject }) => subject)).size;

// On true rows the second judge finds nothing, whenever it is asked; wrong rows and books it finds, once each.
describe('the second opinion in the running monitor', () => {
  let site: Site;
  beforeEach(async () => {
    site = await openSite('2026-09-16T08:00');
  });
  afterEach(async () => {
    await site.close();
    removeSite(site.dir);
  });

  const receiveMixed = async (): Promise<void> => {
    site.writeRuleset(MIXED_RULES);
    await site.monitor.followRules();
    await site.receive(...MIXED);
  };
  /** A check of its own beside the monitor's, with a walk that begins where the test says. */
  const checkWith = (more: Partial<SecondOpinionPorts> = {}, cases = 5): SecondOpinionCheck =>
    new SecondOpinionCheck(
      {
        store: site.store,
        clock: site.clock,
        registry: openRegistry(),
        logger: site.monitor.ports.logger,
        book: () => site.monitor.rules.current.book,
        isRejudging: () => site.monitor.rejudge.isUnderWay,
        choose: () => 0.5,
        ...more,
      },
      cases,
    );
  const differences = (): Record<string, unknown>[] =>
    site.logged
      .map((line) => JSON.parse(line) as Record<string, unknown>)
      .filter(({ msg }) => msg === 'The second opinion differs.')
      .map(({ caseNo, about, clock, first, second }) => ({ caseNo, about, clock, first, second }));
  const counted = async (name: 'checked' | 'mismatches'): Promise<number> => {
    const metric = site.registry.getSingleMetric(`mingjian_second_opinion_${name}_total`);
    return (await metric!.get()).values[0]!.value;
  };

  it('agrees about cases of many kinds, swept or not yet, while the clock moves on and back', async () => {
    await receiveMixed();
    const check = checkWith({}, 100);
    let checked = 0;
    for (let hours = 0; hours < 24 * 75; hours += 17) {
      site.clock.moveTo(at('2026-09-16T08:00') + hours * 3_600_000);
      // Every third time the sweep is late: some rows then speak for an instant that has passed.
      if (hours % 3 > 0) await site.monitor.sweep.runOnce(site.clock.now());
      checked += (await check.runOnce()).checked;
    }
    site.clock.moveTo(at('2026-09-17T08:00'));
    checked += (await check.runOnce()).checked;
    expect(differences()).toEqual([]);
    expect(checked).toBe(CASES * (Math.ceil((24 * 75) / 17) + 1));
  });

  it('agrees about what is reported late and retracted', async () => {
    await receiveMixed();
    site.clock.moveTo(at('2026-09-25T09:00'));
    await site.monitor.sweep.runOnce(site.clock.now());
    await site.receive(
      event('case.resumed', 'C-held', '2026-09-18T10:00'),
      event('step.finished', 'C-step', '2026-09-15T16:00', { step: 'review' }),
      event('event.retracted', 'C-extended', '2026-09-16T09:00', {
        retracts: 'C-extended/case.extended/2026-09-14T09:00',
      }),
    );
    await checkWith({}, 100).runOnce();
    expect(differences()).toEqual([]);
  });

  it('takes a few cases at a time, round and round, from a case that is chosen', async () => {
    await receiveMixed();
    const asked: string[] = [];
    const store = Object.assign(Object.create(site.store) as typeof site.store, {
      query: (sql: string, parameters: readonly unknown[] = []) => {
        if (sql.startsWith('SELECT * FROM case_file')) asked.push(String(parameters[0]));
        return site.store.query(sql, parameters);
      },
    });
    const check = checkWith({ store }, 4);
    for (let run = 0; run < 3; run++) expect((await check.runOnce()).checked).toBe(4);
    const sorted = [...new Set(MIXED.map(({ subject }) => subject))].sort();
    const start = sorted.indexOf(asked[0]!);
    expect(start).toBe(Math.floor(CASES / 2) + 1);
    expect(asked).toEqual(Array.from({ length: 12 }, (_, index) => sorted[(start + index) % CASES]));
  });

  it('finds a row that was changed by hand, counts it and logs it once', async () => {
    await site.receive(accepted('C-1', '2026-09-14T10:00'), accepted('C-2', '2026-09-14T10:00'));
    expect([await counted('checked'), await counted('mismatches')]).toEqual([0, 0]);
    await site.store.write((transaction) =>
      transaction.execute("UPDATE case_file SET light = 'red' WHERE case_no = 'C-2'"),
    );
    for (let run = 0; run < 3; run++) await site.monitor.secondOpinion.runOnce();
    expect(differences()).toEqual([
      { caseNo: 'C-2', about: 'row', clock: null, first: { light: 'red' }, second: { light: 'green' } },
    ]);
    expect([await counted('checked'), await counted('mismatches')]).toEqual([6, 1]);
  });

  it('finds a book that differs from the documents, clock by clock, and an error is an answer too', async () => {
    await site.receive(accepted('C-1', '2026-09-14T10:00'));
    const inForce = documentsOf(site.monitor.rules.current.book);
    const rulesets = structuredClone(inForce.rulesets).map((ruleset) => {
      ruleset.items['A0101']!.promise = { limit: '1wd' };
      return ruleset;
    });
    const other = checkWith({ documents: () => ({ ...inForce, rulesets }) });
    const runs = [await other.runOnce(), await other.runOnce()];
    expect(runs.map(({ mismatches }) => mismatches)).toEqual([3, 0]);
    expect(differences()).toEqual([
      { caseNo: 'C-1', about: 'case', clock: null, first: { light: 'green' }, second: { light: 'red' } },
      { caseNo: 'C-1', about: 'row', clock: null, first: { light: 'green' }, second: { light: 'red' } },
      {
        caseNo: 'C-1',
        about: 'clock',
        clock: 'promise',
        first: { light: 'green', phase: 'running', dueAt: at('2026-09-24T00:00') - 1 },
        second: { light: 'red', phase: 'overdue', dueAt: at('2026-09-16T00:00') - 1 },
      },
    ]);
    await checkWith({ documents: () => ({ ...inForce, calendars: [] }) }).runOnce();
    expect(differences().slice(3)).toEqual([
      expect.objectContaining({ second: { error: 'RangeError: no calendar "office"' } }),
    ]);
  });

  it('does nothing while the cases are being judged again, and agrees afterwards', async () => {
    await site.receive(accepted('C-1', '2026-09-14T10:00'));
    site.writeRuleset(rulesetText('1wd'));
    await site.monitor.rules.load();
    const walk = site.monitor.rejudge.runOnce();
    expect(await site.monitor.secondOpinion.runOnce()).toEqual({ checked: 0, mismatches: 0 });
    await walk;
    expect(await site.monitor.secondOpinion.runOnce()).toEqual({ checked: 1, mismatches: 0 });
  });

  it('survives a store that cannot be read, and says so', async () => {
    const store = Object.assign(Object.create(site.store) as typeof site.store, {
      query: () => Promise.reject(new Error('disk I/O error')),
    });
    expect(await checkWith({ store }).runOnce()).toEqual({ checked: 0, mismatches: 0 });
    expect(site.logged.some((line) => line.includes('The second opinion could not be asked'))).toBe(true);
  });

  it('ends with the monitor: the case in hand is finished and no other begun', async () => {
    await receiveMixed();
    const check = checkWith({}, 100);
    const run = check.runOnce();
    await check.stop();
    expect((await run).checked).toBeLessThan(2);
    expect(await check.runOnce()).toEqual({ checked: 0, mismatches: 0 });
  });
});
