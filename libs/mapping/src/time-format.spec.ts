import { Zone } from '@mingjian/rules';
import { compileTimeFormat } from './time-format';

const shanghai = Zone.of('Asia/Shanghai');
const amsterdam = Zone.of('Europe/Amsterdam');

function read(format: string, text: string, zone: Zone | null = shanghai): string | null {
  return compileTimeFormat(format)(text, zone);
}

describe('times of a department’s own records', () => {
  it.each([
    ['iso', '2011-10-11 13:42:22.688000+02:00', '2011-10-11T13:42:22.688+02:00'],
    ['iso', '2011-10-11T13:42:22Z', '2011-10-11T13:42:22.000Z'],
    ['iso', '2011-10-11 13:42', '2011-10-11T13:42:00.000+08:00'],
    ['iso', '2011-10-11 13:42:22.9999', '2011-10-11T13:42:22.999+08:00'],
    ['iso', '2011-10-11 13:42:22+0530', '2011-10-11T13:42:22.000+05:30'],
    ['yyyyMMddHHmmss', '20260914100005', '2026-09-14T10:00:05.000+08:00'],
    ['yyyy/M/d H:mm', '2026/9/4 9:05', '2026-09-04T09:05:00.000+08:00'],
    ['yyyy年M月d日 HH时mm分', '2026年9月14日 10时00分', '2026-09-14T10:00:00.000+08:00'],
    ["dd.MM.yyyy 'at' HH:mm", '14.09.2026 at 10:00', '2026-09-14T10:00:00.000+08:00'],
    ['yyyy-MM-dd', '2026-09-14', '2026-09-14T00:00:00.000+08:00'],
    ['epoch-s', '1789351200', '2026-09-14T02:00:00.000Z'],
    ['epoch-ms', '1789351200123', '2026-09-14T02:00:00.123Z'],
  ])('are read as %s: %s', (format, text, expected) => {
    expect(read(format, text)).toBe(expected);
  });

  it('are not this format where the text has another form', () => {
    expect(read('yyyyMMdd', '2026-09-14')).toBeNull();
    expect(read('iso', 'yesterday')).toBeNull();
    expect(read('epoch-s', '2026-09-14')).toBeNull();
  });

  it.each(['2026-02-30 10:00', '2026-13-01 10:00', '2026-09-14 25:00'])(
    'are refused where they do not exist: %s',
    (text) => {
      expect(() => read('iso', text)).toThrow('a time that does not exist');
    },
  );

  it('need a zone where they have no offset', () => {
    expect(() => read('iso', '2026-09-14 10:00', null)).toThrow('a time without offset');
    expect(read('iso', '2026-09-14 10:00+08:00', null)).toBe('2026-09-14T10:00:00.000+08:00');
  });

  it('move forward by the gap where daylight saving skips them, and mean the first where they occur twice', () => {
    expect(read('iso', '2026-03-29 02:30', amsterdam)).toBe('2026-03-29T03:30:00.000+02:00');
    expect(read('iso', '2026-10-25 02:30', amsterdam)).toBe('2026-10-25T02:30:00.000+02:00');
  });

  it.each(['yyyy-MM-dd Q', 'HH:mm', 'dd/MM'])('refuse the pattern %s', (pattern) => {
    expect(() => compileTimeFormat(pattern)).toThrow(/unknown letter|no /);
  });
});
