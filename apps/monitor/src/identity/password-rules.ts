import { COMMON_WALKS, COMMON_WORDS } from './common-parts';

export const SHORTEST_PASSWORD = 12;
export const LONGEST_PASSWORD = 128;
/** So many different characters must be left when common parts are taken out. */
const LEAST_LEFT = 5;

/** Why a password is not good enough. */
export type PasswordProblem = 'too-short' | 'too-long' | 'too-common' | 'has-name';

/**
 * What is wrong with a password; null: nothing. Length counts, not kinds of characters; what everybody tries first does
 * not: common words, walks over the keyboard, years, the own name.
 * @param names of the person and the account, which others know.
 * @see OWASP ASVS 5.0, V6.2
 */
export function passwordProblem(password: string, names: readonly string[]): PasswordProblem | null {
  const length = [...password].length;
  if (length < SHORTEST_PASSWORD) return 'too-short';
  if (length > LONGEST_PASSWORD) return 'too-long';
  const plain = plainOf(password);
  if (names.map(plainOf).some((name) => name.length >= 3 && plain.includes(name))) return 'has-name';
  return new Set(withoutCommon(password)).size < LEAST_LEFT ? 'too-common' : null;
}

/** What is left of a password when years, walks, repetitions and common words are taken out. */
function withoutCommon(password: string): string {
  let left = password.normalize('NFKC').toLowerCase();
  left = left.replace(/(19|20)\d{2}((0[1-9]|1[0-2])([0-2]\d|3[01]))?/g, ' ');
  // A walk of seven is two overlapping stretches: all characters of any stretch go.
  const walked = new Set<number>();
  for (const walk of COMMON_WALKS)
    for (let at = left.indexOf(walk); at >= 0; at = left.indexOf(walk, at + 1))
      for (let i = at; i < at + walk.length; i++) walked.add(i);
  left = plainOf([...left.split('')].map((sign, i) => (walked.has(i) ? ' ' : sign)).join(''));
  for (const word of COMMON_WORDS) left = left.replaceAll(word, ' ');
  return left.replace(/(.)\1{2,}/g, '').replaceAll(' ', '');
}

/** Small letters, and letters where people put signs that look like them. */
function plainOf(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[@4]/g, 'a')
    .replace(/0/g, 'o')
    .replace(/[1!|]/g, 'i')
    .replace(/[$5]/g, 's')
    .replace(/3/g, 'e')
    .replace(/7/g, 't');
}

/** What is wrong, as the person reads it. */
export const PASSWORD_PROBLEMS: Readonly<Record<PasswordProblem, string>> = {
  'too-short': `密码至少 ${SHORTEST_PASSWORD} 个字符`,
  'too-long': `密码最多 ${LONGEST_PASSWORD} 个字符`,
  'too-common': '密码过于常见，容易被猜到：请换成几个不相干的词，或随机字符',
  'has-name': '密码中不能含有姓名或账号',
};
