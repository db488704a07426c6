import {
  explainCase,
  explanationInChinese,
  explanationPage,
  formatInstant,
  happenedBy,
  instantsAsText,
  judgeCase,
  thenAndNow,
  verdictAt,
} from '@mingjian/rules';
import type { Io } from './io';
import { EXIT, UsageError } from './io';
import type { JudgeOptions } from './judge';
import { readCases } from './judge';
import { thenAndNowInChinese, thenAndNowJson } from './show-then-and-now';
import { verdictJson } from './show-verdict';

export interface ExplainOptions extends JudgeOptions {
  both?: boolean;
  html?: boolean;
}

/**
 * `mingjian explain CASE`: events → clocks → days → light, with the provision for each line; with `--both` what was known
 * at that instant beside what is known now.
 */
export async function explain(caseNo: string, options: ExplainOptions, io: Io): Promise<number> {
  if (options.both && options.knownAt !== undefined)
    throw new UsageError(
      '--both compares what was known at --at with what is known now: leave out --known-at',
    );
  const { book, calendar, at, cases } = await readCases(options);
  const events = happenedBy(cases.get(caseNo) ?? [], at);
  if (events.length === 0) {
    const known = options.knownAt === undefined ? '' : ` known at ${options.knownAt}`;
    throw new UsageError(
      `case ${caseNo} has no event up to ${options.at}${known} in ${options.events.join(', ')}`,
    );
  }
  if (options.both) {
    const both = thenAndNow(caseNo, events, book, at);
    await io.out(
      options.json
        ? `${JSON.stringify(thenAndNowJson(caseNo, both, at, calendar))}\n`
        : thenAndNowInChinese(caseNo, both, at, calendar),
    );
    return EXIT.done;
  }
  const explanation = explainCase(caseNo, events, book, at);
  if (!options.json) {
    const show = options.html ? explanationPage : explanationInChinese;
    await io.out(`${show(explanation, calendar).trimEnd()}\n`);
    return EXIT.done;
  }
  const time = (instant: number): string => formatInstant(instant, calendar.zone);
  const tracks = judgeCase(caseNo, events, book);
  const clocks = instantsAsText(explanation.clocks, time);
  const delay = instantsAsText(explanation.delay, time);
  const { findings, ...verdict } = verdictJson(verdictAt(tracks, at), tracks, calendar);
  await io.out(`${JSON.stringify({ ...verdict, at: time(at), clocks, delay, findings })}\n`);
  return EXIT.done;
}
