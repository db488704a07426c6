import { HttpException } from '@nestjs/common';

/** Why something about a key is refused, with its HTTP status and words for people. */
const REFUSALS = {
  'not-registered': [422, '来源登记中没有这个来源：请先登记并经批准，再发放密钥'],
  'no-such-key': [404, '没有这个密钥'],
  'already-ended': [409, '该密钥已停用，请刷新'],
  'holds-secret': [422, '事由中含有接口密钥：请删除；该密钥已经外泄的，请立即停用'],
} as const;

/** Something about a key that is not possible; nothing was written. */
export class KeyRefused extends Error {
  constructor(readonly reason: keyof typeof REFUSALS) {
    super(REFUSALS[reason][1]);
    this.name = 'KeyRefused';
  }
}

/** Runs something about keys for a request; what is refused becomes an answer. */
export async function answeredKey<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof KeyRefused)) throw error;
    const [statusCode, message] = REFUSALS[error.reason];
    throw new HttpException({ statusCode, code: error.reason, message }, statusCode);
  }
}
