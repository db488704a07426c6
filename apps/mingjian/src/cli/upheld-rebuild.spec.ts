import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { SystemClock } from '@mingjian/runtime';
import { openStore } from '@mingjian/store';
import { runCli } from './program';

/* What this spec guarantees: a light that an appeal took away stays away when the log is folded again, and what people did
   survives a rebuild. */
describe('replay and rebuild after an appeal', () => {
  let dir: string;
  const clock = new SystemClock();
  beforeAll(() => (dir = mkdtempSync(join(tmpdir(), 'mingjian-upheld-'))));
  afterAll(() => rmSync(dir, { recursive: true }));

  const run = async (...args: string[]): Promise<{ code: number; out: string; err: string }> => {
    const said = { out: '', err: '' };
    const code = await runCli([...args, '--data-dir', dir], {
      stdin: Readable.from([]),
      out: async (text) => void (said.out += text),
      err: (text) => void (said.err += text),
      now: () => clock.now(),
    });
    return { code, ...said };
  };
  const done = async (...args: string[]): Promise<string> => {
    const { code, out, err } = await run(...args);
    if (code !== 0) throw new Error(`${args.join(' ')}: ${code} ${out}${err}`);
    return out;
  };
  const file = (name: string, content: object): string => {
    const path = join(dir, name);
    writeFileSync(path, JSON.stringify(content));
    return path;
  };
  const lights = async (): Promise<{ id: number; clock: string; to_light: string }[]> => {
    const store = await openStore({ file: join(dir, 'store.db') });
    try {
      return await store.query(
        "SELECT id, clock, to_light FROM light_change WHERE superseded_at IS NULL AND case_no = 'C-1' ORDER BY id",
      );
    } finally {
      await store.close();
    }
  };

  it('neither brings the light back nor loses what people did', async () => {
    const events = join(dir, 'events.ndjson');
    const accepted = {
      specversion: '1.0',
      id: 'e1',
      source: 'urn:dept:housing',
      type: 'case.accepted',
      subject: 'C-1',
      time: '2026-06-01T10:00:00+08:00',
      receivedat: '2026-06-01T10:00:04+08:00',
      data: { item: 'A0101', department: 'housing' },
    };
    writeFileSync(events, `${JSON.stringify(accepted)}\n`);
    await done('import', events, '--mapping', 'step-events', '--judge');
    await done('user', 'add', 'li', '--role', 'inspector');
    await done('user', 'add', 'wang', '--role', 'department-head', '--department', 'housing');
    const red = (await lights()).find(({ to_light: to, clock: of }) => to === 'red' && of === 'promise');
    const appeal = { light: { id: red!.id }, reason: 'wrong-data', text: '数据有误', evidence: '受理通知书' };
    await done('appeal', 'file', '--file', file('appeal.json', appeal), '--by', 'wang');
    const upheld = { version: 1, act: { type: 'upheld', opinion: '属实' } };
    await done('appeal', 'act', '1', '--file', file('upheld.json', upheld), '--by', 'li');
    const card = { caseNo: 'C-1', light: 'yellow', reason: 'absent', text: '窗口空岗', basis: '考勤规定' };
    await done('card', 'issue', '--file', file('card.json', card), '--by', 'li');
    const shown = async (): Promise<string[]> =>
      (await lights()).map(({ clock: of, to_light: to }) => `${of} ${to}`).sort();
    const before = await shown();
    expect(before).not.toContain('promise red');
    expect(before).toContain('manual#1 yellow');
    const figures = await done('appeal', 'statistics', '--since', '2026-01-01', '--until', '2027-12-31');
    expect(figures).toMatch(/housing +red +2 +1 +0 +1/);

    // Folded again beside the store in use: the same.
    expect(await done('replay')).toMatch(/equal\n$/);
    // Made anew from the log, which knows nothing of cards: they are put back.
    await done('rebuild');
    expect(await shown()).toEqual(before);
    expect(await done('replay')).toMatch(/equal\n$/);
    expect(await done('appeal', 'show', '1')).toContain('已撤销发牌');
    expect(await done('card', 'show', '1')).toMatch(/ holds$/m);
    expect(await done('appeal', 'statistics', '--since', '2026-01-01', '--until', '2027-12-31')).toBe(
      figures,
    );
  });
});
