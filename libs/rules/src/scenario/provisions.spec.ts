import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseYamlDocument, SCENARIO_PARTS, ScenarioDocument } from '@mingjian/contracts';
import type { z } from 'zod';
import { RuleBook, runScenario, WorkingCalendar } from '../index';

const FOLDER = join(__dirname, '../../../../rulesets/scenarios');
const FILES = readdirSync(FOLDER)
  .filter((name) => name.endsWith('.scenario.yaml'))
  .sort();

const calendars = new Map<string, WorkingCalendar>();

/** A document that a scenario names, or that is written out in it. */
function documentOf<T extends z.ZodType>(given: unknown, schema: T): z.output<T> {
  if (typeof given !== 'string') return schema.parse(given);
  const path = resolve(FOLDER, given);
  return parseYamlDocument(readFileSync(path, 'utf8'), path, schema);
}

function calendarOf(given: unknown): WorkingCalendar {
  const key = JSON.stringify(given);
  const known = calendars.get(key);
  if (known !== undefined) return known;
  const calendar = WorkingCalendar.fromDocument(documentOf(given, SCENARIO_PARTS.calendar));
  calendars.set(key, calendar);
  return calendar;
}

/** The same files as `bin/mingjian test rulesets/scenarios`, each by itself. */
describe('a provision', () => {
  it.each(FILES)('is counted as its rule test says: %s', (name) => {
    const document = parseYamlDocument(readFileSync(join(FOLDER, name), 'utf8'), name, ScenarioDocument);
    const rulesets = document.ruleset.map((given) => documentOf(given, SCENARIO_PARTS.ruleset));
    const used = document.calendar.map(calendarOf);
    const book = new RuleBook(rulesets, new Map(used.map((calendar) => [calendar.id, calendar])));
    const { compared, differences } = runScenario(document, book);
    expect(differences).toEqual([]);
    expect(compared).toBeGreaterThan(0);
  });
});
