import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CLOCK_KINDS, LIGHTS, parseYamlDocument, ScenarioDocument } from '@mingjian/contracts';
import { FINDING_TEXTS } from '@mingjian/rules';
import { runInProcess } from '../acceptance/product';

const FOLDER = join(__dirname, '../../rulesets/scenarios');
const FILES = readdirSync(FOLDER)
  .filter((name) => name.endsWith('.scenario.yaml'))
  .sort();
const read = (name: string): string => readFileSync(join(FOLDER, name), 'utf8');

interface Report {
  scenarios: number;
  failed: number;
  outcomes: { file: string; failures: unknown[]; compared: number }[];
}

describe('the scenarios of the provisions', () => {
  const documents = FILES.map((name) => parseYamlDocument(read(name), name, ScenarioDocument));
  const expectations = documents.flatMap(({ expect: list }) => list);

  it('all hold', async () => {
    const { code, out, err } = await runInProcess(['test', FOLDER, '--json']);
    expect(err).toBe('');
    const report = JSON.parse(out) as Report;
    expect(report.outcomes.flatMap(({ failures }) => failures)).toEqual([]);
    expect({ code, scenarios: report.scenarios }).toEqual({ code: 0, scenarios: FILES.length });
  });

  it('begin with what they ensure, and name their provision', () => {
    expect(FILES.filter((name) => !/^# Ensure .+\.\n/.test(read(name)))).toEqual([]);
    const names = documents.map(({ name }) => name);
    expect(names.filter((name) => !/\p{Script=Han}/u.test(name))).toEqual([]);
    expect(new Set(names).size).toBe(names.length);
  });

  it('show every kind of finding that the rules make from a record', () => {
    const shown = new Set(expectations.flatMap(({ findings }) => findings ?? []).map((f) => f.split(' ')[1]));
    // The one that the rules do not make: the monitor does, when they throw.
    const made = Object.keys(FINDING_TEXTS).filter((kind) => kind !== 'judge-failed');
    const unproven = made.filter((kind) => !shown.has(kind));
    expect(unproven).toEqual([]);
  });

  it('show every kind of clock, and every light of every kind that can have it', () => {
    const shown = new Set<string>();
    for (const { clock, light, clocks } of expectations) {
      if (clock !== undefined && light !== undefined) shown.add(`${clock.replace(/[#:].*$/, '')} ${light}`);
      for (const [name, said] of Object.entries(clocks ?? {}))
        if (said !== 'none' && said.light !== undefined)
          shown.add(`${name.replace(/[#:].*$/, '')} ${said.light}`);
    }
    const missing = CLOCK_KINDS.flatMap((kind) => LIGHTS.map((light) => `${kind} ${light}`)).filter(
      (pair) => !shown.has(pair),
    );
    // A grey clock has no limit, or ends before it starts: these have limits by law and end at what follows their start;
    // a step without a limit has no clock; step lights stand beside the case.
    expect(missing).toEqual([
      'acceptance grey',
      'hearing grey',
      'hearing-notice grey',
      'issuance grey',
      'delivery grey',
      'step yellow',
      'step grey',
      'rating-contact grey',
      'rectification grey',
    ]);
  });
});
