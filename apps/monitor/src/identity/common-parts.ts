/** Neighbours on a keyboard and in the alphabet; every stretch of four is common, backwards too. */
const WALKS = [
  'qwertyuiop',
  'asdfghjkl',
  'zxcvbnm',
  'abcdefghijklmnopqrstuvwxyz',
  '01234567890',
  '1qaz2wsx3edc4rfv5tgb6yhn7ujm',
  'qazwsxedcrfvtgbyhnujm',
  '147258369',
];
const STRETCH = 4;

/** What is tried first: words of the well-known lists of leaked passwords, and of the trade and the country. */
const WORDS =
  'password passwd passwort passw pass admin administrator root user username login logon signin welcome letmein ' +
  'iloveyou loveyou lovely monkey dragon master sunshine princess football baseball shadow superman batman trustno ' +
  'hello freedom whatever secret changeme change default test testing guest temp temporary system server computer ' +
  'internet google service company office summer winter spring autumn january february march april june july august ' +
  'september october november december monday tuesday wednesday thursday friday saturday sunday charlie michael jordan ' +
  'ashley daniel jessica thomas robert pepper ginger cookie banana flower starwars pokemon killer hunter soccer hockey ' +
  'mustang cheese matrix access ninja azerty qwert asdf zxcv abcd aaaa china beijing shanghai zhongguo woaini woaizhongguo ' +
  'nihao mima mimi yonghu guanliyuan guanli jiancha jiandu zhengwu dating shenpi xitong ceshi qingchun wang zhang ' +
  'liang chen yang huang zhao government mingjian mingjian123 inspector auditor operator department 密码 管理员 监察员 ' +
  '监察 政务 大厅 审批 系统 测试 明鉴 中国 北京 你好 我爱你 欢迎';

function stretches(walk: string): string[] {
  const backwards = [...walk].reverse().join('');
  return [walk, backwards].flatMap((line) =>
    Array.from({ length: line.length - STRETCH + 1 }, (_, i) => line.slice(i, i + STRETCH)),
  );
}

/** What counts for nothing in a password, longest first. */
export const COMMON_WORDS: readonly string[] = longestFirst(WORDS.split(' '));

/** Stretches of walks. */
export const COMMON_WALKS: readonly string[] = longestFirst(WALKS.flatMap(stretches));

function longestFirst(parts: readonly string[]): string[] {
  return [...new Set(parts)].sort((a, b) => b.length - a.length || (a < b ? -1 : 1));
}
