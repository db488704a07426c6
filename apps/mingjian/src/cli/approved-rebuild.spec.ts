import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { SystemClock } from '@mingjian/runtime';
import { openStore } from '@mingjian/store';
import { CALENDAR, rulesetText } from '../../../monitor/src/testing/site';
import { runCli } from './program';

/* What this spec guarantees: rules that a second person approved stand in no file, and a log that is folded again is judged by them
   all the same. */
describe('replay and rebuild after an approval', () => {
  let dir: string;
  const clock = new SystemClock();
  const environment = { ...process.env };
  beforeAll(() => {
    dir = mkdtempSync(join(tmpdir(), 'mingjian-approved-'));
    writeFileSync(join(dir, 'rules.yaml'), rulesetText());
    writeFileSync(join(dir, 'calendar.yaml'), CALENDAR);
    process.env.MINGJIAN_RULESETS = join(dir, 'rules.yaml');
    process.env.MINGJIAN_CALENDARS = join(dir, 'calendar.yaml');
  });
  afterAll(() => {
    process.env = environment;
    rmSync(dir, { recursive: true });
  });

  const done = async (...args: string[]): Promise<string> => {
    let [out, err] = ['', ''];
    const code = await runCli([...args, '--data-dir', dir], {
      stdin: Readable.from([]),
      out: async (text) => void (out += text),
      err: (text) => void (err += text),
      now: () => clock.now(),
    });
    if (code !== 0) throw new Error(`${args.join(' ')}: ${code} ${out}${err}`);
    return out;
  };
  const judgedBy = async (): Promise<string[]> => {
    const store = await openStore({ file: join(dir, 'store.db') });
    try {
      const rows = await store.query<{ version: string }>('SELECT ruleset_version AS version FROM case_file');
      return rows.map(({ version }) => version);
    } finally {
      await store.close();
    }
  };

  it('judges by what was approved', async () => {
    for (const name of ['zhou', 'wu']) await done('user', 'add', name, '--role', 'administrator');
    const { draft } = JSON.parse(await done('draft', 'begin', '--by', 'zhou', '--json')) as {
      draft: { yaml: string };
    };
    const file = join(dir, 'draft.yaml');
    writeFileSync(file, draft.yaml.replace('promise: 7wd', 'promise: 3wd'));
    await done('draft', 'save', '1', '--file', file, '--by', 'zhou');
    const today = new Date(clock.now() + 8 * 3_600_000).toISOString().slice(0, 10);
    await done('draft', 'submit', '1', '--reason', '提速', '--in-force-from', today, '--by', 'zhou');
    await done('draft', 'approve', '1', '--by', 'wu');
    const events = join(dir, 'events.ndjson');
    const time = new Date(clock.now()).toISOString();
    const accepted = {
      ...{ specversion: '1.0', id: 'e1', source: 'urn:dept:housing', type: 'case.accepted', subject: 'C-1' },
      ...{ time, receivedat: time, data: { item: 'A0101', department: 'housing' } },
    };
    writeFileSync(events, `${JSON.stringify(accepted)}\n`);
    await done('import', events, '--mapping', 'step-events', '--judge');
    expect(await judgedBy()).toEqual(['2']);
    expect(await done('replay')).toMatch(/equal\n$/);
    await done('rebuild');
    expect(await judgedBy()).toEqual(['2']);
    expect(await done('replay')).toMatch(/equal\n$/);
  });
});
