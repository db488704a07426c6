import { parse } from 'yaml';
import { rulesetText } from '../testing/site';
import type { Written } from './draft-document';
import { importItems } from './import-items';
import { itemsSheet } from './items-sheet';

const RULES = parse(`${rulesetText()}  '007':
    name: =HYPERLINK("http://x")
    department: market
    class: on-the-spot
    promise: { limit: 0wd, redAfter: 1wd }
    statutory: none
    fee: { standard: 50 }
    enabled: false
`) as Written;

/** A workbook of these rows. */
async function workbook(rows: readonly (readonly (string | number)[])[]): Promise<Uint8Array> {
  const { default: write } = await import('write-excel-file/node');
  const data = rows.map((row) =>
    row.map((value) => (typeof value === 'number' ? { value, type: Number } : { value, type: String })),
  );
  return write([{ sheet: '事项时限', data }]).toBuffer();
}

describe('items and limits as a workbook', () => {
  it('come back as they went, codes with their zeros and formulas as texts', async () => {
    const { document, counts } = await importItems(RULES, await itemsSheet(RULES));
    expect(document).toEqual(RULES);
    expect(counts).toEqual({ added: 0, changed: 0, untouched: 0 });
  });

  it('are the same bytes each time', async () => {
    expect(Buffer.from(await itemsSheet(RULES)).equals(await itemsSheet(RULES))).toBe(true);
  });

  it('add items, change what a column shows, and leave the rest of an item and other items alone', async () => {
    const { document, counts } = await importItems(
      RULES,
      await workbook([
        ['承诺时限', '编码', '名称', '部门'],
        ['1个工作日', '007', '居民身份证', '市场监督管理局'],
        ['5wd', 'B1', '新事项', 'housing'],
      ]),
    );
    expect(counts).toEqual({ added: 1, changed: 1, untouched: 1 });
    const { items } = document as { items: Record<string, object> };
    expect(items['007']).toMatchObject({
      name: '居民身份证',
      promise: { limit: '1wd', redAfter: '1wd' },
      enabled: false,
      statutory: 'none',
    });
    expect(items.B1).toEqual({ name: '新事项', department: 'housing', promise: '5wd' });
    expect(items.A0101).toEqual((RULES.items as Record<string, object>).A0101);
  });

  it('are refused cell by cell, with what each should hold', async () => {
    const rows = await workbook([
      ['编码', '名称', '部门', '承诺时限', '纳入监察'],
      ['A0101', '许可', '住建委', 7, '可以'],
      ['A0101', '许可', '', '7wd', '是'],
    ]);
    await expect(importItems(RULES, rows)).rejects.toMatchObject({
      reason: 'bad-import',
      more: {
        problems: [
          { place: '事项时限!C2', field: '部门', got: '住建委' },
          { place: '事项时限!D2', field: '承诺时限', got: '7' },
          { place: '事项时限!E2', field: '纳入监察', expected: '是或否' },
          { place: '事项时限!A3', field: '编码', expected: '每个事项一行；第 2 行已有' },
        ].map((problem) => expect.objectContaining(problem) as object),
      },
    });
  });

  it('are refused with a column that nobody knows, or without codes', async () => {
    await expect(importItems(RULES, await workbook([['名称', '时间']]))).rejects.toMatchObject({
      more: {
        problems: [
          expect.objectContaining({ expected: '第一行为表头，其中有“编码”' }),
          expect.objectContaining({ place: '事项时限!B1', got: '时间' }),
        ],
      },
    });
    await expect(importItems(RULES, Buffer.from('no workbook'))).rejects.toMatchObject({
      reason: 'bad-import',
    });
  });
});
