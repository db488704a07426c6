import { RulesetDocument } from '@mingjian/contracts';
import { OFFICE_2026 } from '../testing/builders';
import { RuleBook } from '../ruleset/rule-book';
import { promisesLowered } from './promises-lowered';

/** A book whose versions, one a month from 2026-01 on, promise an item so; null: the item is not there. */
function book(...promises: readonly (string | null)[]): RuleBook {
  const documents = promises.map((promise, index) =>
    RulesetDocument.parse({
      ...{ ruleset: 'r', version: String(index + 1), calendar: OFFICE_2026.id },
      inForceFrom: `2026-0${index + 1}-01`,
      items: {
        ...(promise === null ? {} : { A: { name: '事项', department: 'housing', promise } }),
        B: { name: '另一事项', department: 'housing', promise: '9wd' },
      },
    }),
  );
  return new RuleBook(documents, new Map([[OFFICE_2026.id, OFFICE_2026]]));
}

const lowered = (month: string, ...promises: readonly (string | null)[]): string[] =>
  promisesLowered(book(...promises), month).map(
    ({ item, from, to, version }) => `${item} ${from} ${to} ${version}`,
  );

describe('a promise', () => {
  it('counts as lowered in the month in which the version comes into force, against the lowest before', () => {
    expect(lowered('2026-02', '7wd', '5wd')).toEqual(['A 7wd 5wd 2']);
    expect(lowered('2026-01', '7wd', '5wd')).toEqual([]);
    expect(lowered('2026-03', '7wd', '5wd')).toEqual([]);
  });

  it('that was raised before gains nothing by coming down to where it was', () => {
    expect(lowered('2026-03', '5wd', '9wd', '5wd')).toEqual([]);
    expect(lowered('2026-03', '5wd', '9wd', '4wd')).toEqual(['A 5wd 4wd 3']);
    expect(lowered('2026-02', '5wd', '9wd')).toEqual([]);
  });

  it('of another unit, of a new item or without a limit is not compared', () => {
    expect(lowered('2026-02', '7wd', '5d')).toEqual([]);
    expect(lowered('2026-03', '7d', '7wd', '5wd')).toEqual([]);
    expect(lowered('2026-02', null, '5wd')).toEqual([]);
    expect(lowered('2026-02', '7wd', 'none')).toEqual([]);
    expect(lowered('2026-02', 'none', '5wd')).toEqual([]);
  });
});
