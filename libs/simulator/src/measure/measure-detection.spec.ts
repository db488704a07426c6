import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CalendarDocument, parseYamlDocument, RulesetDocument } from '@mingjian/contracts';
import { RuleBook, WorkingCalendar } from '@mingjian/rules';
import { measureDetection } from './measure-detection';

const rulesets = join(__dirname, '../../../../rulesets');
const read = (file: string): string => readFileSync(join(rulesets, file), 'utf8');
const calendar = WorkingCalendar.fromDocument(
  parseYamlDocument(read('calendars/cn.yaml'), 'cn.yaml', CalendarDocument),
);
const book = new RuleBook(
  [parseYamlDocument(read('demo-city/demo-city.yaml'), 'demo-city.yaml', RulesetDocument)],
  new Map([[calendar.id, calendar]]),
);

describe('detection of injected misconduct, in two months of a small city', () => {
  const range = { city: 'fangchenggang', seed: 'detect', from: '2026-03-01', to: '2026-04-30' };
  const { recall, clean } = measureDetection(range, book, 10);

  it.each(recall.map((one): [string, (typeof recall)[number]] => [one.kind, one]))(
    'finds at least 95 of 100 units of %s',
    (_kind, { injected, found, missed }) => {
      expect(injected).toBeGreaterThan(0);
      expect({ missed, share: found / injected }).toMatchObject({ share: expect.closeTo(1, 1) as number });
      expect(found / injected).toBeGreaterThanOrEqual(0.95);
    },
  );

  it('names at most one case in a hundred where everybody is honest', () => {
    expect(clean.cases).toBeGreaterThan(5_000);
    expect(clean.casesWithFinding / clean.cases).toBeLessThanOrEqual(0.01);
  });

  it.each(clean.findings.map((one): [string, (typeof clean.findings)[number]] => [one.finding, one]))(
    'does not see %s where there is none',
    (_finding, { named, of }) => expect(named / of).toBeLessThanOrEqual(0.01),
  );

  it('still names some honest overtime: a finding is a question, and the city is not made to suit the detectors', () => {
    expect(clean.casesWithFinding).toBeGreaterThan(0);
  });
});
