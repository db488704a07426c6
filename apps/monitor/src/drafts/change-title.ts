import type { DraftKind } from '@mingjian/contracts';
import type { RuleDraftRow } from '@mingjian/store';
import { CODED, fieldWord, isCode, memberOf, valueInChinese } from './document-words';
import type { Written } from './draft-document';
import { documentOf } from './draft-rows';
import { isMembers, type FieldChange } from './field-difference';
import { KINDS } from './kinds';
import { ownChanges } from './own-changes';

/** Longest title that is made here, characters: one line of a list. */
export const LONGEST_TITLE = 60;
/** A longer value does not help to tell one change from another. */
const LONGEST_VALUE = 16;

/**
 * What a draft is called that nobody gave a title: after what it changes, so that whoever approves knows it from the others in a list.
 * `A0101 承诺时限 7→5 个工作日`, `3 处改动：…`; nothing changed yet: what is changed by such drafts.
 */
export function titleOf(kind: DraftKind, base: unknown, document: Written): string {
  const { title, tellsValues = false } = KINDS[kind];
  const changes = ownChanges(base, document);
  const [first] = changes;
  const place = ({ path, after }: FieldChange): string =>
    placeOf(path, after === undefined ? base : document);
  if (first === undefined) return title;
  if (changes.length > 1)
    return shortened(
      `${changes.length} 处改动：${changes.map((one) => told(one, tellsValues, place)).join('、')}`,
    );
  const whole = told(first, tellsValues, place);
  return whole.length <= LONGEST_TITLE ? whole : shortened(told(first, false, place));
}

/** The title of a draft once it says something else, or is made from something else: what somebody wrote stays. */
export function titleAfter(row: RuleDraftRow, document: Written, base = row.baseDocument): string {
  const isGiven =
    row.title !== KINDS[row.kind].title &&
    row.title !== titleOf(row.kind, JSON.parse(row.baseDocument), documentOf(row));
  return isGiven ? row.title : titleOf(row.kind, JSON.parse(base), document);
}

/** The text, or as much of it as a title may have; never half a character. */
export function shortened(text: string): string {
  const characters = [...text];
  return characters.length <= LONGEST_TITLE ? text : `${characters.slice(0, LONGEST_TITLE - 1).join('')}…`;
}

function told(change: FieldChange, tellsValues: boolean, placeOf: (change: FieldChange) => string): string {
  const { path, before, after } = change;
  const place = placeOf(change);
  const gap = /^[\x20-\x7e]/.test(place) ? ' ' : '';
  const [old, next] = [before, after].map((value) => (tellsValues ? shortValue(value, path) : null));
  if (before === undefined) return `新增${gap}${place}${next == null ? '' : ` ${next}`}`;
  if (after === undefined) return `删除${gap}${place}`;
  return old == null || next == null ? place : `${place} ${fromTo(old, next)}`;
}

/** Where it stands: of what has a code the code alone, since the name may be long; of an indicator the name, which is short. */
function placeOf(path: readonly string[], document: unknown): string {
  const words = path.flatMap((key, index) => {
    if (index === 1 && path[0] === 'indicators') {
      const entry = memberOf(memberOf(document, 'indicators'), key);
      return [isMembers(entry) && typeof entry.name === 'string' ? entry.name : key];
    }
    const isPlace = /^\d{1,3}$/.test(key) && !CODED.has(path[index - 1] ?? '');
    if (isCode(path, index)) return [isPlace ? `第 ${Number(key) + 1} 项` : key];
    const isOfCode = CODED.has(key) && index + 2 < path.length && isCode(path, index + 1);
    return isOfCode ? [] : [CODED.get(key) ?? fieldWord(path.slice(0, index + 1))];
  });
  return words.join(' ');
}

/** A single value that is short enough; null where it is none. */
function shortValue(value: unknown, path: readonly string[]): string | null {
  if (value === undefined || isMembers(value) || Array.isArray(value)) return null;
  const text = valueInChinese(value, path);
  return text === null || text.length > LONGEST_VALUE ? null : text;
}

/** `7 个工作日` and `5 个工作日` are `7→5 个工作日`. */
function fromTo(old: string, next: string): string {
  const [, number, unit] = /^(\d+)(\D.*)$/.exec(old) ?? [];
  const [, other, same] = /^(\d+)(\D.*)$/.exec(next) ?? [];
  return number !== undefined && other !== undefined && unit === same
    ? `${number}→${other}${unit}`
    : `${old}→${next}`;
}
