import { z } from 'zod';
import { didYouMean } from './did-you-mean';
import { compileTemplate } from './template';

export const Scalar = z.union([z.string(), z.number(), z.boolean()]);

/** Whether a text compiles, for a refinement. */
export function compiles(compile: (text: string) => unknown): (text: string) => boolean {
  return (text) => {
    try {
      compile(text);
      return true;
    } catch {
      return false;
    }
  };
}

/** An object without other members than these; an unknown one is told with the name that was likely meant. */
export function known<Shape extends z.core.$ZodLooseShape>(shape: Shape): z.ZodObject<Shape, z.core.$strict> {
  return z.strictObject(shape, {
    error: (issue) => {
      if (issue.code !== 'unrecognized_keys') return undefined;
      const [first = ''] = issue.keys;
      const members = Object.keys(shape).filter((name) => !Object.hasOwn(issue.input as object, name));
      const advice = didYouMean(first, members, `the members here are ${Object.keys(shape).join(', ')}`);
      return `no unknown key (${issue.keys.join(', ')}); ${advice}`;
    },
  });
}

/** One schema for objects and one for the rest, so that a fault inside an object is told as what it is. */
export function byKind<Plain extends z.ZodType, Structured extends z.ZodType>(
  plain: Plain,
  structured: Structured,
): z.ZodPipe<z.ZodUnknown, z.ZodTransform<z.output<Plain> | z.output<Structured>, unknown>> {
  return z.unknown().transform((value, context) => {
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
    const parsed = (isObject ? structured : plain).safeParse(value);
    if (parsed.success) return parsed.data;
    for (const issue of parsed.error.issues) context.issues.push({ ...issue, input: value } as never);
    return z.NEVER;
  });
}

/** A text with `{fields}` of the record in it. */
export const Template = z
  .string()
  .min(1)
  .refine(compiles(compileTemplate), 'braces in pairs; write {{ and }} for the braces themselves');

const Wanted = z.union([Scalar, z.array(Scalar).min(1)]);

/** What must hold of a record; of the four tests exactly one is given. */
export const Condition = known({
  field: z.string().min(1),
  /** One of these texts; a field without a value is the empty text. */
  is: Wanted.optional(),
  isNot: Wanted.optional(),
  /** Whether the field has a value. */
  present: z.boolean().optional(),
}).refine(
  ({ is, isNot, present }) => [is, isNot, present].filter((test) => test !== undefined).length === 1,
  'a condition: { field, is }, { field, isNot } or { field, present: true }',
);
export type Condition = z.infer<typeof Condition>;

/** One condition, or several that must all hold. */
export const Conditions = byKind(z.array(Condition).min(1), Condition).transform((given): Condition[] =>
  Array.isArray(given) ? given : [given],
);

/** How a value is read. `limit`: a number with its unit, as `20wd`. `working-days`: a number of working days. */
export const KINDS = ['text', 'time', 'number', 'integer', 'limit', 'working-days'] as const;

/** A field of the record, or a template over several; then looked up in a code table, or read as a kind of value. */
export const Derived = known({
  field: z.string().min(1).optional(),
  template: Template.optional(),
  table: z.string().optional(),
  /** Where the record has no value. */
  default: Scalar.optional(),
  as: z.enum(KINDS).default('text'),
  /** For `limit` and `working-days`: the unit's code, a template or a constant; looked up in `units`. */
  unit: Template.optional(),
  /** Otherwise the value is left out. */
  when: Conditions.optional(),
})
  .refine(
    ({ field, template }) => (field === undefined) !== (template === undefined),
    'exactly one of field and template',
  )
  .refine(
    ({ as, unit }) => (unit !== undefined) === (as === 'limit' || as === 'working-days'),
    '"unit" with "as: limit" and "as: working-days", and with no other; units are never guessed',
  );

/** A text is a template; a number or truth value is a constant. */
export const ValueRule = byKind(
  z.union([Template, z.number(), z.boolean()], {
    error:
      'a text such as "{case no}/accepted" with its braces in pairs, a constant, or { field, template, table, default, as, unit, when }; quote texts that begin with a brace',
  }),
  Derived,
);
export type ValueRule = z.infer<typeof ValueRule>;
