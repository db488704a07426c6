import { ScenarioDocument } from '@mingjian/contracts';
import { bookOf } from '../testing/builders';
import { runScenario } from './run-scenario';

const book = bookOf({ A: { name: '事项', promise: '7wd' }, B: { name: '未定承诺' } });
const accepted = { at: '2026-09-14 10:00', type: 'case.accepted', data: { item: 'A' } };

function run(expectations: unknown[], events: unknown[] = [accepted]) {
  return runScenario(
    ScenarioDocument.parse({
      name: 'n',
      provision: 'p',
      ruleset: 'r',
      calendar: 'c',
      events,
      expect: expectations,
    }),
    book,
  );
}

describe('a scenario', () => {
  it('holds when everything that is written is so', () => {
    const { compared, differences } = run([
      {
        at: '2026-09-21',
        light: 'yellow',
        clock: 'promise',
        dueAt: '2026-09-22',
        open: true,
        stepLight: 'green',
        provisional: false,
        findings: [],
        clocks: {
          promise: { light: 'yellow', phase: 'running', dueAt: '2026-09-22 23:59:59.999' },
          statutory: { startedAt: '2026-09-14 10:00', provisional: false },
          delivery: 'none',
        },
      },
    ]);
    expect(differences).toEqual([]);
    expect(compared).toBe(13);
  });

  it.each([
    [{ light: 'green' }, ['light'], 'green', 'yellow'],
    [{ clock: 'statutory' }, ['clock'], 'statutory', 'promise'],
    [{ dueAt: '2026-09-23' }, ['dueAt'], '2026-09-23 23:59:59.999+08:00', '2026-09-22 23:59:59.999+08:00'],
    [{ dueAt: 'none' }, ['dueAt'], 'none', '2026-09-22 23:59:59.999+08:00'],
    [{ open: false }, ['open'], 'false', 'true'],
    [{ stepLight: 'red' }, ['stepLight'], 'red', 'green'],
    [{ provisional: true }, ['provisional'], 'true', 'false'],
    [{ findings: ['EXT-1'] }, ['findings'], 'EXT-1', 'none'],
    [{ clocks: { promise: 'none' } }, ['clocks', 'promise'], 'none', 'yellow'],
    [{ clocks: { delivery: {} } }, ['clocks', 'delivery'], 'clock delivery', 'none'],
    [{ clocks: { promise: { light: 'red' } } }, ['clocks', 'promise', 'light'], 'red', 'yellow'],
    [{ clocks: { promise: { phase: 'overdue' } } }, ['clocks', 'promise', 'phase'], 'overdue', 'running'],
    [
      { clocks: { promise: { startedAt: '2026-09-14' } } },
      ['clocks', 'promise', 'startedAt'],
      '2026-09-14 00:00:00.000+08:00',
      '2026-09-14 10:00:00.000+08:00',
    ],
  ])('that says %j differs in %j', (said, field, expected, found) => {
    expect(run([{ at: '2026-09-21', ...said }]).differences).toEqual([
      { path: ['expect', 0, ...field], at: '2026-09-21', expected, found },
    ]);
  });

  it('knows a finding by its code, or by code and kind, and refuses one that is not written', () => {
    const events = [{ ...accepted, data: { item: 'B' } }];
    const differ = (findings: string[]): number =>
      run([{ at: '2026-09-15', findings }], events).differences.length;
    expect(differ(['DQ-4'])).toBe(0);
    expect(differ(['DQ-4 no-limit'])).toBe(0);
    expect(differ(['DQ-4 no-start'])).toBe(1);
    expect(differ([])).toBe(1);
    expect(differ(['DQ-4', 'EXT-1'])).toBe(1);
  });

  it('shows at an instant only what had happened and was known by then', () => {
    const decided = { at: '2026-09-22 16:00', type: 'case.decided', data: { result: 'refused' } };
    const late = { ...decided, receivedAt: '2026-09-24 09:00' };
    const seen = [
      { at: '2026-09-22 15:59', open: true },
      { at: '2026-09-23', light: 'red' },
      { at: '2026-09-23', knownAt: '2026-09-24 09:00', light: 'green', open: false },
      { at: '2026-09-22 15:59', knownAt: '2026-09-24 09:00', open: true },
    ];
    expect(run(seen, [accepted, late]).differences).toEqual([]);
    expect(run([{ at: '2026-09-23', light: 'green' }], [accepted, decided]).differences).toEqual([]);
  });
});
