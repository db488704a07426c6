import type { Problem } from '@mingjian/contracts';
import { canonicalJson } from '@mingjian/rules';
import { unzipSync } from 'fflate';
import type { Written } from './draft-document';
import { DraftRefused } from './draft-refused';
import { isMembers } from './field-difference';
import { CODE_HEAD, ITEM_COLUMNS, ITEM_SHEET, type ItemColumn, type WrittenItem } from './item-columns';
import { departmentNames, itemsOf } from './items-sheet';

/** How many items a workbook added and changed, and how many of the ruleset it does not name: those stay as they are. */
export interface ItemsImported {
  added: number;
  changed: number;
  untouched: number;
}

/** A workbook unpacks to no more than this: a small file could hold a huge one. */
const MOST_UNPACKED = 64 * 1024 ** 2;
const MOST_ROWS = 20_000;
const MOST_PROBLEMS = 200;

/**
 * A ruleset with the items and limits of a workbook, as {@link itemsSheet} writes it. Columns are known by their heads, in any
 * order; one that is left out changes nothing. Items that no row names stay.
 * @throws DraftRefused with every cell that cannot be understood.
 */
export async function importItems(
  ruleset: Written,
  workbook: Uint8Array,
): Promise<{ document: Written; counts: ItemsImported }> {
  const [head = [], ...rows] = await sheetOf(workbook);
  const problems: Problem[] = [];
  const columns = columnsOf(head.map(cellText), problems);
  const departments = departmentNames(ruleset);
  const items: Record<string, unknown> = { ...itemsOf(ruleset) };
  const before = itemsOf(ruleset);
  const named = new Map<string, number>();
  rows.forEach((cells, index) => {
    const row = index + 2;
    const texts = cells.map(cellText);
    if (problems.length >= MOST_PROBLEMS || texts.every((text) => text === '')) return;
    const code = texts[columns.code] ?? '';
    if (!/^\S{1,64}$/.test(code))
      return void problems.push(cellProblem(columns.code, row, CODE_HEAD, '事项编码，1 至 64 个字符', code));
    if (named.has(code))
      return void problems.push(
        cellProblem(columns.code, row, CODE_HEAD, `每个事项一行；第 ${named.get(code)} 行已有`, code),
      );
    named.set(code, row);
    const held = Object.hasOwn(before, code) ? before[code] : undefined;
    const item: WrittenItem = isMembers(held) ? structuredClone(held) : { name: '' };
    for (const [column, place] of columns.others) {
      const text = texts[place] ?? '';
      if (!column.read(text, item, departments))
        problems.push(cellProblem(place, row, column.head, column.expected, text));
    }
    if (item.name === '') problems.push(cellProblem(columns.code, row, '名称', '新事项的名称', ''));
    Object.defineProperty(items, code, { value: item, writable: true, enumerable: true, configurable: true });
  });
  if (problems.length > 0)
    throw new DraftRefused('bad-import', `工作簿有 ${problems.length} 处看不懂，未导入`, { problems });
  const codes = [...named.keys()];
  const added = codes.filter((code) => !Object.hasOwn(before, code)).length;
  const changed = codes.filter(
    (code) => Object.hasOwn(before, code) && canonicalJson(before[code]) !== canonicalJson(items[code]),
  ).length;
  const untouched = Object.keys(before).length - (codes.length - added);
  return { document: { ...ruleset, items }, counts: { added, changed, untouched } };
}

async function sheetOf(workbook: Uint8Array): Promise<unknown[][]> {
  const { default: readXlsxFile } = await import('read-excel-file/node');
  try {
    let size = 0;
    unzipSync(workbook, {
      filter: ({ originalSize }) => {
        size += originalSize;
        return false;
      },
    });
    if (size > MOST_UNPACKED) throw new Error('too large');
    // As it is shown: a code of digits keeps its zeros.
    const sheets = await readXlsxFile<string>(Buffer.from(workbook), { parseNumber: (text) => text });
    const found = sheets.find(({ sheet }) => sheet === ITEM_SHEET) ?? sheets[0];
    if (found !== undefined && found.data.length <= MOST_ROWS + 1) return found.data;
  } catch {
    // Whatever is wrong with it, it is no workbook that we can read.
  }
  throw new DraftRefused('bad-import', '不是可以读取的 xlsx 工作簿', {
    problems: [
      {
        ...{ place: ITEM_SHEET, field: '', got: `${workbook.byteLength} 字节` },
        expected: `xlsx 工作簿，不超过 ${MOST_ROWS} 行`,
        hint: '从“导出工作簿”开始修改，另存为 xlsx',
      },
    ],
  });
}

interface FoundColumns {
  code: number;
  others: [ItemColumn, number][];
}

function columnsOf(head: readonly string[], problems: Problem[]): FoundColumns {
  const code = head.indexOf(CODE_HEAD);
  const others = ITEM_COLUMNS.flatMap((column): [ItemColumn, number][] => {
    const place = head.indexOf(column.head);
    return place < 0 ? [] : [[column, place]];
  }).sort(([, a], [, b]) => a - b);
  if (code < 0)
    problems.push(cellProblem(0, 1, '表头', `第一行为表头，其中有“${CODE_HEAD}”`, head.join('、')));
  head.forEach((name, place) => {
    if (name !== '' && name !== CODE_HEAD && !others.some(([, known]) => known === place))
      problems.push(
        cellProblem(place, 1, '表头', `下列之一：${ITEM_COLUMNS.map((one) => one.head).join('、')}`, name),
      );
  });
  return { code: Math.max(code, 0), others };
}

function cellProblem(column: number, row: number, field: string, expected: string, got: string): Problem {
  return { place: `${ITEM_SHEET}!${letterOf(column)}${row}`, field, expected, got, hint: '改正后重新导入' };
}

/** 0 is A, 26 is AA. */
function letterOf(column: number): string {
  const last = String.fromCharCode(65 + (column % 26));
  return column < 26 ? last : letterOf(Math.floor(column / 26) - 1) + last;
}

function cellText(cell: unknown): string {
  if (cell instanceof Date) return cell.toISOString();
  if (typeof cell === 'string') return cell.trim();
  return typeof cell === 'number' || typeof cell === 'boolean' ? String(cell) : '';
}
