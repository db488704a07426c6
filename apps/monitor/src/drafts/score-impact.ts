import type { ScoreScheme } from '@mingjian/contracts';
import { addMonths, dateTextOf, scoreUnits, type UnitScore } from '@mingjian/rules';
import { monthsOfBulletins, RowScope } from '@mingjian/store';
import { monthsBetween } from '../reports/report-months';
import { unitRecords } from '../reports/unit-records';
import type { LoadedRuleBook } from '../rulebook/load-rule-book';
import type { KindOfDraft } from './kinds/kind-of-draft';

/** What a department has in a month by one scheme. Null: nothing to judge by; too few cases for a place. */
interface Standing {
  total: number | null;
  rank: number | null;
}

/** 考评影响: scores of months by what is in force and by a draft. */
export interface ScoreImpactResult {
  months: {
    month: string;
    units: { department: string; before: Standing; after: Standing }[];
  }[];
}

const NOTHING: Standing = { total: null, rank: null };

/** Scores of the last published months by two schemes; where none was published, of the months that are over. Writes nothing. */
export function scoreImpact(
  before: ScoreScheme | null,
  after: ScoreScheme,
  rules: LoadedRuleBook,
): ReturnType<KindOfDraft['impact']> {
  return async (from, { since, until, most }) => {
    const { calendar } = rules.book.newest;
    const monthOf = (at: number): string => dateTextOf(calendar.dayOf(at)).slice(0, 7);
    const last = addMonths(monthOf(until), -1);
    const published = await monthsOfBulletins(from, monthOf(since));
    const found = published.length > 0 ? published : monthsBetween(monthOf(since), last).reverse();
    const chosen = found.slice(0, most);
    const months: ScoreImpactResult['months'] = [];
    return {
      total: chosen.length,
      isCut: found.length > chosen.length,
      look: async (first, end) => {
        for (const month of chosen.slice(first, end)) {
          const records = await unitRecords(from, rules, month, RowScope.everything, until);
          const old = before === null ? [] : scoreUnits(records, before);
          const units = scoreUnits(records, after).map((score) => ({
            department: score.department,
            before: standingOf(old.find(({ department }) => department === score.department)),
            after: standingOf(score),
          }));
          months.push({ month, units });
        }
      },
      result: (): ScoreImpactResult => ({ months }),
    };
  };
}

function standingOf(score: UnitScore | undefined): Standing {
  return score === undefined ? NOTHING : { total: score.total, rank: score.rank };
}

/** The same with names of departments, and what is gained or lost; a month without any score is left out. */
export const presentScoreImpact: KindOfDraft['presentImpact'] = (found, _, { present }) => ({
  months: (found as ScoreImpactResult).months
    .map(({ month, units }) => ({
      month,
      units: units
        .filter(({ before, after }) => before.total !== null || after.total !== null)
        .map(({ department, before, after }) => ({
          ...{ code: department, name: present.departmentName(department) ?? department, before, after },
          total: difference(before.total, after.total),
          // Up is more.
          rank: difference(after.rank, before.rank),
        })),
    }))
    .filter(({ units }) => units.length > 0),
});

/** Two decimals, as points are told; null where there is nothing to compare. */
function difference(before: number | null, after: number | null): number | null {
  return before === null || after === null ? null : Math.round((after - before) * 100) / 100;
}
