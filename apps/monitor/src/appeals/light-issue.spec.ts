import {
  casesOfLead,
  countLeads,
  lightStatistics,
  listWaitingLights,
  RowScope,
  type LightChangeRow,
} from '@mingjian/store';
import {
  openNotifySite,
  recipientsText,
  removeRecipients,
  writeRecipients,
} from '../notify/testing/notify-site';
import { httpReceiver, smtpReceiver, type Receiver } from '../notify/testing/receivers';
import { lightsOfMonth } from '../reports/evidence-rows';
import { HOUSING_HEAD, INSPECTOR, OTHER_INSPECTOR } from '../testing/people';
import { accepted, at, event, removeSite, rulesetText, type Site } from '../testing/site';

const ALL = RowScope.everything;
const HOUSING = RowScope.ofDepartments(['housing']);
const MARKET = RowScope.ofDepartments(['market']);

/** What these specs guarantee: a light that a person confirms is told nobody before, once after, and never where it is cancelled. */
describe('a light that waits for a person', () => {
  let smtp: Receiver;
  let http: Receiver;
  let site: Site;
  let file: string;

  beforeEach(async () => {
    smtp = await smtpReceiver();
    http = await httpReceiver();
    file = writeRecipients(recipientsText(smtp, http));
    site = await openNotifySite('2026-09-14T10:00', file);
    site.writeRuleset(
      `${rulesetText().replace("'1'", "'2'").replace('items:', 'switches: { issue: confirmed }\nitems:')}`,
    );
    await site.monitor.followRules();
    await site.receive(accepted('C-1', '2026-09-14T10:00'));
    await pass('2026-09-22T10:00');
  });
  afterEach(async () => {
    await site.close();
    await smtp.stop();
    await http.stop();
    removeSite(site.dir);
    removeRecipients(file);
  });

  async function pass(time: string): Promise<void> {
    site.clock.moveTo(at(time));
    await site.monitor.sweep.runOnce(site.clock.now());
    await site.monitor.notifier.runOnce();
  }
  const waiting = (scope = ALL): Promise<LightChangeRow[]> =>
    listWaitingLights(site.store, { limit: 50 }, scope);
  const onlyOne = async (): Promise<number> => {
    const [light, ...others] = await waiting();
    expect(others).toEqual([]);
    return light!.id;
  };
  const told = (): string[] => smtp.taken.map(({ to }) => to.split('@')[0]!).sort();
  const decide = (id: number, decision: 'issued' | 'cancelled', who = INSPECTOR, scope = ALL) =>
    site.monitor.acts.cards.decide(id, { decision, reason: '核实' }, who, scope);

  it('is told nobody until it is issued, and then once, however often that is submitted', async () => {
    expect(told()).toEqual([]);
    expect(await waiting(HOUSING)).toHaveLength(1);
    expect(await waiting(MARKET)).toEqual([]);
    const id = await onlyOne();
    for (const who of [INSPECTOR, OTHER_INSPECTOR, INSPECTOR])
      expect(await decide(id, 'issued', who)).toMatchObject({
        state: 'issued',
        decided: { decidedBy: INSPECTOR.id },
      });
    await site.monitor.notifier.runOnce();
    expect(told()).toEqual(['head-1', 'post-1']);
    expect(await waiting()).toEqual([]);
    const ledger = await site.store.query("SELECT kind, actor FROM ledger_entry WHERE chain = 'cards'");
    expect(ledger).toEqual([{ kind: 'light.issued', actor: INSPECTOR.id }]);
    await expect(decide(id, 'cancelled')).rejects.toMatchObject({ reason: 'wrong-state' });
  });

  it('that is cancelled is told nobody and does not come back with time, data or rules', async () => {
    const id = await onlyOne();
    expect(await decide(id, 'cancelled')).toMatchObject({
      state: 'cancelled',
      light: { supersededBecause: 'manual' },
    });
    await site.receive(event('step.finished', 'C-1', '2026-09-15T10:00', { step: 'review' }));
    await site.monitor.judge.judgeAgain(['C-1'], site.clock.now());
    site.writeRuleset(
      rulesetText().replace("'1'", "'3'").replace('items:', 'switches: { issue: confirmed }\nitems:'),
    );
    await site.monitor.followRules();
    expect((await site.lights()).filter((line) => line.includes('>yellow'))).toEqual([]);
    // What comes next is another light.
    await pass('2026-09-24T10:00');
    expect((await waiting()).map(({ toLight }) => toLight)).toEqual(['red']);
    expect(told()).toEqual([]);
  });

  it('that late data takes away waits no longer, and cannot be issued', async () => {
    const id = await onlyOne();
    await site.receive(event('case.decided', 'C-1', '2026-09-18T10:00', { result: 'granted' }));
    expect(await waiting()).toEqual([]);
    await expect(decide(id, 'issued')).rejects.toMatchObject({ reason: 'light-does-not-hold' });
    await site.monitor.notifier.runOnce();
    expect(told()).toEqual([]);
  });

  it('counts in no figure until it is issued, and then in all', async () => {
    const month = [at('2026-09-01T00:00'), at('2026-10-01T00:00')] as const;
    const figures = async (): Promise<unknown> => [
      await lightStatistics(site.store, ...month, ALL),
      (await lightsOfMonth(site.store, ...month, ALL)).map(({ kind }) => kind),
      (await countLeads(site.store, ...month)).map(({ red }) => red),
      await casesOfLead(site.store, 'housing', ...month, 10),
    ];
    // Its yellow is cancelled; its red waits, and then is issued.
    await decide(await onlyOne(), 'cancelled');
    await pass('2026-09-24T10:00');
    expect(await figures()).toEqual([[], [], [], []]);
    await decide(await onlyOne(), 'issued');
    expect(await figures()).toEqual([
      [{ department: 'housing', light: 'red', gross: 1, upheld: 0, withdrawn: 0, net: 1 }],
      ['red'],
      [1],
      ['C-1'],
    ]);
  });

  it('is appealed against from the day on which it was issued, and not while it waits', async () => {
    const file = (id: number) =>
      site.monitor.acts.appeals.file(
        { light: { id }, reason: 'other', text: '申诉', evidence: '材料' },
        HOUSING_HEAD,
        HOUSING,
      );
    const id = await onlyOne();
    await expect(file(id)).rejects.toMatchObject({ reason: 'light-not-appealable' });
    // Nobody looked at it for two weeks: the five working days for an appeal begin when the department is told.
    site.clock.moveTo(at('2026-10-09T10:00'));
    await decide(id, 'issued');
    site.clock.moveTo(at('2026-10-16T10:00'));
    const { row } = await file(id);
    // Nobody judges their own act.
    const uphold = { version: 1, act: { type: 'upheld', opinion: '属实' } } as const;
    await expect(site.monitor.acts.appeals.act(row.id, uphold, INSPECTOR, ALL)).rejects.toMatchObject({
      reason: 'not-yours',
    });
    expect((await site.monitor.acts.appeals.act(row.id, uphold, OTHER_INSPECTOR, ALL)).row.state).toBe(
      'upheld',
    );
  });

  it('is no ground for a supervision order until it is issued', async () => {
    const id = await onlyOne();
    const [light] = await waiting();
    const { caseNo, clock, becameAt, fromLight: from, toLight: to } = light!;
    const source = {
      kind: 'light',
      caseNo,
      clock,
      becameAt: new Date(becameAt).toISOString(),
      from,
      to,
    } as const;
    const issue = () =>
      site.monitor.acts.orders.issue(
        { department: 'housing', colour: 'blue', title: '题', content: '文', basis: '据', sources: [source] },
        INSPECTOR,
        ALL,
      );
    await expect(issue()).rejects.toMatchObject({ reason: 'unknown-source' });
    await decide(id, 'issued');
    expect((await issue()).row.no).toBe('督办〔2026〕1号');
  });

  it('is decided by an inspector within what they supervise, and only where it waits', async () => {
    const id = await onlyOne();
    await expect(async () => decide(id, 'issued', HOUSING_HEAD)).rejects.toMatchObject({
      reason: 'not-yours',
    });
    await expect(decide(id, 'issued', INSPECTOR, MARKET)).rejects.toMatchObject({ reason: 'not-found' });
    await expect(decide(id + 1000, 'issued')).rejects.toMatchObject({ reason: 'not-found' });
  });
});
