import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { MappingDocument } from '@mingjian/mapping';
import { parse } from 'yaml';
import { lintChange, lintMapping } from './lint-mapping';

const ROOT = join(__dirname, '../../../../..');
const RULE = { type: 'case.accepted', id: '{no}/a', subject: '{no}', time: '{at}', data: { item: '{item}' } };
const BASE = { mapping: 'm', format: 'csv', source: 'urn:a', zone: 'Asia/Shanghai' };
const mapping = (events: object[], more: object = {}): MappingDocument =>
  MappingDocument.parse({ ...BASE, events, ...more });
const found = (events: object[], more: object = {}): string[] =>
  lintMapping(mapping(events, more)).map(({ code, path, column }) =>
    [code, path.join('.'), ...(column === undefined ? [] : [column])].join(' '),
  );

/* What this spec guarantees: a mapping that could bring in nothing, or the same twice, is noticed before it does. */
describe('the lint of mappings', () => {
  it('has nothing against the mappings that come with the product, but for what they say themselves', () => {
    const presets = readdirSync(join(ROOT, 'mappings'), { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => join(ROOT, 'mappings', name, 'mapping.yaml'));
    const files = [...presets, join(ROOT, 'feeds/mappings/exchange-view.yaml')];
    expect(files.length).toBeGreaterThan(4);
    for (const file of files) {
      const document = MappingDocument.parse(parse(readFileSync(file, 'utf8')));
      expect([file, lintMapping(document)]).toEqual([file, []]);
    }
  });

  it('finds events that are all one, or belong to one case', () => {
    expect(found([{ ...RULE, id: 'a', subject: { field: 'no' } }])).toEqual(['constant-id events.0.id']);
    expect(found([{ ...RULE, subject: 'C-1' }])).toEqual(['constant-subject events.0.subject']);
  });

  it('finds two events of one id, unless no record means both', () => {
    const withdrawn = { ...RULE, type: 'case.withdrawn' };
    expect(found([RULE, withdrawn])).toEqual(['same-id events.1.id']);
    const when = (is: string | string[]): object => ({ when: { field: 'kind', is } });
    expect(
      found([
        { ...RULE, ...when(['1', '2']) },
        { ...withdrawn, ...when('3') },
      ]),
    ).toEqual([]);
    expect(
      found([
        { ...RULE, ...when(['1', '2']) },
        { ...withdrawn, ...when('2') },
      ]),
    ).toEqual(['same-id events.1.id']);
    const unless = { when: { field: 'kind', isNot: '3' } };
    expect(
      found([
        { ...RULE, ...unless },
        { ...withdrawn, ...when('3') },
      ]),
    ).toEqual([]);
  });

  it('finds what no record can be or have', () => {
    const never = [
      { field: 'kind', is: '1' },
      { field: 'kind', is: ['2', '3'] },
    ];
    expect(found([{ ...RULE, when: never }])).toEqual(['never-applies events.0.when']);
    expect(found([RULE], { columns: ['no', 'at'] })).toEqual(['column-missing events.0.data.item item']);
    expect(found([RULE], { columns: ['no', 'at', 'item'] })).toEqual([]);
  });

  it('finds what the contract would refuse: data that is missing, types, units and times that say nothing', () => {
    expect(found([{ ...RULE, type: 'step.finished' }])).toEqual(['data-missing events.0.data.step']);
    const tables = { types: { '1': 'case.decided', '2': 'case.finished' } };
    expect(found([{ ...RULE, type: { field: 'kind', table: 'types' } }], { tables })).toEqual([
      'type-unknown tables.types.2',
    ]);
    const limit = (unit: string): object => ({
      data: { item: 'A', promiseLimit: { field: 'days', as: 'limit', unit } },
    });
    expect(found([{ ...RULE, ...limit('天') }])).toEqual(['unit-unknown events.0.data.promiseLimit.unit']);
    expect(found([{ ...RULE, ...limit('天') }], { units: { 天: 'wd' } })).toEqual([]);
    expect(found([{ ...RULE, ...limit('constructor') }])).toHaveLength(1);
    expect(found([{ ...RULE, ...limit('{unit}') }])).toEqual([]);
    expect(found([RULE], { zone: undefined, times: ['yyyy-MM-dd HH:mm:ss'] })).toEqual(['zone-missing zone']);
    expect(found([RULE], { zone: undefined, times: ['yyyy-MM-dd HH:mm:ss', 'iso'] })).toEqual([]);
  });

  it('finds what tells no item, and what nothing reads', () => {
    expect(found([{ ...RULE, data: {} }])).toEqual(['item-missing events']);
    expect(found([RULE], { tables: { a: { '1': 'x' } } })).toEqual(['table-unused tables.a']);
    const inputs = { a: { join: { b: { input: 'b', on: '{no}' } } }, b: { key: '{no}' } };
    expect(found([{ ...RULE, input: 'a' }], { inputs })).toEqual(['join-unused inputs.a.join.b']);
    expect(found([{ ...RULE, input: 'a', time: '{b.at}' }], { inputs })).toEqual([]);
  });

  it('finds a change after which what was read would be told again under another name', () => {
    const before = mapping([RULE, { ...RULE, type: 'case.decided', id: '{no}/d' }]);
    const change = (events: object[], more: object = {}): string[] =>
      lintChange(before, mapping(events, more)).map(({ code, path }) => `${code} ${path.join('.')}`);
    expect(change([RULE], { source: 'urn:b' })).toEqual(['source-changed source']);
    expect(change([{ ...RULE, type: 'case.decided', id: '{no}/end' }, RULE])).toEqual([
      'id-changed events.0.id',
    ]);
    expect(change([...before.events, { ...RULE, type: 'case.accepted', id: '{no}/again' }])).toEqual([]);
    expect(
      change([
        { ...RULE, time: '{later}' },
        { ...RULE, type: 'case.decided', id: '{no}/d' },
      ]),
    ).toEqual([]);
  });
});
