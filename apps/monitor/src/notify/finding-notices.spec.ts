import { accepted, at, event, removeSite, rulesetText, type Site } from '../testing/site';
import { openNotifySite, recipientsText, removeRecipients, writeRecipients } from './testing/notify-site';
import { httpReceiver, smtpReceiver, type Receiver } from './testing/receivers';

const WITHOUT_NOTICE = '停止计时没有书面告知申请人';

/** What these specs guarantee: who is told of findings, once each, and what a recomputation keeps back. */
describe('findings', () => {
  let smtp: Receiver;
  let http: Receiver;
  let site: Site;
  let file: string;

  async function open(more = ''): Promise<void> {
    file = writeRecipients(recipientsText(smtp, http, { site: more }));
    site = await openNotifySite('2026-09-15T10:00', file);
  }
  beforeEach(async () => {
    smtp = await smtpReceiver();
    http = await httpReceiver();
  });
  afterEach(async () => {
    await site.close();
    await smtp.stop();
    await http.stop();
    removeSite(site.dir);
    removeRecipients(file);
  });

  const suspension = () =>
    event('case.suspended', 'C-1', '2026-09-14T11:00', { ground: 'inspection' }, { id: 'S-1' });
  /** `state of what is told`, corrections with a minus. */
  const told = async (): Promise<string[]> => {
    const rows = await site.store.query<Record<string, string | number>>(
      "SELECT subject, state, is_withdrawal FROM notice WHERE kind = 'finding' ORDER BY id",
    );
    return rows.map(
      ({ subject, state, is_withdrawal: isWithdrawal }) =>
        `${Number(isWithdrawal) === 1 ? '-' : ''}${String(subject)} ${String(state)}`,
    );
  };
  /** What the receiver of a person's webhook was told. */
  const heard = (who: string): string[] =>
    http.taken
      .map(
        ({ body }) =>
          JSON.parse(body) as { to: string; notices: { subject: string; isWithdrawal: boolean }[] },
      )
      .filter(({ to }) => to === who)
      .flatMap(({ notices }) =>
        notices.map(({ subject, isWithdrawal }) => `${isWithdrawal ? '-' : ''}${subject}`),
      )
      .filter((subject) => !subject.includes('没有规定时限'));

  it('that are serious are told post and head once, however often the case is judged; others nobody', async () => {
    await open();
    await site.receive(accepted('C-1', '2026-09-14T10:00'), suspension());
    for (let n = 0; n < 3; n++) {
      await site.monitor.judge.judgeAgain(['C-1'], site.clock.now());
      await site.monitor.notifier.runOnce();
    }
    expect(heard('post-1')).toEqual([`C-1 ${WITHOUT_NOTICE}`]);
    expect(heard('office')).toEqual([]);
    expect(await told()).not.toContainEqual(expect.stringContaining('停止计时没有批准人'));
    expect(smtp.taken.map(({ to }) => to).sort()).toEqual(['head-1@example.gov.cn', 'post-1@example.gov.cn']);
  });

  it('of other severities are told where the document says so, or of none', async () => {
    await open('findingSeverities: [warning]');
    await site.receive(accepted('C-1', '2026-09-14T10:00'), suspension());
    await site.monitor.notifier.runOnce();
    expect(await told()).toEqual(['C-1 停止计时没有批准人 told']);
    expect(heard('post-1')).toEqual([]);
    expect(smtp.taken.map(({ to }) => to)).toEqual(['head-1@example.gov.cn']);
  });

  it('that late data takes away are corrected with whoever was told, and told anew when found again', async () => {
    await open();
    await site.receive(accepted('C-1', '2026-09-14T10:00'), suspension());
    await site.monitor.notifier.runOnce();
    const retraction = event('event.retracted', 'C-1', '2026-09-15T10:00', { retracts: 'S-1' });
    await site.receive(retraction);
    await site.monitor.notifier.runOnce();
    expect(heard('post-1')).toEqual([`C-1 ${WITHOUT_NOTICE}`, `-C-1 ${WITHOUT_NOTICE}`]);
    await site.receive({ ...suspension(), id: 'S-2' });
    await site.monitor.notifier.runOnce();
    expect(heard('post-1')).toHaveLength(3);
  });

  it('that other rules bring are kept back', async () => {
    await open();
    await site.receive(
      accepted('C-1', '2026-09-14T10:00'),
      event('case.extended', 'C-1', '2026-09-14T15:00', { days: 9, approver: 'a', notice: 'b' }),
    );
    await site.monitor.notifier.runOnce();
    expect(await told()).toEqual([]);
    site.writeRuleset(`${rulesetText().replace("'1'", "'2'")}    extensionMaxDays: 5\n`);
    site.clock.moveTo(at('2026-09-15T10:05'));
    await site.monitor.followRules();
    await site.monitor.notifier.runOnce();
    expect(await told()).toEqual(['C-1 延期超过允许的天数，不起作用（天数 9，允许天数 5） muted']);
    expect(heard('post-1')).toEqual([]);
  });
});

describe('signs of made-up times', () => {
  it('are told the inspection office once each, together, and corrected when they are gone', async () => {
    const smtp = await smtpReceiver();
    const http = await httpReceiver();
    const file = writeRecipients(recipientsText(smtp, http));
    const site = await openNotifySite('2026-09-30T20:00', file);
    const messages = (): { to: string; grade: string; notices: { subject: string; key: string }[] }[] =>
      http.taken.map(({ body }) => JSON.parse(body) as ReturnType<typeof messages>[number]);
    const search = async (time: string): Promise<void> => {
      site.clock.moveTo(at(time));
      await site.monitor.forensics.runOnce();
      await site.monitor.notifier.runOnce();
    };
    const decided = event('case.decided', 'C-1', '2026-09-29T23:30', { result: 'granted', officer: '0417' });
    await site.receive(accepted('C-1', '2026-09-29T10:00'), decided);
    await search('2026-09-30T20:00');
    const [first, ...rest] = messages();
    expect(rest).toEqual([]);
    expect(first).toMatchObject({ to: 'office', grade: 'info' });
    expect(first!.notices.map(({ subject }) => subject)).toContain('核查线索 C-1 夜间办理1次');
    expect(JSON.stringify(first)).not.toContain('0417');
    await search('2026-10-01T20:00');
    expect(messages()).toHaveLength(1);
    await site.receive(event('event.retracted', 'C-1', '2026-10-01T21:00', { retracts: decided.id }));
    await search('2026-10-02T20:00');
    expect(messages().slice(1)).toMatchObject([
      { to: 'office', notices: [{ subject: '核查线索 C-1 夜间办理1次', isWithdrawal: true }] },
    ]);
    expect(smtp.taken).toEqual([]);
    await site.close();
    await smtp.stop();
    await http.stop();
    removeSite(site.dir);
    removeRecipients(file);
  });
});
