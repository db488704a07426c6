import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { FINDING_TEXTS, findingInChinese } from './finding-in-chinese';

/** The kinds that stand in the sources of the rules. Why an act of a person is refused (`refuse-*.ts`) is no finding. */
function kindsInSources(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return kindsInSources(path);
    if (!/\.ts$/.test(entry.name) || /\.spec\.ts$|^refuse-/.test(entry.name)) return [];
    const text = readFileSync(path, 'utf8');
    return [
      ...text.matchAll(
        /detail: \{\s*kind: '([a-z-]+)'|contradiction\(event, '([a-z-]+)'\)|return '(exten[a-z-]+|no-[a-z-]+|unknown-[a-z]+)';/g,
      ),
    ].map((match) => match[1] ?? match[2] ?? match[3] ?? '');
  });
}

describe('findings in Chinese', () => {
  it('have a text for every kind that the rules can find', () => {
    const kinds = [...new Set(kindsInSources(join(__dirname, '..')))];
    expect(kinds.length).toBeGreaterThan(15);
    expect(kinds.filter((kind) => !(kind in FINDING_TEXTS))).toEqual([]);
  });

  it('show the evidence that fits on a line', () => {
    expect(
      findingInChinese({ code: 'EXT-1', detail: { kind: 'extension-too-long', days: 20, allowedDays: 10 } }),
    ).toBe('延期超过允许的天数，不起作用（天数 20，允许天数 10）');
  });
});
