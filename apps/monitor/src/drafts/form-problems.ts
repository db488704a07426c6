import { shown, type Problem } from '@mingjian/contracts';
import { pathInChinese } from './document-words';
import type { Written } from './draft-document';
import type { DraftProblem } from './draft-problem';
import { expectedInChinese } from './expected-words';
import { isMembers } from './field-difference';

/** Longest name of a version. */
const LONGEST_VERSION = 64;

/** What keeps a document from taking the place of another, whatever its kind: another id, a version that is too long. */
export function identityProblems(
  member: string,
  name: string,
  documentId: string,
  written: Written,
): DraftProblem[] {
  const problem = problemIn(written);
  if (written[member] !== documentId)
    return [problem('other-document', [member], `${name} ${documentId}`, '编码不能在草稿中更改')];
  if (typeof written.version === 'string' && written.version.length > LONGEST_VERSION)
    return [problem('long-version', ['version'], `版本号，不超过 ${LONGEST_VERSION} 个字符`, '缩短版本号')];
  return [];
}

/** Problems of form, in Chinese. */
export function formProblems(problems: readonly Problem[], written: Written): DraftProblem[] {
  return problems.map(({ field, expected, got, hint }) => {
    const path = field === '' ? [] : pathOf(field, written);
    return {
      ...{ severity: 'error' as const, code: 'schema', path },
      field: pathInChinese(path, written),
      ...expectedInChinese(expected, hint),
      got: got === 'nothing' ? '空' : got,
    };
  });
}

/** A dotted path as its members; a code may hold dots itself. */
function pathOf(field: string, written: Written): string[] {
  const parts = field.split('.');
  const path: string[] = [];
  let value: unknown = written;
  while (parts.length > 0) {
    let key = parts.shift()!;
    while (parts.length > 0 && isMembers(value) && !Object.hasOwn(value, key)) {
      const longer = [key, ...parts].map((_, n) => [key, ...parts.slice(0, n)].join('.'));
      const there = longer.find((name) => Object.hasOwn(value as object, name));
      if (there === undefined) break;
      parts.splice(0, there.split('.').length - key.split('.').length);
      key = there;
    }
    path.push(key);
    value = isMembers(value) || Array.isArray(value) ? (value as Record<string, unknown>)[key] : undefined;
  }
  return path;
}

/** Makes problems at places of a document, each an error. */
export function problemIn(
  written: Written,
): (code: string, path: string[], expected: string, hint: string) => DraftProblem {
  return (code, path, expected, hint) => ({
    ...{ severity: 'error', code, path, expected, hint },
    field: pathInChinese(path, written),
    got: shown(path.reduce<unknown>((value, key) => (value as Written | undefined)?.[key], written)),
  });
}
