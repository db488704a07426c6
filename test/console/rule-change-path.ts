import type { Page } from 'playwright-core';
import { Reader } from './reading';

/** One act of somebody at the console: what was pressed or filled in, as it is named on the screen. */
export interface HandAct {
  readonly who: string;
  readonly did: 'press' | 'fill';
  readonly name: string;
  /** What was written. */
  readonly text?: string;
}

/** Somebody who finds everything by what it is called on the screen; every act is counted, and what was read before it. */
export class Hand {
  readonly reader = new Reader();

  constructor(
    readonly page: Page,
    private readonly who: string,
    /** Told of each act before it is done. */
    private readonly count: (act: HandAct) => void,
  ) {}

  async press(role: 'link' | 'button', name: string): Promise<void> {
    const target = this.page.getByRole(role, { name, exact: true });
    await target.hover();
    await this.reader.look(this.page, ':hover');
    this.count({ who: this.who, did: 'press', name });
    await target.click();
  }

  /** Types where the focus is: nothing was pointed at before. */
  async type(name: string, text: string): Promise<void> {
    const field = this.page.getByLabel(name, { exact: true }).and(this.page.locator(':focus'));
    await field.waitFor();
    await this.reader.look(this.page, ':focus');
    this.count({ who: this.who, did: 'fill', name, text });
    await this.page.keyboard.type(text);
    this.reader.knows(text);
  }

  /** Waits until something can be read; reading is no act. */
  async reads(text: string | RegExp): Promise<void> {
    await this.page.getByText(text).first().waitFor();
    await this.reader.look(this.page);
  }
}

/** Seconds of the keystroke-level model: a key, pointing, a hand from mouse to keyboard or back, making up one's mind. */
const [K, P, H, M] = [0.28, 1.1, 0.4, 1.35];
/** Keys a Chinese character takes with an input method. */
const KEYS = 2.5;

/** How long hands and decisions take for these acts, seconds (Card, Moran and Newell). */
export function handSeconds(acts: readonly HandAct[]): number {
  return acts.reduce((sum, { text }) => {
    if (text === undefined) return sum + M + P + K;
    const keys = [...text].reduce((count, one) => count + (one < '\u0080' ? 1 : KEYS), 0);
    return sum + M + 2 * H + keys * K;
  }, 0);
}

/** From the first page after signing in: the promise of one item is made five working days, from today on. */
export async function changeInForce(author: Hand, second: Hand): Promise<void> {
  await author.press('link', '规则');
  await author.press('button', '改 A0101 承诺时限');
  await author.type('改为（个工作日）', '5');
  await author.press('button', '确定');
  await author.reads('1 件的亮灯会不同');
  await author.press('button', '提交');
  await author.type('理由', '压缩承诺时限');
  await author.press('button', '确定');
  await author.reads('已提示另一名管理员批准');

  await second.press('link', '1 待批准的规则改动');
  await second.reads('1 件的亮灯会不同');
  await second.press('button', '批准');
  await second.press('button', '确定');
  await second.reads('施行中');
}

/** From where {@link changeInForce} left both of them: the version before it is in force again. */
export async function takeBack(author: Hand, second: Hand): Promise<void> {
  await author.press('button', '起草撤回');
  await author.reads('撤回：A0101 承诺时限 7→5 个工作日');
  await author.reads('1 件的亮灯会不同');
  await author.press('button', '提交');
  await author.type('理由', '恢复原时限');
  await author.press('button', '确定');
  await author.reads('已提示另一名管理员批准');

  await second.press('link', '监察台');
  await second.press('link', '1 待批准的规则改动');
  await second.reads('1 件的亮灯会不同');
  await second.press('button', '批准');
  await second.press('button', '确定');
  await second.reads('施行中');
}
