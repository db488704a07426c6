import { BadInputError, parseYamlDocument, RulesetDocument } from '@mingjian/contracts';
import type { Problem } from '@mingjian/contracts';
import { RuleBook, RuleBookError } from '@mingjian/rules';
import type { WorkingCalendar } from '@mingjian/rules';
import { readText } from './read-text';

/**
 * A rule book of some ruleset files (versions of one ruleset) and the calendars they name.
 * @throws BadInputError with every problem of every file.
 */
export async function readRuleBook(
  files: readonly string[],
  calendars: ReadonlyMap<string, WorkingCalendar>,
): Promise<RuleBook> {
  const problems: Problem[] = [];
  const rulesets = [];
  for (const file of files) {
    try {
      rulesets.push(parseYamlDocument(await readText(file), file, RulesetDocument));
    } catch (error) {
      if (!(error instanceof BadInputError)) throw error;
      problems.push(...error.problems);
    }
  }
  if (problems.length > 0) throw new BadInputError(problems);
  try {
    return new RuleBook(rulesets, calendars);
  } catch (error) {
    if (!(error instanceof RuleBookError)) throw error;
    throw new BadInputError([
      {
        place: files.join(', '),
        field: '',
        expected: 'rulesets and calendars that fit together',
        got: error.message,
        hint: 'give every calendar that a ruleset names',
      },
    ]);
  }
}
