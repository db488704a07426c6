import { useI18n } from 'vue-i18n';
import type { Draft, Impact, LightImpactResult, ScoreImpactResult, ToldImpactResult } from './answers';

const DAY_MS = 86_400_000;

/**
 * Whom a draft touches, in one line, for each kind that can be told so; null where there is nothing to tell yet, or it takes a table to
 * tell it.
 */
export function useImpactLine(): (kind: Draft['kind'], impact: Impact) => string | null {
  const { t } = useI18n();
  const lights = (found: LightImpactResult, days: number): string =>
    t('drafts.line.lights', { days, n: found.cases, changed: found.changed, ...found.red });
  const told = (found: ToldImpactResult, days: number): string =>
    t('drafts.line.told', { days, n: found.notices, changed: found.changed, ...found.untold });
  const scored = ({ months }: ScoreImpactResult): string => {
    if (months.length === 0) return t('drafts.scored.nothing');
    const changed = months.flatMap(({ units }) => units).filter(({ total }) => total !== null && total !== 0);
    const departments = new Set(changed.map(({ code }) => code)).size;
    const most = Math.max(0, ...changed.map(({ total }) => Math.abs(total ?? 0)));
    return t(departments === 0 ? 'drafts.line.scoredAlike' : 'drafts.line.scored', {
      ...{ n: months.length, departments, most },
    });
  };
  return (kind, { result, since, until }) => {
    if (result === null) return null;
    const days = Math.round((Date.parse(until) - Date.parse(since)) / DAY_MS);
    switch (kind) {
      case 'ruleset':
      case 'calendar':
        return lights(result as LightImpactResult, days);
      case 'recipients':
        return told(result as ToldImpactResult, days);
      case 'scheme':
        return scored(result as ScoreImpactResult);
      default:
        return null;
    }
  };
}

/** Whether one line tells whom a draft of this kind touches. */
export function hasLine(kind: Draft['kind']): boolean {
  return kind !== 'sources' && kind !== 'mapping';
}

/** Whether what is shown of an impact is about the draft as it stands, all of it. */
export function isTold(impact: Impact | null): impact is Impact {
  return impact?.state === 'done' && !impact.isStale;
}
