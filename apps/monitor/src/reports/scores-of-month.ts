import type { ScoreScheme } from '@mingjian/contracts';
import { scoreUnits, type UnitScore } from '@mingjian/rules';
import { RowScope, type Queryable } from '@mingjian/store';
import type { ReportRules } from './report-rules';
import { readScoreScheme } from './score-scheme-file';
import { unitRecords } from './unit-records';

/** Scores of a month as an answer gives them. */
export interface ScoresOfMonth {
  month: string;
  scheme: Pick<ScoreScheme, 'scheme' | 'version' | 'name' | 'basis'>;
  /** Places are among all units; only those that may be read are listed. */
  units: (UnitScore & { departmentName: string })[];
  ranked: number;
}

/** Scores all units of a month and lists those that may be read; null where no scheme is set. */
export async function scoresOfMonth(
  from: Queryable,
  rules: ReportRules,
  schemeFile: string,
  month: string,
  scope: RowScope,
  /** What is due later does not count yet. */
  now: number,
): Promise<ScoresOfMonth | null> {
  const scheme = await readScoreScheme(from, schemeFile, month);
  if (scheme === null) return null;
  const scores = scoreUnits(await unitRecords(from, rules, month, RowScope.everything, now), scheme);
  const { departments } = rules.book.newest.ruleset.document;
  return {
    month,
    scheme: { scheme: scheme.scheme, version: scheme.version, name: scheme.name, basis: scheme.basis },
    units: scores
      .filter(({ department }) => scope.covers(department))
      .map((score) => ({
        ...score,
        departmentName: departments[score.department]?.name ?? score.department,
      })),
    ranked: scores.filter(({ rank }) => rank !== null).length,
  };
}
