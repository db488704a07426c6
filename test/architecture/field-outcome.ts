import { CalendarDocument, RulesetDocument, type TimelineEvent } from '@mingjian/contracts';
import type { CaseVerdict } from '@mingjian/rules';
import { actOutcome } from './act-outcome';
import {
  asKnownAt,
  Examination,
  explainCase,
  judgeCase,
  delegationOf,
  DistrictTree,
  isSilent,
  lintRules,
  parseInstant,
  recipientsOf,
  RuleBook,
  verdictAt,
  WorkingCalendar,
} from '@mingjian/rules';

/**
 * Where a field of a document must show: the lights, due instants, departments and 发牌方式 of a verdict (without the
 * limit as written, which differs by itself); its findings; who is told, with the posts; the explanation; the verdict with what was
 * known then; the linter;
 * what is found among several such cases; which sources count as silent; districts by level and what is delegated to them.
 */
export type Aspect =
  | 'verdict'
  | 'findings'
  | 'recipients'
  | 'explanation'
  | 'knownThen'
  | 'lint'
  | 'acts'
  | 'forensics'
  | 'silence'
  | 'levels';

/** Values by path; `undefined` removes. A number in a path is a place in a list. */
export type Patch = Readonly<Record<string, unknown>>;

interface Site {
  ruleset: object;
  calendars: readonly object[];
  events: readonly TimelineEvent[];
  /** Local to the first calendar. */
  at: string;
}

/** What comes out of the rules for one small case, as text. @throws ZodError when a document is refused. */
export function outcomeOf({ ruleset, calendars, events, at: local }: Site, aspect: Aspect): string {
  const read = calendars.map((document) => WorkingCalendar.fromDocument(CalendarDocument.parse(document)));
  const book = new RuleBook([RulesetDocument.parse(ruleset)], new Map(read.map((one) => [one.id, one])));
  const at = parseInstant(local, read[0]!.zone);
  const caseNo = events[0]!.caseNo;
  const tracks = judgeCase(caseNo, events, book);
  const verdict = verdictAt(tracks, at);
  switch (aspect) {
    case 'verdict':
      return shown(verdict);
    case 'findings':
      return JSON.stringify(verdict.findings);
    case 'recipients':
      return JSON.stringify([
        recipientsOf(book.newest.ruleset, tracks.itemClass, verdict.light),
        tracks.clocks.map(({ clock, department, post }) => [clock, department, post]),
      ]);
    case 'explanation':
      return JSON.stringify(explainCase(caseNo, events, book, at));
    case 'knownThen': {
      const known = asKnownAt(book, events, at);
      return shown(verdictAt(judgeCase(caseNo, known.events, known.book), at));
    }
    case 'forensics':
      return JSON.stringify(examined(events, book, at));
    case 'silence': {
      const { sources } = book.newest.ruleset.document;
      return JSON.stringify(SILENCES.map((silence) => isSilent(silence, sources)));
    }
    case 'acts':
      return actOutcome(book.newest.ruleset.document, book.newest.calendar);
    case 'levels': {
      const { document } = book.newest.ruleset;
      return JSON.stringify([new DistrictTree(document.districts).shown(), delegationOf(document)]);
    }
    case 'lint':
      return JSON.stringify(lintRules(book, at).map(({ code, path }) => [code, path]));
  }
}

/** Sources without a rhythm and with one, silent for a while and for long. */
const SILENCES = [1, 5].flatMap((hours) =>
  [null, 0.01, 0.00001].map((chanceOfSilence) => ({ chanceOfSilence, silentWorkingMs: hours * 3_600_000 })),
);

/** A dozen: a pattern is none of a single case, and fewer than a habit of a source. */
const COPIES = 12;

/** What is found in the time until `at` among the cases of the events; of a single one among a dozen like it. */
function examined(events: readonly TimelineEvent[], book: RuleBook, at: number): object {
  const examination = new Examination(book, events[0]!.occurredAt, at);
  const cases = new Map<string, TimelineEvent[]>();
  for (const event of events) cases.set(event.caseNo, [...(cases.get(event.caseNo) ?? []), event]);
  for (const [caseNo, timeline] of cases)
    for (let copy = 0; copy < (cases.size === 1 ? COPIES : 1); copy++)
      examination.add(`${caseNo}-${copy}`, timeline);
  return examination.result().findings;
}

function shown(verdict: CaseVerdict): string {
  const clocks = verdict.clocks.map((clock) => ({ ...clock, limit: null }));
  return JSON.stringify({ ...verdict, clocks, findings: null });
}

/** A copy with the values put in; objects on the way are made. */
export function patched(document: object, patch: Patch): object {
  const copy = structuredClone(document);
  for (const [path, value] of Object.entries(patch)) {
    const keys = path.split('.');
    const last = keys.pop()!;
    let place = copy as Record<string, unknown>;
    for (const key of keys) {
      if (typeof place[key] !== 'object' || place[key] === null) place[key] = {};
      place = place[key] as Record<string, unknown>;
    }
    if (value === undefined) delete place[last];
    else place[last] = value;
  }
  return copy;
}

interface JsonSchema {
  type?: string;
  anyOf?: JsonSchema[];
  properties?: Record<string, JsonSchema>;
  additionalProperties?: JsonSchema | boolean;
  items?: JsonSchema;
  pattern?: string;
}

/** Every field of a schema that holds a value: members of maps as `*`, of lists of objects as `[]`. */
export function leavesOf(schema: JsonSchema): Map<string, JsonSchema[]> {
  const leaves = new Map<string, JsonSchema[]>();
  const walk = (node: JsonSchema, path: readonly string[]): void => {
    if (node.anyOf) for (const branch of node.anyOf) walk(branch, path);
    else if (node.type === 'object') {
      for (const [name, member] of Object.entries(node.properties ?? {})) walk(member, [...path, name]);
      if (typeof node.additionalProperties === 'object') walk(node.additionalProperties, [...path, '*']);
    } else if (node.type === 'array' && (node.items?.type === 'object' || node.items?.anyOf))
      walk(node.items, [...path, '[]']);
    else leaves.set(path.join('.'), [...(leaves.get(path.join('.')) ?? []), node]);
  };
  walk(schema, []);
  return leaves;
}
