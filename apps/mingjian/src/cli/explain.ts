import { explainCase, explanationInChinese, formatInstant, judgeCase, verdictAt } from '@mingjian/rules';
import type { Io } from './io';
import { EXIT, UsageError } from './io';
import type { JudgeOptions } from './judge';
import { readCases } from './judge';
import { verdictJson } from './show-verdict';

/** `mingjian explain CASE`: events → clocks → days → light, with the provision for each line. */
export async function explain(caseNo: string, options: JudgeOptions, io: Io): Promise<number> {
  const { book, calendar, at, cases } = await readCases(options);
  const events = cases
    .get(caseNo)
    ?.filter((event) => event.occurredAt <= at || event.type === 'event.retracted');
  if (!events || events.length === 0)
    throw new UsageError(`case ${caseNo} has no event up to ${options.at} in ${options.events.join(', ')}`);
  const explanation = explainCase(caseNo, events, book, at);
  if (!options.json) {
    await io.out(`${explanationInChinese(explanation, calendar)}\n`);
    return EXIT.done;
  }
  const time = (instant: number | null): string | null =>
    instant === null ? null : formatInstant(instant, calendar.zone);
  const tracks = judgeCase(caseNo, events, book);
  const clocks = explanation.clocks.map((clock) => ({
    ...clock,
    startedAt: time(clock.startedAt),
    dueAt: time(clock.dueAt),
    finishedAt: time(clock.finishedAt),
    since: time(clock.since),
  }));
  const { findings, ...verdict } = verdictJson(verdictAt(tracks, at), tracks, calendar);
  await io.out(`${JSON.stringify({ ...verdict, at: time(at), clocks, findings })}\n`);
  return EXIT.done;
}
