import { OFFICE } from './due-questions';
import { linesOf, runInProcess, Workspace } from './product';

/**
 * The worked examples of a product in use (2018-10, hour-exact counting, no holidays), through the command line with a
 * ruleset written the way an administrator would: a second late is late.
 */

const RULESET = `
ruleset: hour-exact
version: '1'
inForceFrom: 2018-01-01
calendar: office
switches:
  promiseCounting: wd@time
  overPromise: yellow
  suspensionCounting: wd@time
  suspensionYellowBefore: [3wd]
  suspensionRedAfter: 1wd
items:
  A:
    name: 示例事项
    promise: { limit: 7wd, yellowBefore: [3wd] }
    statutory: { limit: 10wd@time, yellowBefore: [] }
    acceptance: { limit: 2wd@time, yellowBefore: [], redAfter: 5wd }
    delivery: none
`;

type EventLine = [type: string, time: string, data?: Record<string, unknown>];
interface Verdict {
  light: string;
  clock: string;
  clocks: { clock: string; light: string; phase: string; dueAt: string | null }[];
}

describe('the worked examples of domain.md §2.2', () => {
  const workspace = new Workspace();
  const ruleset = workspace.write('ruleset.yaml', RULESET);
  const calendar = workspace.write('calendar.json', OFFICE);
  afterAll(() => workspace.remove());

  async function judge(events: readonly EventLine[], at: string): Promise<Verdict> {
    const lines = events.map(([type, time, data = {}], index) =>
      JSON.stringify({
        specversion: '1.0',
        id: `e-${index}`,
        source: 'urn:dept:example',
        type,
        subject: 'C-1',
        time,
        data: { item: 'A', ...data },
      }),
    );
    const file = workspace.write('events.ndjson', lines.join('\n'));
    const { code, out, err } = await runInProcess([
      ...['judge', '--json', '--events', file, '--ruleset', ruleset, '--calendar', calendar, '--at', at],
    ]);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    const [verdict] = linesOf<Verdict>(out);
    return verdict!;
  }

  const clockOf = ({ clocks }: Verdict, name: string) => clocks.find(({ clock }) => clock === name);

  it('accepted 10-15 10:00, promised 7, legal 10: warned 10-19, over the promise 10-24, red 10-29, at 10:00', async () => {
    const events: EventLine[] = [['case.accepted', '2018-10-15T10:00:00']];
    const lightAt = async (at: string) => (await judge(events, at)).light;
    expect(await lightAt('2018-10-19T09:59:59')).toBe('green');
    expect(await lightAt('2018-10-19T10:00:00')).toBe('yellow');
    const inTime = await judge(events, '2018-10-24T10:00:00');
    expect(clockOf(inTime, 'promise')).toMatchObject({
      phase: 'running',
      dueAt: '2018-10-24T10:00:00.000+08:00',
    });
    const over = await judge(events, '2018-10-24T10:00:01');
    expect(over.light).toBe('yellow');
    expect(clockOf(over, 'promise')).toMatchObject({ light: 'yellow', phase: 'overdue' });
    expect(await lightAt('2018-10-29T10:00:00')).toBe('yellow');
    expect(await judge(events, '2018-10-29T10:00:01')).toMatchObject({ light: 'red', clock: 'statutory' });
  });

  it('a finish one second late is late, one at the instant itself is not', async () => {
    const finished = (time: string): EventLine[] => [
      ['case.accepted', '2018-10-15T10:00:00'],
      ['case.decided', time, { result: 'granted' }],
    ];
    const inTime = await judge(finished('2018-10-29T10:00:00'), '2018-11-30');
    expect(clockOf(inTime, 'statutory')).toMatchObject({ light: 'green', phase: 'finished' });
    const late = await judge(finished('2018-10-29T10:00:01'), '2018-11-30');
    expect(late).toMatchObject({ light: 'red', clock: 'statutory' });
  });

  it('a special procedure of three days moves all by three days', async () => {
    const events: EventLine[] = [
      ['case.accepted', '2018-10-15T10:00:00'],
      ['case.suspended', '2018-10-16T09:30:00', { ground: '专家评审', notice: 'N-1', daysApplied: 3 }],
      ['case.resumed', '2018-10-19T09:30:00'],
    ];
    expect((await judge(events, '2018-10-24T09:59:59')).light).toBe('green');
    expect((await judge(events, '2018-10-24T10:00:00')).light).toBe('yellow');
    const verdict = await judge(events, '2018-10-30');
    expect(clockOf(verdict, 'promise')?.dueAt).toBe('2018-10-29T10:00:00.000+08:00');
    expect((await judge(events, '2018-11-01T10:00:00')).light).toBe('yellow');
    expect((await judge(events, '2018-11-01T10:00:01')).light).toBe('red');
  });

  it('a special procedure of seven days from 10-15 10:00 is held to 10-19, 10-24 and 10-25, at 10:00', async () => {
    const events: EventLine[] = [
      ['case.accepted', '2018-10-15T09:00:00'],
      ['case.suspended', '2018-10-15T10:00:00', { ground: '检测', notice: 'N-1', daysApplied: 7 }],
    ];
    const suspension = async (at: string) => clockOf(await judge(events, at), 'suspension#1');
    expect(await suspension('2018-10-19T09:59:59')).toMatchObject({ light: 'green' });
    expect(await suspension('2018-10-19T10:00:00')).toMatchObject({ light: 'yellow', phase: 'running' });
    expect(await suspension('2018-10-24T10:00:01')).toMatchObject({
      light: 'yellow',
      phase: 'overdue',
      dueAt: '2018-10-24T10:00:00.000+08:00',
    });
    expect(await suspension('2018-10-25T10:00:00')).toMatchObject({ light: 'yellow' });
    expect(await suspension('2018-10-25T10:00:01')).toMatchObject({ light: 'red' });
  });

  it('an online submission of 10-15 10:00 is due 10-17 and red after 10-24, at 10:00', async () => {
    const events: EventLine[] = [['case.submitted', '2018-10-15T10:00:00']];
    const acceptance = async (at: string) => clockOf(await judge(events, at), 'acceptance');
    expect(await acceptance('2018-10-17T10:00:00')).toMatchObject({
      light: 'green',
      dueAt: '2018-10-17T10:00:00.000+08:00',
    });
    expect(await acceptance('2018-10-17T10:00:01')).toMatchObject({ light: 'yellow' });
    expect(await acceptance('2018-10-24T10:00:00')).toMatchObject({ light: 'yellow' });
    expect(await acceptance('2018-10-24T10:00:01')).toMatchObject({ light: 'red' });
  });
});
