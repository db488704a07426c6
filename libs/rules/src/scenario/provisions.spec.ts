import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { CalendarDocument, RulesetDocument, TimelineEvent } from '@mingjian/contracts';
import { parseYamlDocument, SCENARIO_PARTS, ScenarioDocument } from '@mingjian/contracts';
import type { z } from 'zod';
import {
  explainCase,
  explanationInChinese,
  explanationPage,
  instantsAsText,
  parseInstant,
  parseLimit,
  RuleBook,
  runScenario,
  WorkingCalendar,
} from '../index';
import { compareJudges } from '../testing/compare-judges';

const FOLDER = join(__dirname, '../../../../rulesets/scenarios');
const FILES = readdirSync(FOLDER)
  .filter((name) => name.endsWith('.scenario.yaml'))
  .sort();

interface Provision {
  document: ScenarioDocument;
  rulesets: RulesetDocument[];
  calendars: CalendarDocument[];
  book: RuleBook;
  events: TimelineEvent[];
}

const documents = new Map<string, unknown>();
const compiled = new Map<unknown, WorkingCalendar>();

/** A document that a scenario names, or that is written out in it; each file is read once. */
function documentOf<T extends z.ZodType>(given: unknown, schema: T): z.output<T> {
  if (typeof given !== 'string') return schema.parse(given);
  const path = resolve(FOLDER, given);
  if (!documents.has(path)) documents.set(path, parseYamlDocument(readFileSync(path, 'utf8'), path, schema));
  return documents.get(path) as z.output<T>;
}

function calendarOf(document: CalendarDocument): WorkingCalendar {
  const calendar = compiled.get(document) ?? WorkingCalendar.fromDocument(document);
  compiled.set(document, calendar);
  return calendar;
}

function read(name: string): Provision {
  const document = parseYamlDocument(readFileSync(join(FOLDER, name), 'utf8'), name, ScenarioDocument);
  const rulesets = document.ruleset.map((given) => documentOf(given, SCENARIO_PARTS.ruleset));
  const calendars = document.calendar.map((given) => documentOf(given, SCENARIO_PARTS.calendar));
  const book = new RuleBook(rulesets, new Map(calendars.map((one) => [one.calendar, calendarOf(one)])));
  const instant = (text: string): number => parseInstant(text, book.newest.calendar.zone);
  const events = document.events.map((event, index) => ({
    source: 'urn:scenario',
    id: event.id ?? `e${index + 1}`,
    type: event.type,
    caseNo: 'C-1',
    occurredAt: instant(event.at),
    receivedAt: event.receivedAt === undefined ? null : instant(event.receivedAt),
    data: event.data,
  }));
  return { document, rulesets, calendars, book, events };
}

/** The same files as `bin/mingjian test rulesets/scenarios`, each by itself. */
describe.each(FILES)('the provision of %s', (name) => {
  it('is counted as its rule test says', () => {
    const { document, book } = read(name);
    const { compared, differences } = runScenario(document, book);
    expect(differences).toEqual([]);
    expect(compared).toBeGreaterThan(0);
  });

  it('is counted alike by the second judge, beside every boundary of every clock', () => {
    const { rulesets, calendars, events } = read(name);
    const [calendar] = calendars;
    const looks = Array.from({ length: 24 }, (_, look) => look / 24);
    expect(
      compareJudges({ calendar: calendar!, sites: [{ rulesets, cases: [{ events, looks }] }] }),
    ).toBeNull();
  });

  it('defect 23: can be explained: each clock is named with its source, and its days add up to its limit', () => {
    const { document, book, events } = read(name);
    const { calendar } = book.newest;
    for (const { at } of document.expect) {
      const explanation = explainCase('C-1', events, book, parseInstant(at, calendar.zone));
      const text = explanationInChinese(explanation, calendar);
      const page = explanationPage(explanation, calendar);
      for (const clock of explanation.clocks) {
        expect(clock.provision).not.toBe('');
        expect(text).toContain(`【${clock.name}】`);
        expect(page).toContain(`<h2>${clock.name}`);
        for (const shown of [text, page]) expect(shown).toContain(`依据：${clock.provision}`);
      }
      // To be printed as it is sent: no instant is left a number, and nothing unknown is shown as such.
      expect(`${text}${page}`).not.toMatch(/undefined|null|NaN/);
      const sent = JSON.stringify(instantsAsText(explanation, (instant) => new Date(instant).toISOString()));
      expect(sent).not.toMatch(/"(startedAt|dueAt|finishedAt|since|from|to|at)":\d/);
      for (const { ledger, limit, extendedDays, dueAt } of explanation.clocks) {
        if (ledger === null || dueAt === null) continue;
        // Days are added to a limit in days; a limit in hours moves instead.
        const added = ledger.unit === 'days' ? extendedDays : 0;
        expect(ledger.countedUntilDue).toBe(parseLimit(limit!).amount + added);
        const shown = ledger.lines.reduce((sum, line) => sum + line.amount, 0);
        expect(ledger.omittedDays > 0 ? null : shown).toBe(
          ledger.omittedDays > 0 ? null : ledger.countedUntilDue + ledger.countedOver,
        );
      }
    }
  });
});
