import { RowScope } from '@mingjian/store';
import {
  openNotifySite,
  recipientsText,
  removeRecipients,
  writeRecipients,
} from '../notify/testing/notify-site';
import { httpReceiver, smtpReceiver, type Receiver } from '../notify/testing/receivers';
import { HOUSING_HEAD, INSPECTOR } from '../testing/people';
import { accepted, at, removeSite, type Site } from '../testing/site';

const ALL = RowScope.everything;

/** What this spec guarantees: an upheld appeal is heard of by exactly those who were told of the light, once each. */
describe('the light of an upheld appeal', () => {
  let smtp: Receiver;
  let http: Receiver;
  let site: Site;
  let file: string;

  async function openWith(groupSeconds: number): Promise<void> {
    file = writeRecipients(recipientsText(smtp, http, { groupSeconds }));
    site = await openNotifySite('2026-09-14T10:00', file);
    await site.receive(accepted('C-1', '2026-09-14T10:00'), accepted('C-2', '2026-09-14T10:00'));
    site.clock.moveTo(at('2026-09-24T10:00'));
    await site.monitor.sweep.runOnce(site.clock.now());
    await site.monitor.notifier.runOnce();
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

  async function uphold(): Promise<void> {
    const [light] = await site.store.query<{ id: number }>(
      "SELECT id FROM light_change WHERE case_no = 'C-1' AND to_light = 'red' AND superseded_at IS NULL",
    );
    const content = { light: { id: light!.id }, reason: 'other', text: '理由', evidence: '证据' } as const;
    const { appeals } = site.monitor.acts;
    const { row } = await appeals.file(content, HOUSING_HEAD, ALL);
    await appeals.act(row.id, { version: 1, act: { type: 'upheld', opinion: '属实' } }, INSPECTOR, ALL);
    for (let n = 0; n < 3; n++) await site.monitor.notifier.runOnce();
  }
  /** Who was told, or was to be, that a light no longer holds. */
  const corrected = async (): Promise<string[]> => {
    const rows = await site.store.query<{
      recipient: string;
      channel: string;
      case_no: string;
      state: string;
    }>(
      "SELECT recipient, channel, case_no, state FROM notification WHERE notice_key LIKE 'light/%/withdrawn' ORDER BY recipient, channel",
    );
    return rows.map(
      ({ recipient, channel, case_no: caseNo, state }) => `${recipient} ${channel} ${caseNo} ${state}`,
    );
  };

  it('is corrected with everybody who was told of it, and with nobody else', async () => {
    await openWith(0);
    const before = smtp.taken.length;
    await uphold();
    expect(await corrected()).toEqual([
      'boss-1 mail C-1 formed',
      'head-1 mail C-1 formed',
      'office hook C-1 formed',
      'post-1 hook C-1 formed',
      'post-1 mail C-1 formed',
    ]);
    const to = smtp.taken.slice(before).map((mail) => mail.to.split('@')[0]);
    expect(to).not.toContain('head-2');
    expect(to.filter((one) => one === 'boss-1')).toHaveLength(1);
    const corrections = http.taken
      .map(({ body }) => JSON.parse(body) as { notices: { caseNo: string; isWithdrawal: boolean }[] })
      .flatMap(({ notices }) => notices)
      .filter(({ isWithdrawal }) => isWithdrawal);
    expect(corrections.map(({ caseNo }) => caseNo)).toEqual(['C-1', 'C-1']);
  });

  it('that nobody was told of yet is taken from the queue without a word', async () => {
    await openWith(3600);
    await uphold();
    expect(await corrected()).toEqual([]);
    const waiting = await site.store.query<{ grade: string; state: string }>(
      "SELECT DISTINCT grade, state FROM notification WHERE case_no = 'C-1' AND kind = 'light'",
    );
    expect(waiting).not.toContainEqual({ grade: 'red', state: 'waiting' });
    expect(smtp.taken).toEqual([]);
  });
});
