import { backtest, type RuleBook } from '@mingjian/rules';
import { casesOpenSince, loadTimelines } from '@mingjian/store';
import { ImpactSums } from './impact-sums';
import type { KindOfDraft } from './kinds/kind-of-draft';

/** Back-tests one book of rules against another by the cases that were open in a period: copies are judged, nothing is written. */
export function lightImpact({
  before,
  after,
}: {
  before: RuleBook;
  after: RuleBook;
}): ReturnType<KindOfDraft['impact']> {
  return async (from, { since, until, most }) => {
    const found = await casesOpenSince(from, since, most + 1);
    const caseNos = found.slice(0, most);
    const sums = new ImpactSums();
    return {
      total: caseNos.length,
      isCut: found.length > most,
      look: async (first, end) => {
        const cases = await loadTimelines(from, caseNos.slice(first, end));
        sums.add(backtest(cases, before, after, since, until));
      },
      result: () => sums.result,
    };
  };
}
