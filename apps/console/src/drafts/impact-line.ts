import { useI18n } from 'vue-i18n';
import type { MappingImpactResult, SourcesImpactResult } from '../collection/answers';
import type { Draft, Impact, LightImpactResult, ScoreImpactResult, ToldImpactResult } from './answers';

const DAY_MS = 86_400_000;

/** Whom a draft touches, in one line; null where there is nothing to tell yet. */
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
      case 'sources': {
        const { refused, moved, admitted } = result as SourcesImpactResult;
        return t('collection.sourcesImpact.line', { refused, moved, admitted });
      }
      case 'mapping': {
        const { records, newlyAccepted, newlyRefused } = result as MappingImpactResult;
        return t('collection.mappingImpact.line', { n: records, newlyAccepted, newlyRefused });
      }
    }
  };
}

/** Whether the line is enough to decide by; which sources, and which records, has to be seen. */
export function isLineEnough(kind: Draft['kind']): boolean {
  return kind !== 'sources' && kind !== 'mapping';
}

/** Whether what is shown of an impact is about the draft as it stands, all of it. */
export function isTold(impact: Impact | null): impact is Impact {
  return impact?.state === 'done' && !impact.isStale;
}
