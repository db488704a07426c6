import { z } from 'zod';
import { CalendarDocument } from './calendar-document';
import { LIGHTS } from './light';
import { RulesetDocument } from './ruleset-document';
import { STEP_EVENT_TYPES, StepEventData } from './step-event';

/**
 * A time as a person writes it: `2026-09-14`, `2026-09-14 10:00`, with seconds, milliseconds or an offset where wanted.
 * Without an offset it is in the calendar's zone.
 */
const time = z
  .string()
  .regex(
    /^\d{4}-\d{2}-\d{2}([T ]([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d{1,3})?)?)?\s*(Z|[+-]\d{2}:?\d{2})?$/,
    'a time such as 2026-09-14 10:00; without an offset in the zone of the calendar',
  )
  // Checked here, not while running: a 31 September must be named with its line.
  .refine((text) => {
    const date = new Date(`${text.slice(0, 10)}T00:00:00Z`);
    return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text.slice(0, 10));
  }, 'a day that exists');

const light = z.enum(LIGHTS);
const phase = z.enum(['running', 'suspended', 'overdue', 'finished', 'unknown']);

/** What one clock shows. Only what is written is compared. `none`: the clock is not (yet) there. */
const ClockExpectation = z.union(
  [
    z.literal('none'),
    z.strictObject({
      light: light.optional(),
      phase: phase.optional(),
      dueAt: z.union([time, z.literal('none')]).optional(),
      startedAt: time.optional(),
      provisional: z.boolean().optional(),
    }),
  ],
  { error: 'none, or any of light, phase, dueAt, startedAt, provisional' },
);

/** A finding by its code, or by code and kind: `EXT-1`, `EXT-1 extended-twice`. */
const FindingText = z
  .string()
  .regex(/^[A-Z]{2,5}-\d+( [a-z][a-z-]*)?$/, 'a code, or a code and a kind: EXT-1 extended-twice');

/** What the case shows at an instant. Only what is written is compared. */
export const ScenarioExpectation = z.strictObject({
  at: time,
  /** Judged with what was known then; left out: with what was known at `at`. */
  knownAt: time.optional(),
  light: light.optional(),
  /** The clock that decides the light; `none` where no clock does. */
  clock: z.string().optional(),
  /** Last instant still in time; a date alone is the end of that day, as limits in days are due. */
  dueAt: z.union([time, z.literal('none')]).optional(),
  open: z.boolean().optional(),
  stepLight: light.optional(),
  provisional: z.boolean().optional(),
  /** The whole list: a finding that is not written here is a difference. */
  findings: z.array(FindingText).optional(),
  clocks: z.record(z.string(), ClockExpectation).optional(),
});
export type ScenarioExpectation = z.infer<typeof ScenarioExpectation>;

/**
 * One event of a scenario. Left out, `id` is e1, e2 … by position. `receivedAt` is when it became known (default: when
 * it happened), for data that arrives late.
 */
export const ScenarioEvent = z
  .strictObject({
    at: time,
    type: z.enum(STEP_EVENT_TYPES),
    data: StepEventData.default({}),
    id: z.string().min(1).optional(),
    receivedAt: time.optional(),
  })
  .superRefine(({ type, data }, context) => {
    for (const [types, field] of NEEDED)
      if (types.includes(type) && data[field] === undefined)
        context.addIssue({ code: 'custom', path: ['data', field], message: `a value; ${type} needs it` });
  });
export type ScenarioEvent = z.infer<typeof ScenarioEvent>;

const NEEDED: readonly (readonly [readonly string[], 'step' | 'days' | 'retracts' | 'inspectors'])[] = [
  [['step.started', 'step.finished'], 'step'],
  [['case.extended'], 'days'],
  [['inspectors.assigned'], 'inspectors'],
  [['event.retracted'], 'retracts'],
];

const oneOrMore = <T extends z.ZodType>(schema: T) =>
  z.union([schema, z.array(schema).min(1)]).transform((given) => (Array.isArray(given) ? given : [given]));

/**
 * 规则情形: a rule test as data. One case, its events, and what must be seen at which instants.
 * Paths of rulesets and calendars are relative to the file; documents may also stand in it. Several rulesets are
 * versions of one.
 */
export const ScenarioDocument = z.strictObject({
  name: z.string().min(1),
  /** The provision that is proven: `行政许可法 第四十二条`. */
  provision: z.string().min(1),
  ruleset: oneOrMore(z.union([z.string().min(1), z.record(z.string(), z.unknown())])),
  calendar: oneOrMore(z.union([z.string().min(1), z.record(z.string(), z.unknown())])),
  events: z.array(ScenarioEvent).min(1),
  expect: z.array(ScenarioExpectation).min(1),
});
export type ScenarioDocument = z.infer<typeof ScenarioDocument>;

/** Schemas of the documents that may stand inside a scenario, to be checked with their own places. */
export const SCENARIO_PARTS = { ruleset: RulesetDocument, calendar: CalendarDocument } as const;
