import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runInNewContext } from 'node:vm';
import { STEP_EVENT_TYPES } from '@mingjian/contracts';
import {
  COMPLAINT_ACT_NAMES,
  COMPLAINT_KIND_NAMES,
  COMPLAINT_STATE_NAMES,
  COMPLAINT_VERDICT_NAMES,
  REVIEW_OUTCOME_NAMES,
} from '../../apps/monitor/src/complaints/complaint-words';
import {
  RATING_APPEAL_REASON_NAMES,
  RATING_APPEAL_STATE_NAMES,
  RATING_GRADE_NAMES,
} from '../../apps/monitor/src/ratings/rating-words';

const source = join(__dirname, '../../apps/console/src');

type Words = { [key: string]: string | Words };

/** The words of a language: each file is an object without anything else in it. */
function wordsOf(language: string): Words {
  const names = readdirSync(join(source, 'words', language)).filter((name) => name !== 'index.ts');
  return Object.assign(
    {},
    ...names.map((name) => wordsOfFile(join(source, 'words', language, name))),
  ) as Words;
}

function wordsOfFile(file: string): Words {
  const text = readFileSync(file, 'utf8');
  const object = text.slice(text.indexOf('{', text.indexOf('import type') >= 0 ? text.indexOf('= {') : 0));
  const end = object.lastIndexOf('}') + 1;
  return runInNewContext(`(${object.slice(0, end)})`) as Words;
}

function keysOf(words: Words, prefix = ''): string[] {
  return Object.entries(words).flatMap(([key, value]) =>
    typeof value === 'string' ? [prefix + key] : keysOf(value, `${prefix}${key}.`),
  );
}

const zh = wordsOf('zh-CN');
const en = wordsOf('en');
const files = readdirSync(source, { recursive: true })
  .map(String)
  .filter((name) => /\.(vue|ts)$/.test(name) && !name.startsWith('words'));
const text = files.map((name) => readFileSync(join(source, name), 'utf8')).join('\n');

describe('the words of the console', () => {
  it('has every word that a page says, in Chinese and in English', () => {
    const said = [...text.matchAll(/\bt\(\s*'([\w.·-]+)'/g)].map(([, key]) => key!);
    expect(said.length).toBeGreaterThan(150);
    for (const words of [zh, en]) {
      const known = new Set(keysOf(words));
      expect(said.filter((key) => !known.has(key))).toEqual([]);
    }
  });

  it('has the same words in both languages, with the same places for figures', () => {
    expect(keysOf(en).sort()).toEqual(keysOf(zh).sort());
    const places = (words: Words) =>
      keysOf(words).map((key) => {
        const value = key
          .split('.')
          .reduce<Words | string>((at, part) => (at as Words)[part]!, words) as string;
        return `${key} ${[...value.matchAll(/\{\w+\}/g)]
          .map(([place]) => place)
          .sort()
          .join(' ')}`;
      });
    expect(places(en).sort()).toEqual(places(zh).sort());
  });

  it('has a word for every event of a case', () => {
    const known = new Set(keysOf(zh));
    const ofCases = STEP_EVENT_TYPES.filter((type) => type !== 'service.counted');
    expect(ofCases.filter((type) => !known.has(`event.${type.replaceAll('.', '·')}`))).toEqual([]);
  });

  // The console is an application of its own and imports none; what it offers before there is an answer it says itself.
  it.each<[key: string, names: Readonly<Record<string, string>>]>([
    ['actions.complaintState', COMPLAINT_STATE_NAMES],
    ['actions.complaintKind', COMPLAINT_KIND_NAMES],
    ['actions.complaintVerdict', COMPLAINT_VERDICT_NAMES],
    ['actions.reviewOutcome', REVIEW_OUTCOME_NAMES],
    ['actions.complaintAct', COMPLAINT_ACT_NAMES],
    ['ratings.grades', RATING_GRADE_NAMES],
    ['ratings.appealState', RATING_APPEAL_STATE_NAMES],
    ['ratings.appealReason', RATING_APPEAL_REASON_NAMES],
  ])('calls %s what the daemon calls it; a button may say more', (key, names) => {
    const said = key.split('.').reduce<Words | string>((at, part) => (at as Words)[part]!, zh) as Words;
    const others = Object.entries(said).filter(([name, words]) => !(words as string).includes(names[name]!));
    expect(Object.keys(said).length).toBeGreaterThan(2);
    expect(others).toEqual([]);
  });

  it('keeps no word that no page says', () => {
    // What is put together from a kind and a code of the API is looked for by its kind.
    const isSaid = (key: string): boolean => {
      const parts = key.split('.');
      return (
        text.includes(`'${key}'`) ||
        parts.some((_, depth) => {
          const kind = parts.slice(0, depth).join('.');
          return depth > 0 && (text.includes(`\`${kind}.\${`) || said.has(kind));
        })
      );
    };
    const said = new Set([...text.matchAll(/\bof\('(\w+)'/g)].map(([, kind]) => kind!));
    for (const kind of [
      'clock',
      'event',
      'step',
      'ledger',
      'limit',
      'unnamed',
      'role',
      'place',
      'outcome',
      'result',
      'rules.part',
      'actions.part',
    ])
      said.add(kind);
    expect(keysOf(zh).filter((key) => !isSaid(key))).toEqual([]);
  });
});
