import type { Page } from 'playwright-core';

/** One act of somebody at the console: what was pressed or filled in, as it is named on the screen. */
export interface HandAct {
  readonly who: string;
  readonly did: 'press' | 'fill';
  readonly name: string;
  /** What was written. */
  readonly text?: string;
}

/** Somebody who finds everything by what it is called on the screen, and whose every act is counted. */
export class Hand {
  constructor(
    readonly page: Page,
    private readonly who: string,
    /** Told of each act before it is done. */
    private readonly count: (act: HandAct) => void,
  ) {}

  async press(role: 'link' | 'button', name: string): Promise<void> {
    this.count({ who: this.who, did: 'press', name });
    await this.page.getByRole(role, { name, exact: true }).click();
  }

  async fill(name: string, text: string): Promise<void> {
    this.count({ who: this.who, did: 'fill', name, text });
    await this.page.getByLabel(name, { exact: true }).fill(text);
  }

  /** Types where the focus is: nothing was pointed at before. */
  async type(name: string, text: string): Promise<void> {
    const field = this.page.getByLabel(name, { exact: true });
    await field.and(this.page.locator(':focus')).waitFor();
    this.count({ who: this.who, did: 'fill', name, text });
    await this.page.keyboard.type(text);
  }

  /** Waits until something can be read; reading is no act. */
  async reads(text: string | RegExp): Promise<void> {
    await this.page.getByText(text).first().waitFor();
  }
}

/** From the first page after signing in: the promise of one item is made five working days, from today on. */
export async function changeInForce(author: Hand, second: Hand): Promise<void> {
  await author.press('link', '规则');
  await author.press('link', '规则改动');
  await author.press('button', '起草规则改动');
  await author.fill('A0101 承诺时限', '5');
  await author.press('button', '保存并检查');
  await author.reads('5 个工作日');
  await author.reads('施行日期之前受理的办件，实际的灯不变。');
  await author.reads('1 件的灯会不同');
  await author.press('button', '提交');
  await author.type('理由', '压缩承诺时限');
  await author.press('button', '确定');
  await author.reads('等另一名管理员在“规则改动”中打开并批准');

  await second.press('link', '规则');
  await second.press('link', '规则改动');
  await second.press('link', '调整规则');
  await second.reads('“压缩承诺时限”');
  await second.press('button', '批准');
  await second.press('button', '确定');
  await second.reads('施行中');
}

/** From where {@link changeInForce} left both of them: the version before it is in force again. */
export async function takeBack(author: Hand, second: Hand): Promise<void> {
  await author.press('button', '撤回此版本');
  await author.reads('在此之前此版本不变');
  await author.press('button', '确定');
  await author.reads('撤回：调整规则');
  await author.press('button', '提交');
  await author.type('理由', '恢复原时限');
  await author.press('button', '确定');
  await author.reads('等另一名管理员在“规则改动”中打开并批准');

  await second.press('link', '规则改动');
  await second.press('link', '撤回：调整规则');
  await second.reads('“恢复原时限”');
  await second.press('button', '批准');
  await second.press('button', '确定');
  await second.reads('施行中');
}
