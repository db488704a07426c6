import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { LINT_CODES, type LintFinding } from '@mingjian/rules';
import {
  documentsOf,
  EXAMPLE_CALENDARS,
  TODAY,
  type LintExample,
} from '../../libs/rules/src/testing/lint-example';
import { ITEM_EXAMPLES } from '../../libs/rules/src/testing/lint-examples-of-items';
import { SITE_EXAMPLES } from '../../libs/rules/src/testing/lint-examples-of-sites';
import { ROOT, runInProcess, runProduct, Workspace } from './product';

const EXAMPLES = [...ITEM_EXAMPLES, ...SITE_EXAMPLES];
const DEMO = join(ROOT, 'rulesets/demo-city/demo-city.yaml');
const CN = join(ROOT, 'rulesets/calendars/cn.yaml');
const MARCH = Date.parse('2026-03-02T09:00:00+08:00');

interface Report {
  errors: number;
  warnings: number;
  notices: number;
  findings: (LintFinding & { file: string; line: number; column: number })[];
}

/** The last line of a report with one finding. */
const counted = (severity: string): string =>
  ['error', 'warning', 'notice'].map((one) => `${one === severity ? 1 : 0} ${one}s`).join(', ');

describe('mingjian lint', () => {
  const workspace = new Workspace();
  afterAll(() => workspace.remove());

  const calendars = EXAMPLE_CALENDARS.map(({ id, document }) => workspace.write(`${id}.json`, document));
  /** Files of an example, and the arguments that lint them. */
  function written({ bad, recorded }: LintExample): { files: string[]; args: string[] } {
    const files = documentsOf(bad).map((document, index) =>
      workspace.write(`rules-${index}.yaml`, stringify(document)),
    );
    const events = recorded?.map(({ type, data }, day) =>
      JSON.stringify({
        specversion: '1.0',
        id: `${day}`,
        source: 'urn:t',
        type,
        subject: 'C-1',
        time: `2026-03-${10 + day}T10:00:00+08:00`,
        data,
      }),
    );
    const record = events ? ['--events', workspace.write('events.ndjson', events.join('\n'))] : [];
    return { files, args: ['lint', ...files, '--calendar', ...calendars, ...record] };
  }
  const nowOf = ({ today = TODAY }: LintExample): number => Date.parse(`${today.replace(' ', 'T')}:00+08:00`);

  it.each(EXAMPLES.map((example): [string, string, LintExample] => [example.code, example.line, example]))(
    'says file and line of %s, which stand at "%s"',
    async (code, line, example) => {
      const { files, args } = written(example);
      const { out, err } = await runInProcess([...args, '--json'], { now: nowOf(example) });
      expect(err).toBe('');
      const found = (JSON.parse(out) as Report).findings.filter((finding) => finding.code === code);
      const lines = found.map((finding) => {
        expect(files).toContain(finding.file);
        return readFileSync(finding.file, 'utf8')
          .split('\n')
          [finding.line - 1]?.slice(finding.column - 1);
      });
      expect(lines).toContainEqual(expect.stringContaining(line));
      for (const text of lines) expect(text).toMatch(/^[^ ]/);
    },
  );

  it.each(['promise-over-statutory', 'steps-over-promise', 'statutory-over-law'] as const)(
    'prints %s for people and ends with 1 unless it is a notice and nobody is strict',
    async (code) => {
      const example = EXAMPLES.find((one) => one.code === code)!;
      const { args } = written(example);
      const { code: exit, out } = await runInProcess(args, { now: nowOf(example) });
      expect(out).toMatch(
        new RegExp(`^\\S+rules-0\\.yaml:\\d+: ${LINT_CODES[code]} ${code}: items\\.[\\w.]+: .+ — .+\n`),
      );
      expect(out.endsWith(`1 findings: ${counted(LINT_CODES[code])}\n`)).toBe(true);
      expect(exit).toBe(LINT_CODES[code] === 'notice' ? 0 : 1);
      expect((await runInProcess([...args, '--strict'], { now: nowOf(example) })).code).toBe(1);
    },
  );

  it('runs as a program, with counts for the build that calls it', async () => {
    const { bad } = EXAMPLES.find(({ code }) => code === 'promise-over-statutory')!;
    const rules = workspace.write('late.yaml', stringify(documentsOf(bad)[0]));
    const { code, out } = await runProduct(['lint', rules, '--calendar', calendars[0]!, '--json']);
    const report = JSON.parse(out) as Report;
    expect(code).toBe(1);
    expect(report.errors).toBeGreaterThan(0);
    expect(report.findings.length).toBe(report.errors + report.warnings + report.notices);
    expect(report.findings).toContainEqual(
      expect.objectContaining({ code: 'promise-over-statutory', file: rules, line: 8, column: 5 }),
    );
  });

  it('finds nothing in the demonstration ruleset', async () => {
    const { code, out } = await runInProcess(['lint', DEMO, '--calendar', CN, '--strict'], { now: MARCH });
    expect({ code, out }).toEqual({ code: 0, out: 'no findings\n' });
  });

  it('finds in a week of the simulated city only the item that is missing on purpose', async () => {
    const week = await runInProcess(['simulate', '--days', '7']);
    const events = workspace.write('week.ndjson', week.out);
    const { out } = await runInProcess(['lint', DEMO, '--calendar', CN, '--events', events, '--json'], {
      now: MARCH,
    });
    const { findings } = JSON.parse(out) as Report;
    const warnings = findings.filter(({ severity }) => severity !== 'notice');
    expect(warnings.map(({ code, message }) => [code, message])).toEqual([
      ['recorded-item-unknown', expect.stringContaining('A0199')],
    ]);
  });

  it('has a row in the README of the rules for every code, with its severity', () => {
    const text = readFileSync(join(ROOT, 'libs/rules/README.md'), 'utf8');
    const table = text.slice(text.indexOf('## Lint'), text.indexOf('## Calendar document'));
    const rows = [...table.matchAll(/^\| `([a-z-]+)` +\| (error|warning|notice) /gm)];
    expect(Object.fromEntries(rows.map(([, code, severity]) => [code, severity]))).toEqual(LINT_CODES);
  });
});
