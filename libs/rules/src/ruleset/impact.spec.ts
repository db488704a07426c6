import type { TimelineEvent } from '@mingjian/contracts';
import { aCase, at, bookOf, calendarOf, OFFICE_2026 } from '../testing/builders';
import type { CaseBuilder } from '../testing/builders';
import { impactOnOpenCases } from './impact';

const item = { name: '事项', promise: '7wd', delivery: 'none' };
const closure = { date: '2026-09-16', off: true, scope: { department: 'housing' }, basis: '停办公告' };
const closed = calendarOf({ ...OFFICE_2026.document, days: [...OFFICE_2026.document.days, closure] });
const before = bookOf({ A: item, B: { ...item, promise: '3wd' } });
const after = bookOf({ A: item, B: { ...item, promise: '3wd' } }, {}, closed);

const cases = (...builders: CaseBuilder[]): Map<string, TimelineEvent[]> =>
  new Map(builders.map(({ caseNo, events }) => [caseNo, events]));
const accepted = (caseNo: string, department: string, code = 'A'): CaseBuilder =>
  aCase(code, caseNo).accepted('2026-09-14 10:00', { department });

describe('what another calendar does to the cases that are open', () => {
  const impact = (timelines: Map<string, TimelineEvent[]>, when = '2026-09-18 09:00') =>
    impactOnOpenCases(timelines, before, after, at(when));

  it('names the due instants that move, clock by clock', () => {
    const { open, changed } = impact(cases(accepted('H', 'housing'), accepted('M', 'market')));
    expect(open).toBe(2);
    expect(changed).toEqual([
      {
        caseNo: 'H',
        department: 'housing',
        item: 'A',
        before: 'green',
        after: 'green',
        moved: [
          {
            clock: 'promise',
            kind: 'promise',
            before: at('2026-09-22 23:59:59.999'),
            after: at('2026-09-23 23:59:59.999'),
          },
          expect.objectContaining({ clock: 'statutory' }),
        ],
      },
    ]);
  });

  it('names the lights that change', () => {
    const { changed } = impact(cases(accepted('H', 'housing', 'B')));
    expect(changed.map((one) => [one.before, one.after])).toEqual([['red', 'yellow']]);
  });

  it('leaves out what is closed, and what has not happened', () => {
    const decided = accepted('H', 'housing').decided('2026-09-17 10:00');
    expect(impact(cases(decided))).toEqual({ open: 0, changed: [] });
    expect(impact(cases(accepted('H', 'housing')), '2026-09-14 09:00')).toEqual({ open: 0, changed: [] });
    expect(impact(cases(decided), '2026-09-17 09:00')).toMatchObject({ open: 1, changed: [{ caseNo: 'H' }] });
  });

  it('finds nothing where nothing differs', () => {
    const same = impactOnOpenCases(cases(accepted('H', 'housing')), after, after, at('2026-09-18'));
    expect(same).toEqual({ open: 1, changed: [] });
  });

  it('says of a clock that is held that it has no due instant', () => {
    const held = accepted('H', 'housing').suspended('2026-09-15 10:00');
    expect(impact(cases(held)).changed).toEqual([]);
  });
});
