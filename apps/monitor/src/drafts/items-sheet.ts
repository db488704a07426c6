import { unzipSync } from 'fflate';
import { zipOf } from '../handover/zip-of';
import type { Written } from './draft-document';
import { isMembers } from './field-difference';
import { CODE_HEAD, ITEM_COLUMNS, ITEM_SHEET, type DepartmentNames } from './item-columns';

/**
 * Items and limits of a ruleset as a workbook, to be changed in Excel and imported again. Every cell is a text, never a formula,
 * whatever it begins with; the same ruleset gives the same bytes.
 */
export async function itemsSheet(ruleset: Written): Promise<Uint8Array> {
  const { default: writeXlsxFile } = await import('write-excel-file/node');
  const departments = departmentNames(ruleset);
  const rows = Object.entries(itemsOf(ruleset)).map(([code, item]) => [
    code,
    ...ITEM_COLUMNS.map((column) => column.write(isMembers(item) ? item : {}, departments)),
  ]);
  const head = [CODE_HEAD, ...ITEM_COLUMNS.map((column) => column.head)];
  const packed = await writeXlsxFile([
    {
      sheet: ITEM_SHEET,
      orientation: 'landscape',
      stickyRowsCount: 1,
      columns: [{ width: 16 }, ...ITEM_COLUMNS.map(({ width }) => ({ width }))],
      data: [
        head.map((value) => ({
          value,
          type: String,
          fontWeight: 'bold' as const,
          backgroundColor: '#EEEEEE',
        })),
        ...rows.map((row) => row.map((value) => ({ value, type: String }))),
      ],
    },
  ]).toBuffer();
  // Packed anew: the archive of the library is stamped with the machine's clock.
  return zipOf(unzipSync(packed));
}

/** The items of a ruleset by code. */
export function itemsOf({ items }: Written): Record<string, unknown> {
  return isMembers(items) ? items : {};
}

/** The departments of a ruleset: codes and names. */
export function departmentNames({ departments }: Written): DepartmentNames {
  if (!isMembers(departments)) return new Map();
  return new Map(
    Object.entries(departments).map(([code, one]) => [
      code,
      isMembers(one) && typeof one.name === 'string' ? one.name : code,
    ]),
  );
}
