import { parseDocument, LineCounter, isNode } from 'yaml';
import { lintRules } from '@mingjian/rules';
import type { LintFinding } from '@mingjian/rules';
import { readCalendars } from '../files/read-calendars';
import { readRuleBook } from '../files/read-rule-book';
import { readText } from '../files/read-text';
import type { Io } from './io';
import { EXIT } from './io';

export interface LintOptions {
  calendar: string[];
  json?: boolean;
}

/** `mingjian lint RULESET…`: what is wrong with a ruleset, by file and line; exit code 1 when anything is. */
export async function lint(files: string[], options: LintOptions, io: Io): Promise<number> {
  const calendars = await readCalendars(options.calendar);
  const book = await readRuleBook(files, calendars);
  const texts = new Map(await Promise.all(files.map(async (file) => [file, await readText(file)] as const)));
  const findings = lintRules(book, io.now()).map((finding) => ({ ...finding, ...placeOf(finding, texts) }));
  if (options.json) await io.out(`${JSON.stringify({ findings })}\n`);
  else {
    for (const { file, line, path, severity, code, message, suggestion } of findings)
      await io.out(`${file}:${line}: ${severity} ${code}: ${path.join('.')}: ${message} — ${suggestion}\n`);
    await io.out(findings.length === 0 ? 'no findings\n' : `${findings.length} findings\n`);
  }
  return findings.length === 0 ? EXIT.done : EXIT.findings;
}

/** File and line of a finding: the file that holds its version, the nearest ancestor that stands in the text. */
function placeOf(finding: LintFinding, texts: ReadonlyMap<string, string>): { file: string; line: number } {
  for (const [file, text] of texts) {
    const lines = new LineCounter();
    const document = parseDocument(text, { lineCounter: lines });
    if (String(document.get('version')) !== finding.version && texts.size > 1) continue;
    for (let length = finding.path.length; length > 0; length--) {
      const node = document.getIn(finding.path.slice(0, length), true);
      if (isNode(node) && node.range) return { file, line: lines.linePos(node.range[0]).line };
    }
    return { file, line: 1 };
  }
  return { file: [...texts.keys()].join(', '), line: 1 };
}
