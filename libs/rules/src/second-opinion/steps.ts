import type { Clock } from './clock';
import { clockOf } from './clock';
import type { End } from './end';
import { runsOutAt } from './live-through';
import type { OfficeDays } from './office-days';
import type { CaseRecord, Hold, StepRun } from './record';
import type { ItemRules, StepRules } from './written-rules';

/** Clocks of steps, and of issuing what passed by silence. They do not colour the case. */
export function stepClocks(
  record: CaseRecord,
  rules: ItemRules,
  caseEnd: End,
  holds: readonly Hold[],
  daysOf: (run: StepRun, step: StepRules) => OfficeDays,
): Clock[] {
  return record.steps.flatMap((run) => {
    const step = rules.steps.get(run.step);
    if (!step || run.from === null) return [];
    const days = daysOf(run, step);
    // 制证 begins after the decision: only what was under way ends with the case.
    const end = caseEnd.lastBegin >= run.from ? Math.min(run.to, caseEnd.at) : run.to;
    const clock: Clock = {
      ...clockOf(`step:${run.run}`, run.from, end, step.rule, days),
      holds,
      coloursCase: false,
    };
    if (step.issuance === null) return [clock];
    // 缺席默认: passed, unless the step or the case ended by then.
    const endedAt = Math.min(run.to, caseEnd.at);
    const passedAt = runsOutAt({ ...clock, holds: record.holds });
    if (passedAt === Infinity || endedAt <= passedAt) return [clock];
    const issuance = clockOf(`issuance:${run.run}`, passedAt, endedAt, step.issuance, days);
    return [
      { ...clock, end: passedAt },
      { ...issuance, coloursCase: false },
    ];
  });
}
