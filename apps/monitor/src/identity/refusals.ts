import { HttpException } from '@nestjs/common';
import { AccountProblem } from './accounts';
import type { Refusal } from './own-account';
import { TooBusy } from './password-hash';
import { PASSWORD_PROBLEMS } from './password-rules';

/** A refusal: a word for programs, a sentence for people. */
export function refusal(status: number, code: string, message: string): HttpException {
  return new HttpException({ statusCode: status, code, message }, status);
}

const OWN_ACCOUNT: Readonly<Record<Refusal, string>> = {
  ...PASSWORD_PROBLEMS,
  'wrong-password': '密码不正确',
  locked: '尝试次数过多，请稍后再试',
  'same-password': '新密码不能与原密码相同',
  'wrong-code': '验证码不正确',
  'no-key-file': '本站未配置加密密钥文件，不能设置双因素验证',
  'nothing-to-confirm': '双因素验证的状态不允许此操作，请刷新后重试',
  'changed-meanwhile': '账号刚被修改，请刷新后重试',
};

/** Why something about the own account was not done. */
export function ownAccountRefusal(reason: Refusal): HttpException {
  const status = reason === 'locked' ? 429 : reason === 'changed-meanwhile' ? 409 : 422;
  return refusal(status, reason, OWN_ACCOUNT[reason]);
}

const STATUS: Readonly<Record<AccountProblem['reason'], number>> = {
  'bad-name': 422,
  'bad-standing': 422,
  'name-taken': 409,
  'no-such-account': 404,
  'changed-meanwhile': 409,
  'last-administrator': 409,
  yourself: 409,
  'of-provider': 409,
};

/** Runs what identity does for a request; what it refuses becomes an answer. */
export async function answered<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof AccountProblem) throw refusal(STATUS[error.reason], error.reason, error.text);
    if (error instanceof TooBusy) throw refusal(503, 'busy', '登录人数过多，请稍后再试');
    throw error;
  }
}
