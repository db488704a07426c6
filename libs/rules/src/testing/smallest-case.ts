import { CalendarDocument, RulesetDocument } from '@mingjian/contracts';
import type { RandomCase } from './random-cases';

/** One case with what it is judged by. */
export interface JudgedCase {
  calendar: CalendarDocument;
  rulesets: RulesetDocument[];
  events: RandomCase['events'];
}

/** What an event cannot be without. */
const NEEDED = new Set(['source', 'id', 'type', 'caseNo', 'occurredAt', 'receivedAt', 'data']);

/**
 * Leaves out of a case, its rules and its calendar all that it can do without, one thing at a time.
 * @param isStill whether what is left still shows what the case is kept for
 * @param most so many attempts and no more
 */
export function smallestCase(
  found: JudgedCase,
  isStill: (left: JudgedCase) => boolean,
  most = 4_000,
): JudgedCase {
  let attempts = 0;
  let smallest: unknown = found;
  let best = found;
  /** Tries without the member of that path; true where it can be done without. */
  const goesWithout = (path: readonly (string | number)[]): boolean => {
    if (attempts++ >= most) return false;
    const copy: unknown = JSON.parse(JSON.stringify(smallest));
    const holder = path.slice(0, -1).reduce((part, key) => (part as Members)[key], copy);
    const last = path[path.length - 1]!;
    if (Array.isArray(holder)) holder.splice(last as number, 1);
    else delete (holder as Members)[last];
    const judged = parse(copy);
    if (judged === null || !isStill(judged)) return false;
    [smallest, best] = [copy, judged];
    return true;
  };
  let isSmaller = true;
  const visit = (path: readonly (string | number)[], part: unknown): void => {
    if (typeof part !== 'object' || part === null) return;
    // From the last to the first, so that what is left keeps its place.
    for (const key of [...(Array.isArray(part) ? part.keys() : Object.keys(part))].reverse()) {
      const isEvent = path[0] === 'events' && path.length === 2;
      if (!(isEvent && NEEDED.has(key as string)) && path.length > 0 && goesWithout([...path, key]))
        isSmaller = true;
      else visit([...path, key], (part as Members)[key]);
    }
  };
  while (isSmaller && attempts < most) {
    isSmaller = false;
    visit([], JSON.parse(JSON.stringify(smallest)));
  }
  return best;
}

type Members = Record<string | number, unknown>;

/** Null where a document is none any more. */
function parse(copy: unknown): JudgedCase | null {
  const { calendar, rulesets, events } = copy as JudgedCase;
  const read = CalendarDocument.safeParse(calendar);
  const rules = rulesets.map((ruleset) => RulesetDocument.safeParse(ruleset));
  if (!read.success || rules.length === 0 || !rules.every((rule) => rule.success)) return null;
  return { calendar: read.data, rulesets: rules.map((rule) => rule.data), events };
}
