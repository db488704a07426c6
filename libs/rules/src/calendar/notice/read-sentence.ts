import type { DayCollector } from './day-collector';
import type { DateContext } from './notice-dates';
import { DATES, daysOf } from './notice-dates';

/** Dates are cut out first, brackets and all; a mark keeps the place of each. */
const MARK = /⟦(\d+)⟧/g;
/** 鼓励…在除夕（2月9日）休息 asks employers, and arranges nothing. */
const ADVICE = /^(?:鼓励|节假日期间|各地区)/;
const REFUSED = /取消|推迟|提前|改为|另行|(?:不再?|未)(?:放假|上班|补休|调休|公休|休息)/;
const MOVES = /调至|调到|调整至|调整到/;
const EXTENDS = /延长(?:\d{4}年)?(.+?)假期(?:至|到)$/;
/** In the order in which they stand in a clause: a date, a count of days, a verb. */
const TOKENS =
  /⟦\d+⟧|(?:共计?)?(?:\d+|[一二三四五六七八九十])天|上班|放假|补休|调休|公休|休息|法定(?:节)?假日/g;
/** Digits that say nothing of a day: counts, and years of a festival's name. */
const HARMLESS = /⟦\d+⟧|\d+天|\d{4}年|\d+周年|〔\d+〕\d+号/g;
const VERB = /上班|放假|补休|调休|公休|休息/;
const NUMERALS = '一二三四五六七八九十';

/** What a sentence needs of its section. */
export interface SentenceScope {
  name: string;
  context: DateContext;
  complain: (expected: string, got: string, hint: string, offset?: number) => void;
  collector: DayCollector;
}

/**
 * Reads one sentence clause by clause: dates wait for the verb that follows them, also over a comma
 * (`4月4日（清明节），为法定节假日`). Dates without a verb are a problem, and so is a verb with numbers that are no
 * dates (`10.8上班`).
 * @returns whether the sentence has dates.
 */
export function readSentence(sentence: string, scope: SentenceScope): boolean {
  if (ADVICE.test(sentence)) return false;
  const stretches: number[][] = [];
  const firstDate = sentence.search(DATES);
  const marked = sentence.replace(DATES, (...found: unknown[]) => {
    // The callback gets match, groups, offset, text: daysOf needs the match and its eight groups.
    const match = found.slice(0, 9) as unknown as RegExpMatchArray;
    const offset = found[9] as number;
    stretches.push(
      daysOf(match, scope.context, (expected, got, hint) => scope.complain(expected, got, hint, offset)),
    );
    return `⟦${stretches.length - 1}⟧`;
  });
  const reader = new ClauseReader(scope, stretches);
  const isRead = marked.split(/[,;:]/).every((clause) => reader.read(clause)) && !reader.hasWaiting();
  if (!isRead) scope.complain(...UNREADABLE(sentence), Math.max(firstDate, 0));
  return stretches.length > 0;
}

const UNREADABLE = (sentence: string): [string, string, string] => [
  'what becomes of the days: 放假, 补休, 上班, 公休日调至',
  `“${sentence.length > 60 ? `${sentence.slice(0, 59)}…` : sentence}”`,
  'enter these days by hand, or remove the sentence if it arranges nothing',
];

class ClauseReader {
  private waiting: number[] = [];
  /** Days that this sentence has set off so far: what 共N天 counts. */
  private readonly off = new Set<number>();

  constructor(
    private readonly scope: SentenceScope,
    private readonly stretches: readonly number[][],
  ) {}

  hasWaiting(): boolean {
    return this.waiting.length > 0;
  }

  /** Returns false where a clause cannot be understood. */
  read(clause: string): boolean {
    const { collector } = this.scope;
    const hasDates = /⟦/.test(clause);
    if ((hasDates || this.hasWaiting()) && REFUSED.test(clause)) return false;
    if ((hasDates || VERB.test(clause)) && /\d/.test(clause.replace(HARMLESS, ''))) return false;
    if (!hasDates && !this.hasWaiting() && this.off.size === 0) return true;
    if (MOVES.test(clause)) return this.move(clause);
    const extends_ = EXTENDS.exec(clause.replace(/⟦\d+⟧.*$/, ''));
    if (extends_ !== null) {
      const through = this.daysIn(clause).at(-1);
      if (through !== undefined) {
        collector.extend(extends_[1]!, through);
        collector.state([through], 'off', extends_[1]!);
      }
      return true;
    }
    for (const [token] of clause.matchAll(TOKENS)) {
      if (token.startsWith('⟦')) this.waiting.push(...this.daysIn(token));
      else if (token.endsWith('天')) this.count(token);
      else this.apply(token === '上班' ? 'work' : 'off');
    }
    return true;
  }

  private move(clause: string): boolean {
    const [from, to, more] = clause.split(MOVES);
    const rest = [...this.waiting, ...this.daysIn(from!)];
    const target = this.daysIn(to!);
    // Without its dates, on either side, the sentence was cut or has been read wrongly.
    if (more !== undefined || !/⟦/.test(to!) || (rest.length === 0 && !/⟦/.test(from!))) return false;
    this.scope.collector.moveRest(rest, this.scope.name);
    this.scope.collector.state(target, 'off', this.scope.name);
    this.waiting = [];
    return true;
  }

  private apply(state: 'off' | 'work'): void {
    this.scope.collector.state(this.waiting, state, this.scope.name);
    if (state === 'off') for (const day of this.waiting) this.off.add(day);
    this.waiting = [];
  }

  private count(token: string): void {
    const number = token.replace(/[共计天]/g, '');
    const said = /\d/.test(number) ? Number(number) : NUMERALS.indexOf(number) + 1;
    if (this.off.size > 0)
      this.scope.collector.count({ name: this.scope.name, said, counted: this.off.size });
  }

  private daysIn(text: string): number[] {
    return [...text.matchAll(MARK)].flatMap((found) => this.stretches[Number(found[1])]!);
  }
}
