import { LINT_SEVERITIES, lintRules } from '@mingjian/rules';
import type { LintFinding, LintSeverity } from '@mingjian/rules';
import { placesOf, type Place } from '../files/place-in-yaml';
import { readCalendars } from '../files/read-calendars';
import { readEvents } from '../files/read-events';
import { readRuleBook } from '../files/read-rule-book';
import { readText } from '../files/read-text';
import type { Io } from './io';
import { EXIT } from './io';

export interface LintOptions {
  calendar: string[];
  events?: string[];
  strict?: boolean;
  json?: boolean;
}

type PlacedFinding = LintFinding & Place & { file: string };

/**
 * `mingjian lint RULESET…`: what is wrong with a ruleset, by file and line. Exit code 1 when anything is an error or a
 * warning, with `--strict` also for a notice.
 */
export async function lint(files: string[], options: LintOptions, io: Io): Promise<number> {
  const calendars = await readCalendars(options.calendar);
  const book = await readRuleBook(files, calendars);
  const cases = options.events && (await readEvents(options.events, book.newest.calendar.zone));
  const place = await placer(files);
  const findings = lintRules(book, io.now(), cases)
    .map((finding): PlacedFinding => ({ ...finding, ...place(finding) }))
    .sort((a, b) => files.indexOf(a.file) - files.indexOf(b.file) || a.line - b.line || a.column - b.column);
  const count = (severity: LintSeverity): number =>
    findings.filter((finding) => finding.severity === severity).length;
  if (options.json) {
    const counts = { errors: count('error'), warnings: count('warning'), notices: count('notice') };
    await io.out(`${JSON.stringify({ ...counts, findings })}\n`);
  } else {
    for (const { file, line, path, severity, code, message, suggestion } of findings)
      await io.out(`${file}:${line}: ${severity} ${code}: ${path.join('.')}: ${message} — ${suggestion}\n`);
    const counts = LINT_SEVERITIES.map((severity) => `${count(severity)} ${severity}s`).join(', ');
    await io.out(findings.length === 0 ? 'no findings\n' : `${findings.length} findings: ${counts}\n`);
  }
  const isFine = findings.every(({ severity }) => severity === 'notice' && options.strict !== true);
  return isFine ? EXIT.done : EXIT.findings;
}

/** Finds file, line and column of a finding: its version is known by the day of its entry into force. */
async function placer(files: readonly string[]): Promise<(finding: LintFinding) => Place & { file: string }> {
  const texts = await Promise.all(files.map(async (file) => ({ file, ...placesOf(await readText(file)) })));
  return ({ inForceFrom, path }) => {
    const text = texts.find(({ valueAt }) => String(valueAt('inForceFrom')) === inForceFrom) ?? texts[0]!;
    return { file: text.file, ...text.placeOf(path) };
  };
}
