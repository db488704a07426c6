import { limitInChinese } from '@mingjian/rules';
import { FIELD_WORDS, VALUE_WORDS } from './field-words';
import { isMembers, plain } from './field-difference';
import { isMappingCode, isOfMapping, mappingValue, mappingWord, ruleWord } from './mapping/mapping-words';

/** Members whose keys are codes that people gave, with what one of them is. */
export const CODED: ReadonlyMap<string, string> = new Map([
  ['items', '事项'],
  ['departments', '部门'],
  ['districts', '区划'],
  ['policies', '规则'],
  ['rules', '规则'],
  ['steps', '环节'],
  ['indicators', '指标'],
  ['people', '接收人'],
  ['channels', '通道'],
  ['inputs', '数据表'],
  ['tables', '代码表'],
  ['units', '单位代码'],
  ['join', '并表'],
  ['senders', '来源'],
]);
// As maps: a member may be called `constructor`.
const FIELDS = new Map(Object.entries(FIELD_WORDS));
const VALUES = new Map(Object.entries(VALUE_WORDS));

/** What stands under a key: a member, or of a list the entry at a place or with an id. */
export function memberOf(value: unknown, key: string): unknown {
  if (isMembers(value)) return value[key];
  if (!Array.isArray(value)) return undefined;
  const list = value as unknown[];
  return /^\d+$/.test(key) ? list[Number(key)] : list.find((one) => isMembers(one) && one.id === key);
}

const LIMIT = /^\d+(wd|wh|wm|ws|d!?|h)(@time)?$/;
const LONGEST = 300;

/** The name of a member: the longest path that the words know, else its own name. */
export function fieldWord(path: readonly string[]): string {
  const last = path[path.length - 1] ?? '';
  if (isOfMapping(path)) return mappingWord(path, patternOf(path)) ?? last;
  return FIELDS.get(patternOf(path)) ?? FIELDS.get(last) ?? VALUES.get(last) ?? last;
}

/** The path of a member with `*` for codes and places in lists. */
export function patternOf(path: readonly string[]): string {
  return path.map((key, index) => (isCode(path, index) ? '*' : key)).join('.');
}

/**
 * A path in Chinese words: 事项 建设工程规划许可证核发 › 承诺时限. Codes are told with the names that the document has for
 * them. The empty path is the whole document.
 */
export function pathInChinese(path: readonly string[], document: unknown): string {
  if (path.length === 0) return '整个文件';
  const words: string[] = [];
  let value: unknown = document;
  path.forEach((key, index) => {
    const isInList = Array.isArray(value);
    value = memberOf(value, key);
    const parent = path[index - 1] ?? '';
    if (!isCode(path, index)) words.push(fieldWord(path.slice(0, index + 1)));
    else if (/^\d+$/.test(key) && (isInList || CODED.get(parent) === undefined))
      words.push(`第 ${Number(key) + 1} 项${index === 1 ? ruleWord(path, value) : ''}`);
    else {
      const name = isMembers(value) && typeof value.name === 'string' ? value.name : null;
      const told = name === null ? key : `${name}（${key}）`;
      // 事项 › 事项 A0101 would say it twice.
      if (words[words.length - 1] === CODED.get(parent)) words.pop();
      words.push(CODED.get(parent) === undefined ? told : `${CODED.get(parent)} ${told}`);
    }
  });
  return words.join(' › ');
}

/** A value for people: 7 个工作日, 是, 承诺件; members one after the other, no longer than `longest`. Null where there is none. */
export function valueInChinese(
  value: unknown,
  path: readonly string[] = [],
  longest = LONGEST,
): string | null {
  if (value === undefined) return null;
  const text = said(plain(value), path);
  return text.length > longest ? `${text.slice(0, longest - 1)}…` : text;
}

function said(value: unknown, path: readonly string[]): string {
  if (value === null) return '空';
  if (typeof value === 'boolean') return value ? '是' : '否';
  if (typeof value === 'number') return String(value);
  if (typeof value === 'string') return saidText(value, path);
  if (Array.isArray(value)) {
    const parts = (value as unknown[]).map((one) =>
      Array.isArray(one) && one.length === 2
        ? one.map(String).join('—')
        : // Members of an entry stand below its place in the list.
          said(plain(one), isMembers(one) ? [...path, '0'] : path),
    );
    return parts.length === 0 ? '无' : parts.join('、');
  }
  if (!isMembers(value)) return '';
  return Object.entries(value)
    .map(([key, member]) => {
      const place = [...path, key];
      return `${isCode(place, place.length - 1) ? key : fieldWord(place)}：${said(plain(member), place)}`;
    })
    .join('；');
}

function saidText(value: string, path: readonly string[]): string {
  if (isOfMapping(path)) return mappingValue(value, path);
  const member = path[path.length - 1] ?? '';
  if (value === '0wd' && /^(after|redAfter|suspensionRedAfter)$/.test(member)) return '立即';
  if (LIMIT.test(value)) return limitInChinese(value);
  // Names and texts of people may look like a choice; where they stand they are what they are.
  if (FREE_TEXTS.has(member)) return value;
  return VALUES.get(value) ?? value;
}

const FREE_TEXTS = new Set([
  ...['name', 'title', 'content', 'basis', 'notice', 'ruleset', 'version', 'calendar', 'recipients'],
  ...['note', 'sources'],
  ...['link', 'host', 'user', 'from', 'body', 'account', 'deputy', 'subject', 'text', 'field', 'equals'],
]);

/** Members of the document whose keys people chose. */
const ONE_DEEP = new Set([
  'departments',
  'districts',
  'items',
  'people',
  'channels',
  'senders',
  'indicators',
]);

/** Whether a key was chosen by people, or is a place in a list. */
export function isCode(path: readonly string[], index: number): boolean {
  const parent = path[index - 1];
  if (parent === undefined) return false;
  if (isOfMapping(path) && isMappingCode(path, index)) return true;
  if (/^\d+$/.test(path[index] ?? '')) return true;
  if (ONE_DEEP.has(parent)) return index === 1;
  if (parent === 'via' || parent === 'headers') return true;
  if (parent === 'steps') return index === 3;
  if (parent === 'policies') return path[0] === 'complaints';
  if (parent === 'rules') return path[0] === 'orders';
  return parent === 'days' || parent === 'suspensionMaxDays';
}
