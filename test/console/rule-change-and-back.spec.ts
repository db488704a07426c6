import { accepted, at } from '../../apps/monitor/src/testing/site';
import { describeInBrowser } from './browser';
import { useRoleSite } from './role-site';
import { changeInForce, Hand, handSeconds, takeBack, type HandAct } from './rule-change-path';

/** Characters that somebody reads in a second who reads every word for the first time. */
const READ_IN_A_SECOND = 5;
/** What is left to the machine both ways, seconds: it took less on an idle one (README of the console). */
const MACHINE_S = 7;

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

  it('is walked by what the screen says alone, in 18 acts of two people, and in two minutes with what has to be read', async () => {
    const acts: HandAct[] = [];
    const count = (act: HandAct): number => acts.push(act);
    const author = new Hand(await site.signIn('guanli'), 'guanli', count);
    const second = new Hand(await site.signIn('fuhe'), 'fuhe', count);
    const read = (of: 'needed' | 'everything'): number => author.reader.read[of] + second.reader.read[of];
    expect(await promiseOfNewCase('N-1', '2026-09-24T09:10')).toBe('7 个工作日');
    const looking = (): number => author.reader.tookMs + second.reader.tookMs;
    /** Seconds that a way took the machine, without what the count of the reading took. */
    const timed = async (way: () => Promise<void>): Promise<number> => {
      const [begun, looked] = [performance.now(), looking()];
      await way();
      return (performance.now() - begun - (looking() - looked)) / 1000;
    };
    const machine = [await timed(() => changeInForce(author, second))];
    const there = { acts: acts.length, needed: read('needed'), everything: read('everything') };
    expect(await promiseOfNewCase('N-2', '2026-09-24T09:20')).toBe('5 个工作日');
    // An approval writes the day of publication; nobody is frightened with an impact that is not the draft's.
    expect(await second.page.getByText('这不是当前内容的影响').count()).toBe(0);
    // Whoever comes back later finds it approved; a page that stays open looks again now and then.
    await author.page.getByRole('button', { name: '起草撤回' }).waitFor();
    machine.push(await timed(() => takeBack(author, second)));
    expect(await promiseOfNewCase('N-3', '2026-09-24T09:30')).toBe('7 个工作日');
    // Nothing else has to be written: the first day is proposed, and an opinion of who approves is not asked for.
    expect(acts.filter(({ did }) => did === 'fill').map(({ name }) => name)).toEqual([
      '改为（个工作日）',
      '理由',
      '理由',
    ]);
    const hands = [acts.slice(0, there.acts), acts.slice(there.acts)].map(handSeconds);
    const back = { needed: read('needed') - there.needed, everything: read('everything') - there.everything };
    const told = { there, back, hands, machine, phrases: [author.reader.phrases, second.reader.phrases] };
    if (process.env.TELL_READING === 'yes') process.stdout.write(`${JSON.stringify(told)}\n`);
    expect(there.acts).toBeLessThanOrEqual(10);
    expect(acts.length).toBeLessThanOrEqual(18);
    const people = hands[0]! + hands[1]! + read('needed') / READ_IN_A_SECOND;
    expect(people + MACHINE_S).toBeLessThanOrEqual(120);
    expect(site.others()).toEqual([]);
  });
});
