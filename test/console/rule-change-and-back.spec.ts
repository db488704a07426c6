import { accepted, at } from '../../apps/monitor/src/testing/site';
import { describeInBrowser } from './browser';
import { useRoleSite } from './role-site';
import { changeInForce, Hand, takeBack, type HandAct } from './rule-change-path';

describeInBrowser('a change of a rule, into force and back', () => {
  const site = useRoleSite();
  beforeEach(async () => {
    await site.served.addUser('guanli', ['administrator']);
    await site.served.addUser('fuhe', ['administrator']);
  });

  /** The promise by which a case that is accepted now is judged, as its page says it. */
  async function promiseOfNewCase(caseNo: string, time: string): Promise<string> {
    const { site: hall, monitor } = site.served;
    hall.clock.moveTo(at(`${time}:05`));
    await hall.send(accepted(caseNo, time));
    await monitor.intake.drain();
    const page = await site.signIn('jiancha', `/cases/${caseNo}`);
    const said = page.getByText(/承诺时限 \d+ 个工作日，期限内计/);
    return /\d+ 个工作日/.exec(await said.innerText())![0];
  }

  it('is walked by what the screen says alone, in 22 acts of two people', async () => {
    const acts: HandAct[] = [];
    const count = (act: HandAct): number => acts.push(act);
    const author = new Hand(await site.signIn('guanli'), 'guanli', count);
    const second = new Hand(await site.signIn('fuhe'), 'fuhe', count);
    expect(await promiseOfNewCase('N-1', '2026-09-24T09:10')).toBe('7 个工作日');
    await changeInForce(author, second);
    expect(await promiseOfNewCase('N-2', '2026-09-24T09:20')).toBe('5 个工作日');
    expect(acts.length).toBeLessThanOrEqual(13);
    // An approval writes the day of publication; nobody is frightened with an impact that is not the draft's.
    await second.reads('施行日期之前受理的办件，实际的灯不变。');
    expect(await second.page.getByText('以下不是当前内容的影响').count()).toBe(0);
    await takeBack(author, second);
    expect(await promiseOfNewCase('N-3', '2026-09-24T09:30')).toBe('7 个工作日');
    expect(acts.length).toBeLessThanOrEqual(22);
    // Nothing else has to be written: the first day is proposed, and an opinion of who approves is not asked for.
    expect(acts.filter(({ did }) => did === 'fill').map(({ name }) => name)).toEqual([
      'A0101 承诺时限',
      '理由',
      '理由',
    ]);
    expect(site.others()).toEqual([]);
  });
});
