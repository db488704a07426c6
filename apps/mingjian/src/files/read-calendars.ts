import { BadInputError, CalendarDocument, parseYamlDocument } from '@mingjian/contracts';
import { WorkingCalendar } from '@mingjian/rules';
import { readText } from './read-text';

/**
 * The calendars of some files, by their id, in order of the files.
 * @throws BadInputError with every problem of every file.
 */
export async function readCalendars(files: readonly string[]): Promise<Map<string, WorkingCalendar>> {
  const calendars = new Map<string, WorkingCalendar>();
  const problems = [];
  for (const file of files) {
    try {
      const document = parseYamlDocument(await readText(file), file, CalendarDocument);
      if (calendars.has(document.calendar))
        problems.push({
          place: file,
          field: 'calendar',
          expected: 'an id of its own',
          got: document.calendar,
          hint: 'two files hold this calendar',
        });
      calendars.set(document.calendar, WorkingCalendar.fromDocument(document));
    } catch (error) {
      if (!(error instanceof BadInputError)) throw error;
      problems.push(...error.problems);
    }
  }
  if (problems.length > 0) throw new BadInputError(problems);
  return calendars;
}
