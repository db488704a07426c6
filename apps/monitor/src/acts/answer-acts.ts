import { HttpException, NotFoundException, type PipeTransform } from '@nestjs/common';
import { z } from 'zod';
import { ActRefused, type RefusalReason } from './act-refused';

/** Why an act was refused, for people. */
const WORDS: Readonly<Record<RefusalReason, string>> = {
  'not-found': '没有这一条，或您无权查看',
  'not-yours': '您无权办理此事项',
  'stale-version': '此件刚被他人办理，请刷新后重试',
  'key-reused': '提交编号已用于其他办理，请重新提交',
  'wrong-state': '当前状态不允许此办理',
  'no-extension-left': '延期次数已用完',
  'extension-too-long': '延期天数超过规定上限',
  'extension-pending': '已有延期申请待答复',
  'no-extension-asked': '没有待答复的延期申请',
  'reply-overdue': '反馈期限已过，不能延期',
  'unknown-department': '规则集中没有这个部门',
  'unknown-source': '所依据的亮灯或发现不存在或已失效',
  'light-does-not-hold': '该灯已失效，无须申诉',
  'light-not-appealable': '该灯不能申诉',
  'appeal-pending': '该灯已有申诉正在审理',
  'appeal-too-late': '已过申诉期限',
  'appealed-already': '该灯的申诉次数已用完',
  'unknown-case': '没有这个办件编号',
  'return-too-late': '已过退回期限',
  'accused-handles': '检举控告不得转给被反映单位办理',
  'unknown-policy': '规则集中没有这类投诉的办理规则',
  'no-sealing-keys': '本系统未配置加密密钥，不能登记投诉人身份',
  'not-yet': '时间晚于现在',
  'no-review': '此类投诉没有复查、复核程序',
  'review-too-late': '已过请求复查、复核的期限（信访工作条例第三十五条、第三十六条）',
  'hearing-out-of-order': '听证时间应当在请求复核之后、现在之前，且先开始后结束',
  'concluded-matter': '该事项已经复核终结，仍以同一事实和理由提出的，不再受理（信访工作条例第三十六条）',
  'rating-not-appealable': '该评价不能申诉',
  'rating-appeal-too-late': '已过差评申诉期限',
  'rating-appeal-pending': '该评价已有申诉正在核定，或者申诉已经成立',
  'rating-appealed-already': '该评价的申诉次数已用完',
  anonymous: '匿名投诉，没有投诉人身份',
};

/** Runs an act for a request. What is refused becomes an answer: a word for programs, a sentence for people, the detail. */
export async function answeredAct<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof ActRefused)) throw error;
    const { status, reason, message } = error;
    throw new HttpException(
      { statusCode: status, code: reason, message: WORDS[reason], detail: message },
      status,
    );
  }
}

/** The id of an order, appeal or card in a path; anything else is as if it did not exist. */
export class MatterIdPipe implements PipeTransform<string, number> {
  transform(value: string): number {
    if (!/^[1-9]\d{0,8}$/.test(value)) throw new NotFoundException(WORDS['not-found']);
    return Number(value);
  }
}

const Key = z.string().regex(/^[\x21-\x7e]{1,64}$/);

/** The header Idempotency-Key: left out, or 1 to 64 visible characters. Submitted again with it, an act is done once. */
export class IdempotencyKeyPipe implements PipeTransform<unknown, string | undefined> {
  transform(value: unknown): string | undefined {
    if (value === undefined) return undefined;
    const parsed = Key.safeParse(value);
    if (parsed.success) return parsed.data;
    throw new HttpException(
      {
        statusCode: 400,
        code: 'bad-key',
        message: 'Idempotency-Key: expected 1 to 64 visible ASCII characters',
      },
      400,
    );
  }
}
