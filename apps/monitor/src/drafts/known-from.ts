import { canonicalJson } from '@mingjian/rules';
import type { RuleDraftRow } from '@mingjian/store';
import type { Written } from './draft-document';
import { documentOf } from './draft-rows';
import { isMembers } from './field-difference';

/** A ruleset is known from the day of its approval; so is a day that was put into a calendar and does not say since when. */
export function knownFrom(today: string, row: RuleDraftRow): Written {
  const document = documentOf(row);
  if (row.kind === 'ruleset') return { ...document, knownSince: today };
  if (!Array.isArray(document.days)) return document;
  const before = (JSON.parse(row.baseDocument) as { days?: unknown[] }).days ?? [];
  const known = new Set(before.map(canonicalJson));
  const days = (document.days as unknown[]).map((day) =>
    isMembers(day) && day.knownSince === undefined && !known.has(canonicalJson(day))
      ? { ...day, knownSince: today }
      : day,
  );
  return { ...document, days };
}
