import { ITEM_CLASSES } from '@mingjian/contracts';
import { VALUE_WORDS } from './field-words';
import { isMembers } from './field-difference';
import { LIMIT_CELL, limitCell, limitInCell } from './limit-cell';

/** An item as it is written in a ruleset. */
export type WrittenItem = Record<string, unknown>;

/** Names of departments by code. */
export type DepartmentNames = ReadonlyMap<string, string>;

/** A column of the sheet of items: how a member becomes a cell, and a cell a member. */
export interface ItemColumn {
  head: string;
  width: number;
  /** What a cell should hold. */
  expected: string;
  write(item: WrittenItem, departments: DepartmentNames): string;
  /** Puts a cell into the item. @returns false where the cell cannot be understood. */
  read(text: string, item: WrittenItem, departments: DepartmentNames): boolean;
}

/** Name of the sheet. */
export const ITEM_SHEET = '事项时限';
export const CODE_HEAD = '编码';

/** The columns behind the code. */
export const ITEM_COLUMNS: readonly ItemColumn[] = [
  {
    head: '名称',
    width: 40,
    expected: '事项名称，1 至 200 字',
    write: ({ name }) => (typeof name === 'string' ? name : ''),
    read(text, item) {
      if (text === '' || text.length > 200) return false;
      item.name = text;
      return true;
    },
  },
  {
    head: '件类',
    width: 12,
    expected: `下列之一：${ITEM_CLASSES.map((one) => VALUE_WORDS[one]).join('、')}`,
    write: (item) => (typeof item.class === 'string' ? (VALUE_WORDS[item.class] ?? item.class) : ''),
    read(text, item) {
      const found = ITEM_CLASSES.find((one) => one === text || VALUE_WORDS[one] === text);
      return text === '' ? set(item, 'class', undefined) : found !== undefined && set(item, 'class', found);
    },
  },
  {
    head: '部门',
    width: 24,
    expected: '部门表中的部门名称或编码',
    write: ({ department }, departments) =>
      typeof department === 'string' ? nameFor(department, departments) : '',
    read(text, item, departments) {
      if (text === '') return set(item, 'department', undefined);
      const codes = departments.has(text)
        ? [text]
        : [...departments].flatMap(([code, name]) => (name === text ? [code] : []));
      return codes.length === 1 && set(item, 'department', codes[0]);
    },
  },
  {
    head: '纳入监察',
    width: 10,
    expected: '是或否',
    write: ({ enabled }) => (enabled === false ? '否' : '是'),
    read(text, item) {
      if (text !== '' && text !== '是' && text !== '否') return false;
      if (text === '否') return set(item, 'enabled', false);
      return item.enabled === false ? set(item, 'enabled', undefined) : true;
    },
  },
  limitColumn('受理时限', 'acceptance', false),
  limitColumn('承诺时限', 'promise', true),
  limitColumn('法定时限', 'statutory', true),
  limitColumn('送达时限', 'delivery', false),
  {
    head: '最多延长（日）',
    width: 16,
    expected: '0 以上的整数',
    write: ({ extensionMaxDays: days }) => (typeof days === 'number' ? String(days) : ''),
    read(text, item) {
      if (text === '') return set(item, 'extensionMaxDays', undefined);
      return /^\d{1,3}$/.test(text) && set(item, 'extensionMaxDays', Number(text));
    },
  },
  {
    head: '收费标准（元）',
    width: 16,
    expected: '金额；或“不收费”',
    write({ fee }) {
      if (fee === 'none') return '不收费';
      return isMembers(fee) && typeof fee.standard === 'number' ? String(fee.standard) : '';
    },
    read(text, item) {
      if (text === '') return set(item, 'fee', undefined);
      if (text === '不收费') return set(item, 'fee', 'none');
      return /^\d{1,9}(\.\d{1,2})?$/.test(text) && set(item, 'fee', { standard: Number(text) });
    },
  },
];

function limitColumn(head: string, member: string, mayBeCarried: boolean): ItemColumn {
  return {
    head,
    width: 18,
    expected: mayBeCarried ? `${LIMIT_CELL}；或“办件自带期限”` : LIMIT_CELL,
    write(item) {
      const rule = item[member];
      if (isMembers(rule)) return limitCell(typeof rule.limit === 'string' ? rule.limit : null);
      return limitCell(typeof rule === 'string' ? rule : null);
    },
    read(text, item) {
      const limit = limitInCell(text);
      if (limit === undefined || (limit === 'carried' && !mayBeCarried)) return false;
      const rule = item[member];
      // Lights of its own, which no column shows, stay with a limit that only gets another length.
      if (isMembers(rule) && limit !== null && limit !== 'none' && limit !== 'carried')
        return set(item, member, { ...rule, limit });
      return set(item, member, limit ?? undefined);
    },
  };
}

/** A name where it says which department is meant, else the code. */
function nameFor(code: string, departments: DepartmentNames): string {
  const name = departments.get(code);
  if (name === undefined) return code;
  return [...departments.values()].filter((other) => other === name).length === 1 ? name : code;
}

function set(item: WrittenItem, member: string, value: unknown): true {
  if (value === undefined) delete item[member];
  else item[member] = value;
  return true;
}
