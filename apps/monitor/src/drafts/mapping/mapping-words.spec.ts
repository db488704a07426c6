import { problemsOf, StepEventData } from '@mingjian/contracts';
import {
  compileMapping,
  MappingDocument,
  mapRecord,
  previewText,
  emptyPreviewSum,
  problemOf,
  type RecordContext,
} from '@mingjian/mapping';
import { EventRule } from '../../../../../libs/mapping/src/event-rule';
import { InputRule } from '../../../../../libs/mapping/src/input-rule';
import { Condition, Derived } from '../../../../../libs/mapping/src/value-rule';
import { fieldWord, pathInChinese, valueInChinese } from '../document-words';
import { formProblems } from '../form-problems';
import { MAPPING_LINT } from './lint-mapping';
import { MAPPING_LINT_WORDS } from './mapping-lint-words';
import { dataWord } from './mapping-words';
import { recordProblem } from './record-outcome';

const HAN = /\p{Script=Han}/u;
const VALID = {
  ...{ mapping: 'm', format: 'csv', source: 'urn:a', zone: 'Asia/Shanghai' },
  events: [{ type: 'case.accepted', id: '{no}/a', subject: '{no}', time: '{at}', data: {} }],
};
const withEvent = (change: object): object => ({ ...VALID, events: [{ ...VALID.events[0], ...change }] });
const withInput = (change: object, event: object = {}): object => ({
  ...withEvent({ input: 'a', ...event }),
  inputs: { a: change },
});

/* What this spec guarantees: administrators read no English in what is said of a mapping or of a record. */
describe('the words of mappings', () => {
  it('are there for every member', () => {
    const members: [string[], object][] = [
      [['events', '0'], EventRule.shape],
      [['events', '0', 'data', 'item'], Derived.shape],
      [['events', '0', 'when', '0'], Condition.shape],
      [['inputs', 'a'], InputRule.shape],
    ];
    const own = ['mapping', 'version', 'source', 'description'];
    const top = Object.keys(MappingDocument.shape).filter((name) => !own.includes(name));
    const paths = [
      ...top.map((name) => [name]),
      ...members.flatMap(([path, shape]) => Object.keys(shape).map((name) => [...path, name])),
    ];
    expect(paths.length).toBeGreaterThan(40);
    expect(paths.filter((path) => !HAN.test(fieldWord(path)))).toEqual([]);
    expect(own.filter((name) => !HAN.test(fieldWord([name])))).toEqual([]);
    expect(Object.keys(StepEventData.shape).filter((name) => dataWord(name) === undefined)).toEqual([]);
  });

  it('name tables, codes and joins as their authors did', () => {
    const inputs = { 办件: { join: { 受理: { input: 'b', missing: 'wait' } } } };
    const document = { inputs, tables: { limit: { time: '20wd' } }, events: [{ type: 'case.accepted' }] };
    expect(pathInChinese(['inputs', '办件', 'join', '受理', 'missing'], document)).toBe(
      '数据表 办件 › 并表 受理 › 未到时',
    );
    expect(pathInChinese(['tables', 'limit', 'time'], document)).toBe('代码表 limit › time');
    expect(valueInChinese('20wd', ['tables', 'limit', 'time'])).toBe('20wd');
    expect(valueInChinese('case.accepted', ['events', '0', 'type'])).toBe('受理');
    expect(valueInChinese('wait', ['inputs', '办件', 'join', '受理', 'missing'])).toBe('等待');
  });

  it('say everything that the lint may find', () => {
    expect(Object.keys(MAPPING_LINT_WORDS).sort()).toEqual(Object.keys(MAPPING_LINT).sort());
  });

  it.each([
    ['an unknown member', { ...VALID, zones: 'x' }],
    ['an encoding', { ...VALID, encoding: 'klingon' }],
    ['a zone', { ...VALID, zone: 'Mars' }],
    ['a time format', { ...VALID, times: ['QQ'] }],
    ['no events', { ...VALID, events: [] }],
    ['an event type', withEvent({ type: 'case.acepted' })],
    ['a brace', withEvent({ id: '{no' })],
    ['an object where a text is', withEvent({ id: { no: 1 } })],
    ['field and template', withEvent({ id: { field: 'a', template: '{a}' } })],
    ['a unit', withEvent({ data: { promiseLimit: { field: 'a', as: 'limit' } } })],
    ['a condition', withEvent({ when: { field: 'a' } })],
    ['a kind of value', withEvent({ data: { item: { field: 'a', as: 'money' } } })],
    ['a table', withEvent({ data: { item: { field: 'a', table: 'none' } } })],
    ['a member of events', withEvent({ data: { itm: '{a}' } })],
    ['an input without inputs', withEvent({ input: 'a' })],
    ['no input', { ...VALID, inputs: { a: {} } }],
    ['another input', withInput({}, { input: 'b' })],
    ['an input that nothing reads', { ...withInput({}), inputs: { a: {}, b: {} } }],
    ['a name with dots', { ...VALID, inputs: { 'a.b': {} } }],
    ['a join to nothing', withInput({ join: { b: { input: 'b', on: '{x}' } } })],
    [
      'a join without a key',
      {
        ...withInput({ join: { b: { input: 'b', on: '{x}' } } }),
        inputs: { a: { join: { b: { input: 'b', on: '{x}' } } }, b: {} },
      },
    ],
    ['a version without a key', withInput({ version: { field: 'v', time: '{at}' } })],
    ['a version in no id', withInput({ key: '{no}', version: { field: 'v', time: '{at}' } })],
    [
      'another field in the id',
      withInput({ key: '{no}', version: { field: 'v', time: '{at}' } }, { id: '{no}/{v}/{z}' }),
    ],
    [
      'each with versions',
      withInput({ key: '{no}', version: { field: 'v', time: '{at}' } }, { id: '{no}/{v}', each: 'list' }),
    ],
    [
      'an id that is made',
      withInput({ key: '{no}', version: { field: 'v', time: '{at}' } }, { id: { field: 'no' } }),
    ],
    ['a start that cannot be', { ...withEvent({ type: 'step.started' }), cannotExpress: ['step-start'] }],
    [
      'a resumption that cannot be',
      { ...withEvent({ type: 'case.resumed' }), cannotExpress: ['suspension-end'] },
    ],
    ['what cannot be expressed', { ...VALID, cannotExpress: ['stepstart'] }],
  ])('say what is wrong with %s', (_, written) => {
    const parsed = MappingDocument.safeParse(written);
    if (parsed.success) throw new Error('it is in order');
    for (const { field, expected, hint } of formProblems(
      problemsOf(parsed.error, '', written),
      written as never,
    )) {
      expect([expected, HAN.test(expected)]).toEqual([expected, true]);
      expect(field).toMatch(HAN);
      expect(hint === '' || HAN.test(hint) ? '' : hint).toBe('');
    }
  });

  const mapping = (change: object = {}, more: object = {}) =>
    compileMapping(MappingDocument.parse({ ...withEvent(change), ...more }));
  const GOOD = { no: 'C-1', at: '2026-09-14T10:00:00+08:00', x: 'y' };
  it.each([
    ['no record', mapping(), 5],
    ['a time', mapping(), { ...GOOD, at: 'soon' }],
    ['a time that does not exist', mapping(), { ...GOOD, at: '2026-02-30T10:00:00' }],
    ['no value', mapping(), { at: GOOD.at }],
    ['an object for a text', mapping(), { ...GOOD, no: {} }],
    ['a long number', mapping(), { ...GOOD, no: Number('12345678901234567890') }],
    [
      'a code',
      mapping({ data: { result: { field: 'x', table: 't' } } }, { tables: { t: { a: 'b' } } }),
      GOOD,
    ],
    [
      'a unit',
      mapping({ data: { promiseLimit: { field: 'x', as: 'limit', unit: '天' } } }),
      { ...GOOD, x: '3' },
    ],
    ['days', mapping({ data: { promiseLimit: { field: 'x', as: 'limit', unit: 'G' } } }), GOOD],
    ['a number', mapping({ data: { amount: { field: 'x', as: 'number' } } }), GOOD],
    ['a whole number', mapping({ data: { days: { field: 'x', as: 'integer' } } }), GOOD],
    ['no rule that fits', mapping({ when: { field: 'x', is: 'z' } }), GOOD],
    ['a case number that is too long', mapping(), { ...GOOD, no: 'C'.repeat(90) }],
    ['data that an event needs', mapping({ type: 'step.started' }), GOOD],
    ['an applicant', mapping({ data: { applicant: '{x}' } }), GOOD],
    ['a limit', mapping({ data: { promiseLimit: '{x}' } }), GOOD],
    ['an instant', mapping({ data: { promiseDueAt: '{x}' } }), GOOD],
    ['a time to come', mapping(), { ...GOOD, at: '2036-02-03T10:00:00' }],
    ['what cannot be stored', mapping(), { ...GOOD, no: 'C\0' }],
    [
      'a version',
      compileMapping(
        MappingDocument.parse(
          withInput({ key: '{no}', version: { field: 'v', time: '{at}' } }, { id: '{no}/{v}' }),
        ),
      ),
      { a: { ...GOOD, v: 'x' } },
    ],
  ])('say what is wrong with a record that has %s', (_, by, record) => {
    const context: RecordContext = {
      source: 'urn:a',
      feed: 'file',
      place: '',
      receivedAt: Date.parse('2026-09-15T00:00:00Z'),
      futureToleranceMs: 0,
      raw: '',
    };
    const [mapped] = mapRecord(record, by, context);
    if (mapped === undefined || mapped.acceptance.ok) throw new Error('it is in order');
    const { quarantine } = mapped.acceptance;
    const { expected, hint } = recordProblem(quarantine.reason, problemOf(quarantine), true);
    expect([expected, HAN.test(expected)]).toEqual([expected, true]);
    expect(hint === '' || HAN.test(hint) ? '' : hint).toBe('');
  });

  it.each([
    ['csv', ''],
    ['csv', 'no\nC-1'],
    ['csv', 'no,at\n"C-1'],
    ['csv', 'no,at\nC-1'],
    ['csv', 'no,at\nC"1,2'],
    ['csv', 'no,at\n"C"1,2'],
    ['json', '{'],
    ['ndjson', '{"no": 5'],
    ['xml', '<a><b></a>'],
    ['xml', '<!DOCTYPE a><a/>'],
  ] as const)('say why a text of %s cannot be read: %j', async (format, text) => {
    const problems: object[] = [];
    try {
      const options = {
        ...{
          mapping: mapping(),
          limit: null,
          clock: { now: () => 0 },
          settings: { futureToleranceSeconds: 0 },
        },
        text: { name: '', pieces: [text], format },
      };
      for await (const { rejects } of previewText(options, emptyPreviewSum()))
        problems.push(...rejects.map((one) => recordProblem(one.reason, one.problem, false)));
    } catch (error) {
      const found = (error as { problems?: Parameters<typeof recordProblem>[1][] }).problems;
      if (found === undefined) throw error;
      problems.push(...found.map((one) => recordProblem('malformed', one, false)));
    }
    expect(problems.length).toBeGreaterThan(0);
    for (const { expected, hint } of problems as { expected: string; hint: string }[]) {
      expect(expected).toMatch(HAN);
      expect(hint === '' || HAN.test(hint) ? '' : hint).toBe('');
    }
  });
});
