import { passwordProblem } from './password-rules';

describe('the rules of passwords', () => {
  it.each([
    ['short', 'too-short'],
    ['elevenchars', 'too-short'],
    ['x'.repeat(129), 'too-long'],
    ['password123456', 'too-common'],
    ['P@ssw0rd2026!!', 'too-common'],
    ['Admin12345678', 'too-common'],
    ['1qaz2wsx3edc', 'too-common'],
    ['qwertyuiop[]', 'too-common'],
    ['aaaaaaaaaaaa', 'too-common'],
    ['Mingjian2026!', 'too-common'],
    ['19900101 20001231', 'too-common'],
    ['woaizhongguo88', 'too-common'],
    ['passwordpassword', 'too-common'],
    ['zhangwei-tulip-cable', 'has-name'],
    ['ZhangWei-tulip-cable', 'has-name'],
  ])('refuse %j: %s', (password, problem) => {
    expect(passwordProblem(password, ['zhangwei', '张伟'])).toBe(problem);
  });

  it.each([
    'correct horse battery staple',
    'tulip-cable-fourteen',
    '春眠不觉晓处处闻啼鸟夜来',
    'v8Kq!pZr0m_Lw',
  ])('take %j, without asking for kinds of characters', (password) => {
    expect(passwordProblem(password, ['zhangwei', '张伟'])).toBeNull();
  });

  it('do not hold a name of two letters against anybody', () => {
    expect(passwordProblem('tulip-cable-lifting', ['li', '李'])).toBeNull();
  });
});
