import { calendarOf, weekdays } from '../testing/builders';
import { hoursOn } from './office-hours';

const WHOLE_DAY: [string, string][] = [['09:00', '17:00']];
const basis = '停办公告';
const { document } = calendarOf({
  calendar: 'city',
  timezone: 'Asia/Shanghai',
  weekly: weekdays(WHOLE_DAY),
  departments: { health: { weekly: { sat: WHOLE_DAY } } },
  days: [
    { date: '2026-09-14', halfOff: 'afternoon' },
    { date: '2026-09-15', through: '2026-09-17', scope: { district: 'east' }, basis, off: true },
    { date: '2026-09-16', scope: { hall: 'hall-1' }, basis, halfOff: 'morning' },
    { date: '2026-09-17', off: true },
    { date: '2026-09-19', work: true },
    { date: '2026-09-19', halfOff: 'morning', knownSince: '2026-09-01' },
  ],
});
const MONDAY = 1;

describe('the hours of a date at a place', () => {
  it('lose their second half on a half day', () => {
    expect(hoursOn(document, {}, '2026-09-14', MONDAY)).toEqual([['09:00', '12:00']]);
  });

  it('heed a closure of the district through its last day, elsewhere not', () => {
    expect(hoursOn(document, { district: 'east' }, '2026-09-15', MONDAY + 1)).toEqual([]);
    expect(hoursOn(document, { district: 'west' }, '2026-09-15', MONDAY + 1)).toEqual(WHOLE_DAY);
  });

  it('heed the hall before its district, and the district before an entry for all', () => {
    expect(hoursOn(document, { district: 'east', hall: 'hall-1' }, '2026-09-16', MONDAY + 2)).toEqual([
      ['12:00', '17:00'],
    ]);
    expect(hoursOn(document, { district: 'east' }, '2026-09-17', MONDAY + 3)).toEqual([]);
  });

  it('of a half day are none where that weekday is closed, and those of a department are its own', () => {
    expect(hoursOn(document, {}, '2026-09-19', 6)).toEqual([]);
    expect(hoursOn(document, { department: 'health' }, '2026-09-19', 6)).toEqual([['12:00', '17:00']]);
    expect(hoursOn(document, { department: 'health' }, '2026-09-18', 5)).toEqual([]);
  });
});
