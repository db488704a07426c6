import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT, runInProcess } from './product';

/** The worked example at the end of docs/mappings.md, done as it is written. */
describe('a new department, by writing only a mapping', () => {
  const text = readFileSync(join(ROOT, 'docs/mappings.md'), 'utf8');
  const example = text.slice(text.indexOf('## A new department'));
  const block = (language: string): string => {
    const [, code = ''] = new RegExp(`^ *\`\`\`${language}\\n([^]*?)^ *\`\`\``, 'm').exec(example) ?? [];
    const indent = /^ */.exec(code)?.[0] ?? '';
    return code.replaceAll(new RegExp(`^${indent}`, 'gm'), '');
  };
  let home: string;
  const file = (name: string): string => join(home, name);

  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), 'mingjian-new-'));
    writeFileSync(file('window.csv'), block('csv'));
    writeFileSync(file('window.yaml'), block('yaml'));
  });
  afterEach(() => rmSync(home, { recursive: true }));

  const run = (...more: string[]) =>
    runInProcess(['import', file('window.csv'), '--mapping', file('window.yaml'), ...more], {
      now: Date.parse('2026-09-22T18:00:00+08:00'),
    });

  it('shows the fault as it is printed there', async () => {
    const { code, out } = await run('--dry-run');
    expect(code).toBe(1);
    const lines = out.split('\n').map((line) => line.replaceAll(`${home}/`, ''));
    for (const line of block('text').trimEnd().split('\n'))
      expect(lines.some((shown) => shown.endsWith(line))).toBe(true);
    expect(out).toContain('events             9 (4 case.submitted, 2 case.accepted, 1 step.finished,');
  });

  it('is brought in once the department has said what its unit means', async () => {
    const mended = block('yaml').replace('cannotExpress:', 'units: { 天: wd }\ncannotExpress:');
    writeFileSync(file('window.yaml'), mended);
    expect(await run('--dry-run')).toMatchObject({ code: 0 });
    const again = ['--data-dir', file('data'), '--json'];
    const { code, out } = await run(...again);
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({
      imported: {
        records: 4,
        accepted: 10,
        quarantined: 0,
        eventsByType: {
          'case.submitted': 4,
          'case.accepted': 3,
          'step.finished': 1,
          'case.decided': 1,
          'case.not-accepted': 1,
        },
      },
    });
    expect(await run(...again)).toMatchObject({ code: 0 });
  });
});
