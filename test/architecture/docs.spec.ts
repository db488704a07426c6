import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { KafkaSettings } from '@mingjian/log';
import { FORENSIC_CODES } from '@mingjian/rules';
import { variableOf } from '@mingjian/runtime';
import { runCli } from '../../apps/mingjian/src/cli/program';

const ROOT = join(__dirname, '..', '..');
const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');

/** Files below a folder whose names end so, as paths from the root. */
function filesBelow(folder: string, endings: readonly string[]): string[] {
  return readdirSync(join(ROOT, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
    if (entry.isDirectory())
      return entry.name === 'node_modules' || entry.name === 'dist' ? [] : filesBelow(path, endings);
    return endings.some((ending) => entry.name.endsWith(ending)) ? [path] : [];
  });
}

const DOCUMENTS = [
  ...readdirSync(ROOT).filter((name) => name.endsWith('.md')),
  ...['apps', 'libs', 'docs', 'samples', 'rulesets', 'test'].flatMap((folder) => filesBelow(folder, ['.md'])),
];

const CODE_BLOCK = /^```(\w*)\n([\s\S]*?)^```$/gm;
const withoutBlocks = (text: string): string => text.replace(CODE_BLOCK, '');
const codeBlocks = (text: string): string[] => [...text.matchAll(CODE_BLOCK)].map(([block]) => block);
const inlineCode = (text: string): string[] =>
  [...withoutBlocks(text).matchAll(/`([^`\n]+)`/g)].map(([, code = '']) => code);
const headings = (text: string): string[] =>
  [...withoutBlocks(text).matchAll(/^(#+) /gm)].map(([, marks = '']) => marks);

/** Every document with what a check finds wrong in it. */
function wrongIn(find: (path: string, text: string) => string[]): string[] {
  return DOCUMENTS.flatMap((path) => find(path, read(path)).map((found) => `${path}: ${found}`));
}

/** Folders of the repository; a text in backticks that begins with one of them is a path. */
const TOP = /^(apps|libs|docs|test|scripts|rulesets|samples|bin|\.ci)\/[\w./*@-]*$/;
/** Files of the root that documents name by themselves. */
const ROOT_FILE = /^(\.env\.example|\.dependency-cruiser\.cjs|package\.json|[A-Z]+(\.zh-CN)?\.md|LICENSE)$/;

function exists(path: string): boolean {
  const wildcard = path.indexOf('*');
  if (wildcard < 0) return existsSync(join(ROOT, path));
  const folder = dirname(path.slice(0, wildcard + 1));
  return existsSync(join(ROOT, folder)) && statSync(join(ROOT, folder)).isDirectory();
}

describe('the documents', () => {
  it('link to files that exist', () => {
    const broken = wrongIn((path, text) =>
      [...withoutBlocks(text).matchAll(/\]\(([^)\s]+)\)/g)]
        .map(([, target = '']) => target.replace(/#.*$/, ''))
        .filter((target) => target !== '' && !/^[a-z]+:/.test(target))
        .map((target) => relative(ROOT, join(ROOT, dirname(path), target)))
        .filter((target) => !existsSync(join(ROOT, target))),
    );
    expect(broken).toEqual([]);
  });

  it('name files and folders that exist', () => {
    const broken = wrongIn((_, text) =>
      inlineCode(text)
        .filter((code) => TOP.test(code) || ROOT_FILE.test(code))
        .filter((code) => !exists(code)),
    );
    expect(broken).toEqual([]);
  });

  it('name files of the flow that exist where the flow has them', () => {
    const flow = read('ARCHITECTURE.md').split('\n## ')[1] ?? '';
    const rows = [...flow.matchAll(/^\| \w[\w ]*\| (`[^|]+`) *\| (`[^|]+`) *\|/gm)];
    const missing = rows.flatMap(([, folders = '', files = '']) => {
      const places = [...folders.matchAll(/`([^`]+)`/g)].map(([, folder = '']) => folder);
      return [...files.matchAll(/`([^`]+)`/g)]
        .map(([, file = '']) => file)
        .filter((file) => !places.some((place) => existsSync(join(ROOT, place, file))));
    });
    expect(rows.length).toBeGreaterThan(8);
    expect(missing).toEqual([]);
  });

  it('name npm scripts that exist', () => {
    const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
    const unknown = wrongIn((_, text) =>
      [...text.matchAll(/npm (?:run (?:--silent )?|(?=start|test))([a-z][\w:-]*)/g)]
        .map(([, name = '']) => name)
        .filter((name) => !(name in scripts)),
    );
    expect(unknown).toEqual([]);
  });

  it('name commands of bin/mingjian that exist, with options that they have', async () => {
    const helps = new Map<string, string>();
    const wrong: string[] = [];
    for (const path of DOCUMENTS)
      for (const [line, command = ''] of read(path).matchAll(/bin\/mingjian ([a-z][a-z-]*)(?: [^`\n]*)?/g)) {
        if (command === 'help') continue;
        if (!helps.has(command)) helps.set(command, await helpOf(command));
        const help = helps.get(command) ?? '';
        if (help === '') wrong.push(`${path}: ${command}`);
        for (const [option] of line.matchAll(/--[a-z][a-z-]*/g))
          if (!help.includes(option)) wrong.push(`${path}: ${command} ${option}`);
      }
    expect(helps.size).toBeGreaterThan(8);
    expect(wrong).toEqual([]);
  });

  it('name settings that exist', () => {
    const known = new Set([
      ...[...read('.env.example').matchAll(/MINGJIAN_[A-Z_]+/g)].map(([name]) => name),
      // Needed only where brokers are named; `.env.example` points to the documents for them.
      ...Object.keys(KafkaSettings.shape).map(variableOf),
    ]);
    const unknown = wrongIn((_, text) =>
      [...text.matchAll(/MINGJIAN_[A-Z_]+/g)].map(([name]) => name).filter((name) => !known.has(name)),
    );
    expect(unknown).toEqual([]);
  });

  it('name metrics that exist', () => {
    const sources = codeOf(['apps', 'libs']);
    const unknown = wrongIn((_, text) =>
      [...text.matchAll(/`(mingjian_[a-z_]+)`/g)]
        .map(([, name = '']) => name)
        .filter((name) => !sources.includes(`'${name}'`)),
    );
    expect(unknown).toEqual([]);
  });
});

describe('the two READMEs', () => {
  const english = read('README.md');
  const chinese = read('README.zh-CN.md');

  it('have the same headings in number and level', () => {
    expect(headings(chinese)).toEqual(headings(english));
  });

  it('have the same code blocks', () => {
    expect(codeBlocks(english).length).toBeGreaterThan(5);
    expect(codeBlocks(chinese)).toEqual(codeBlocks(english));
  });

  it('name the same commands, files and addresses', () => {
    const named = (text: string): string[] => [...new Set(inlineCode(text))].sort();
    expect(named(chinese)).toEqual(named(english));
  });

  it('have tables of the same size', () => {
    const rows = (text: string): number => withoutBlocks(text).match(/^\|/gm)?.length ?? 0;
    expect(rows(chinese)).toBe(rows(english));
  });
});

describe('the glossary', () => {
  it('names identifiers that exist in the code', () => {
    const sources = codeOf(['apps', 'libs']);
    const identifiers = [...read('GLOSSARY.md').matchAll(/^\|(.*)\|$/gm)]
      .map(([, row = '']) => row.split('|')[2] ?? '')
      .flatMap((cell) => [...cell.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name));
    expect(identifiers.length).toBeGreaterThan(80);
    expect(identifiers.filter((name) => !hasWord(sources, name))).toEqual([]);
  });
});

describe('the rules README', () => {
  const text = read('libs/rules/README.md');
  const section = (from: string, to: string): string => text.slice(text.indexOf(from), text.indexOf(to));
  // What the judge finds of a case, and what is found among many.
  const table = section('## Findings', '## Ruleset document') + section('## Forensic findings', '## Lint');

  it('lists every finding that the rules can make, and no other', () => {
    const pattern = /'([A-Z]{2,5}-\d+)'/g;
    const made = new Set([...codeOf(['libs/rules/src']).matchAll(pattern)].map(([, code = '']) => code));
    const listed = new Set([...table.matchAll(/^\| `([A-Z]{2,5}-\d+)`/gm)].map(([, code = '']) => code));
    expect([...listed].sort()).toEqual([...made].sort());
  });

  it('lists every kind of finding that the rules name, and no other', () => {
    // Not the Chinese texts beside the detectors: they name every kind, made or not.
    const detectors = [
      'suspensions',
      'suspension-maximum',
      'suspension-signs',
      'corrections',
      'step-order',
      'repetition',
      'fees',
      'inspectors',
      'not-in-format',
    ];
    const sources = codeOf([
      'libs/rules/src/clock',
      'libs/rules/src/light',
      'libs/rules/src/judge-case.ts',
      'libs/rules/src/forensics/forensic-finding.ts',
      ...detectors.map((name) => `libs/rules/src/finding/${name}.ts`),
    ]);
    const kinds = (source: string, pattern: RegExp): string[] =>
      [...source.matchAll(pattern)].map(([, kind = '']) => kind);
    const made = kinds(
      sources,
      /(?:detail: \{\s*kind: |contradiction\(event, |return )'([a-z]+(?:-[a-z]+)+)'/g,
    );
    const listed = kinds(table, /`([a-z]+(?:-[a-z]+)+)`/g);
    expect(made.length).toBeGreaterThan(15);
    // Why a case is grey, on purpose and without a finding.
    const noFinding = ['not-supervised'];
    expect(made.filter((kind) => !listed.includes(kind) && !noFinding.includes(kind))).toEqual([]);
    expect(Object.keys(FORENSIC_CODES).filter((kind) => !listed.includes(kind))).toEqual([]);
    // A kind may begin with the name of a field: `${field}-contradicts-earlier-event`.
    const isMade = (kind: string): boolean =>
      sources.includes(`'${kind}'`) || sources.includes(`}${kind.slice(kind.indexOf('-'))}`);
    expect(listed.filter((kind) => !isMade(kind))).toEqual([]);
  });

  it('gives due instants that the product gives', async () => {
    const limits = text.slice(text.indexOf('## Limits'), text.indexOf('`@time` goes after'));
    const rows = [
      ...limits.matchAll(/^\| `([^`]+)` *\|[^|]+\| (\d{4}-\d\d-\d\d \d\d:\d\d) *\| ([\d:. -]+?) *\|$/gm),
    ];
    expect(rows.length).toBeGreaterThan(9);
    const calendar = join(ROOT, 'rulesets/calendars/cn.yaml');
    for (const [, limit = '', from = '', due = ''] of rows) {
      const args = ['due', '--calendar', calendar, '--from', from, '--limit', limit];
      const answer = (await printed(args)).slice(0, due.length).replace('T', ' ');
      expect(`${limit} from ${from}: ${answer}`).toBe(`${limit} from ${from}: ${due}`);
    }
  });
});

/** Some files, and all TypeScript and page scripts below some folders, without specs. */
function codeOf(folders: readonly string[]): string {
  return folders
    .flatMap((folder) => (folder.endsWith('.ts') ? [folder] : filesBelow(folder, ['.ts', '.js'])))
    .filter((path) => !path.endsWith('.spec.ts'))
    .map(read)
    .join('\n');
}

function hasWord(text: string, word: string): boolean {
  const escaped = word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`(?<![\\w-])${escaped}(?![\\w-])`).test(text);
}

/** The help of a command; empty where there is none. */
async function helpOf(command: string): Promise<string> {
  const text = await printed([command, '--help']);
  return text.startsWith(`Usage: mingjian ${command}`) ? text : '';
}

async function printed(args: readonly string[]): Promise<string> {
  let text = '';
  await runCli(args, {
    stdin: process.stdin,
    out: (piece) => {
      text += piece;
      return Promise.resolve();
    },
    err: () => undefined,
    now: () => 0,
  });
  return text;
}
