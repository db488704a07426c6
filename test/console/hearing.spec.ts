import { describeInBrowser } from './browser';
import { useRoleSite } from './role-site';

describeInBrowser('the hearing in the review of a petition', () => {
  const site = useRoleSite();

  /** Registers a petition and leads it to 复核. @returns its id. */
  async function heardAgain(): Promise<number> {
    const office = await site.served.signedIn('jiancha');
    const head = await site.served.signedIn('zhujian');
    const { body } = await office.ask('POST', '/v1/complaints', {
      ...{ policy: 'petition', channel: 'mail', kind: 'refusal', department: 'housing' },
      ...{ title: '规划许可不予受理', request: '请依法受理。' },
    });
    const { id } = body.complaint as { id: number };
    const acts = [
      { type: 'accepted' },
      { type: 'transferred', department: 'housing' },
      { type: 'replied', text: '经核查，不符合受理条件。' },
      { type: 'verified', verdict: 'invalid', reason: '依据充分' },
      { type: 'closed' },
      { type: 'review-requested', organ: '市自然资源和规划局', reason: '不服处理意见' },
      { type: 'review-decided', outcome: 'maintained', opinion: '维持原处理意见。' },
      { type: 'recheck-requested', organ: '市人民政府', reason: '不服复查意见' },
    ];
    for (const act of acts) {
      const { version } = (await office.ask('GET', `/v1/complaints/${id}`)).body.complaint as {
        version: number;
      };
      const who = act.type === 'replied' ? head : office;
      const done = await who.ask('POST', `/v1/complaints/${id}/acts`, { version, act });
      if (done.status !== 200) throw new Error(`${act.type}: ${done.text}`);
    }
    return id;
  }

  it('is written down in the time of the hall, wherever the browser thinks that it is', async () => {
    const id = await heardAgain();
    site.served.site.clock.moveTo(Date.parse('2026-09-30T10:00:00+08:00'));
    const page = await site.signIn('jiancha', `/actions/complaints/${id}`, false, {
      timezoneId: 'America/New_York',
    });
    // Its limit runs until 26 October: what time will bring is not its light today.
    const clock = page.locator('.clock', { hasText: '复核期限' });
    await clock.getByText('绿灯').waitFor();
    await page.getByRole('button', { name: '举行听证' }).focus();
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog');
    await dialog.getByText('听证所用时间不计入复核期限').waitFor();
    expect(await dialog.getByText('（当地时间，时区 +08:00）').count()).toBe(2);
    // Begins after it ended: refused, and what was written stays.
    await dialog.getByLabel('开始时间').fill('2026-09-29T09:00');
    await dialog.getByLabel('结束时间').fill('2026-09-28T17:00');
    await page.keyboard.press('Enter');
    await dialog.getByRole('alert').filter({ hasText: /\S/ }).waitFor();
    expect(await dialog.getByLabel('开始时间').inputValue()).toBe('2026-09-29T09:00');
    await dialog.getByLabel('结束时间').fill('2026-09-29T17:30');
    await page.keyboard.press('Enter');
    await dialog.waitFor({ state: 'hidden' });
    const told = page.locator('.events li', { hasText: '听证' });
    expect(await told.textContent()).toMatch(/2026-09-29 周二 09:00.*2026-09-29 周二 17:30/s);
    const office = await site.served.signedIn('jiancha');
    const { events } = (await office.ask('GET', `/v1/complaints/${id}`)).body.complaint as {
      events: { act: { type: string; from?: string; until?: string } }[];
    };
    expect(events.map(({ act }) => act).filter(({ type }) => type === 'hearing-held')).toEqual([
      expect.objectContaining({ from: '2026-09-29T09:00:00+08:00', until: '2026-09-29T17:30:00+08:00' }),
    ]);
    expect(site.others().filter((text) => !/status of 4\d\d/.test(text))).toEqual([]);
  });
});
