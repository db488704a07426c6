import { aCase, at, OFFICE_2026, rulesetOf } from '../testing/builders';
import { secondOpinion, secondReading } from './second-opinion';

const rulesets = [rulesetOf({ A: { name: '事项', promise: '7wd' } })];
const calendars = [OFFICE_2026.document];
const { events } = aCase('A').accepted('2026-09-14 10:00');

describe('the second opinion', () => {
  it('on one instant is that of a reading', () => {
    const reading = secondReading('C-1', events, rulesets, calendars);
    for (const when of ['2026-09-13', '2026-09-14 10:00', '2026-09-21 00:00', '2026-09-23 00:00'])
      expect(secondOpinion('C-1', events, rulesets, calendars, at(when))).toEqual(reading.at(at(when)));
    expect(reading.at(at('2026-09-23'))).toMatchObject({ light: 'red', clock: 'promise', open: true });
  });

  it('reads the events of its case and of no other', () => {
    const other = aCase('A', 'C-2').accepted('2026-09-01 10:00').decided('2026-09-02 10:00');
    expect(secondOpinion('C-1', [...other.events, ...events], rulesets, calendars, at('2026-09-23'))).toEqual(
      secondOpinion('C-1', events, rulesets, calendars, at('2026-09-23')),
    );
  });

  it('needs the calendar that a ruleset names', () => {
    expect(() => secondReading('C-1', events, rulesets, [])).toThrow('office');
  });
});
