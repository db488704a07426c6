import {
  CalendarDocument,
  RecipientsDocument,
  RulesetDocument,
  ScoreScheme,
  SourcesDocument,
} from '@mingjian/contracts';
import { LINT_CODES } from '@mingjian/rules';
import { z } from 'zod';
import { pathInChinese, valueInChinese } from './document-words';
import { FIELD_WORDS, VALUE_WORDS } from './field-words';
import { fieldDifference } from './field-difference';
import { limitCell, limitInCell } from './limit-cell';
import { LINT_WORDS } from './lint-words';
import { rebased } from './rebase';
import { textDifference } from './text-difference';

interface JsonSchema {
  properties?: Record<string, JsonSchema>;
  enum?: unknown[];
  const?: unknown;
  [key: string]: unknown;
}

/** Names of members and values of choices that a schema has. */
function wordsOf(schema: JsonSchema, names: Set<string>, values: Set<string>): void {
  for (const name of Object.keys(schema.properties ?? {})) names.add(name);
  for (const value of [...(schema.enum ?? []), schema.const])
    if (typeof value === 'string') values.add(value);
  for (const part of Object.values(schema))
    for (const one of Array.isArray(part)
      ? part
      : typeof part === 'object' && part !== null
        ? Object.values(part)
        : [])
      if (typeof one === 'object' && one !== null) wordsOf(one as JsonSchema, names, values);
  for (const [key, part] of Object.entries(schema))
    if (
      ['items', 'additionalProperties', 'propertyNames'].includes(key) &&
      typeof part === 'object' &&
      part !== null
    )
      wordsOf(part as JsonSchema, names, values);
}

describe('words for changes of the rules', () => {
  const names = new Set<string>();
  const values = new Set<string>();
  for (const schema of [RulesetDocument, CalendarDocument, RecipientsDocument, ScoreScheme, SourcesDocument])
    wordsOf(
      z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any', reused: 'inline' }) as JsonSchema,
      names,
      values,
    );

  it('are there for every member of documents that are changed by drafts', () => {
    expect(names.size).toBeGreaterThan(100);
    expect([...names].filter((name) => FIELD_WORDS[name] === undefined)).toEqual([]);
  });

  it('are there for every choice', () => {
    const chinese = /\p{Script=Han}/u;
    const days = new Set(['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']);
    expect(
      [...values].filter(
        (value) => !chinese.test(value) && !days.has(value) && VALUE_WORDS[value] === undefined,
      ),
    ).toEqual([]);
  });

  it('are there for everything that the lint may find', () => {
    expect(Object.keys(LINT_WORDS).sort()).toEqual(Object.keys(LINT_CODES).sort());
  });

  it('name items, steps and places in lists as the document does', () => {
    const document = {
      items: { A1: { name: '规划许可', steps: { s1: { name: '初审' } } } },
      orders: { ladder: [{ level: 'reminder' }] },
    };
    expect(pathInChinese(['items', 'A1', 'steps', 's1', 'limit'], document)).toBe(
      '事项 规划许可（A1） › 环节 初审（s1） › 时限',
    );
    expect(pathInChinese(['orders', 'ladder', '0', 'after'], document)).toBe(
      '督办 › 逾期措施 › 第 1 项 › 逾期后',
    );
    expect(valueInChinese({ limit: '7wd', redAfter: '0wd' })).toBe('时限：7 个工作日；到期后亮红灯：立即');
    expect(valueInChinese({ name: 'none', enabled: false })).toBe('名称：none；启用：否');
  });
});

describe('a limit in a cell', () => {
  it.each([
    '7wd',
    '7wd@time',
    '160wh',
    '90wm',
    '30ws',
    '60d',
    '60d!',
    '56d!@time',
    '48h',
    '0wd',
    'none',
    'carried',
  ])('is read as it was written: %s', (limit) => {
    expect(limitInCell(limitCell(limit))).toBe(limit);
    expect(limitInCell(limit)).toBe(limit);
  });
  it('is not guessed where the unit is left out', () => {
    expect(limitInCell('7')).toBeUndefined();
    expect(limitInCell('七天')).toBeUndefined();
    expect(limitInCell('')).toBeNull();
    expect(limitInCell('7个工作日')).toBe('7wd');
  });
});

describe('the difference of two texts', () => {
  const apply = (lines: ReturnType<typeof textDifference>, side: 'removed' | 'added'): string =>
    lines.flatMap(({ kind, text }) => (kind === 'same' || kind === side ? [text] : [])).join('\n');
  it('gives both texts back, with as few lines changed as can be', () => {
    const before = 'a\nb\nc\nd\ne';
    const after = 'a\nx\nc\ne\nf';
    const lines = textDifference(before, after);
    expect(apply(lines, 'removed')).toBe(before);
    expect(apply(lines, 'added')).toBe(after);
    expect(lines.filter(({ kind }) => kind !== 'same')).toHaveLength(4);
  });
  it('leaves out what is far from any change', () => {
    const many = Array.from({ length: 50 }, (_, n) => `line ${n}`);
    const after = many.map((line, n) => (n === 25 ? 'other' : line));
    const lines = textDifference(many.join('\n'), after.join('\n'));
    expect(lines.map(({ kind }) => kind)).toEqual([
      ...['gap', 'same', 'same', 'same', 'removed', 'added', 'same', 'same', 'same', 'gap'],
    ]);
    expect(textDifference('a\nb', 'a\nb')).toEqual([]);
  });
});

describe('changes put on top of others', () => {
  const base = {
    items: { A: { promise: '7wd' }, B: { promise: '5wd' } },
    days: [{ date: '2026-10-01', off: true }],
  };
  it('keep both where they touch different members, and both days', () => {
    const mine = {
      ...base,
      items: { ...base.items, A: { promise: '3wd' } },
      days: [...base.days, { date: '2026-10-02', off: true }],
    };
    const theirs = {
      ...base,
      items: { ...base.items, B: { promise: '4wd' } },
      days: [...base.days, { date: '2026-09-30', off: true }],
    };
    const { document, conflicts } = rebased(base, mine, theirs);
    expect(conflicts).toEqual([]);
    expect(document).toEqual({
      items: { A: { promise: '3wd' }, B: { promise: '4wd' } },
      days: ['2026-09-30', '2026-10-01', '2026-10-02'].map((date) => ({ date, off: true })),
    });
  });
  it('name what both changed, and say nothing where both say the same', () => {
    const mine = { ...base, items: { A: { promise: '3wd' }, B: { promise: '6wd' } } };
    const theirs = { ...base, items: { A: { promise: '4wd' }, B: { promise: '6wd' } } };
    expect(rebased(base, mine, theirs).conflicts).toEqual([['items', 'A', 'promise']]);
  });
  it('compare a limit alone and one among members as the same', () => {
    expect(fieldDifference({ promise: '7wd' }, { promise: { limit: '7wd' } })).toEqual([]);
  });
});
