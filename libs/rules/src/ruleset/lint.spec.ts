import { at, bookOf, calendarOf, weekdays } from '../testing/builders';
import { lintRules } from './lint';

const fine = { name: '事项', promise: '7wd', statutory: '20wd' };

function codes(item: Record<string, unknown>, today = '2026-03-02'): string[] {
  return lintRules(bookOf({ A: { ...fine, ...item } }), at(today)).map((finding) => finding.code);
}

describe('the linter', () => {
  it('is content with a ruleset that keeps to the law', () => {
    expect(codes({ steps: { review: { limit: '3wd' }, approve: { limit: '2wd' } } })).toEqual([]);
  });

  it.each([
    ['a promise longer than the statutory limit', { promise: '25wd' }, 'promise-over-statutory'],
    ['a promise in hours longer than the statutory limit', { promise: '200wh' }, 'promise-over-statutory'],
    ['an item that nobody watches', { promise: 'none', statutory: 'none' }, 'unsupervised'],
    ['an item without a promise', { promise: undefined }, 'missing-limit'],
    [
      'steps that add up to more than the promise',
      { steps: { a: { limit: '5wd' }, b: { limit: '3wd' } } },
      'steps-over-promise',
    ],
    [
      'steps in other units than the promise',
      { steps: { a: { limit: '5wh', yellowBefore: ['1wh'] } } },
      'mixed-units',
    ],
    [
      'a light that is yellow from the start',
      { promise: { limit: '7wd', yellowBefore: ['8wd'] } },
      'yellow-from-start',
    ],
    [
      'a clock that can never be lit',
      { promise: { limit: '7wd', yellowBefore: [], redAfter: 'never' } },
      'never-lit',
    ],
  ])('reports %s', (_what, item, code) => {
    expect(codes(item)).toEqual([code]);
  });

  it('reports a calendar that ends soon', () => {
    expect(codes({}, '2026-11-22')).toEqual(['calendar-ends']);
  });

  it('reports a department that is not in the list, with the path of the field', () => {
    const calendar = calendarOf({ calendar: 'x', timezone: 'UTC', weekly: weekdays([['09:00', '17:00']]) });
    const book = bookOf({ A: { ...fine, department: 'housing' } }, {}, calendar);
    const document = { ...book.newest.ruleset.document, departments: { tax: { name: '税务局' } } };
    const Book = book.constructor as new (...args: unknown[]) => typeof book;
    const [finding] = lintRules(new Book([document], new Map([['x', calendar]])), 0);
    expect(finding).toMatchObject({ code: 'unknown-department', path: ['items', 'A', 'department'] });
  });
});
