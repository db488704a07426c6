import type { CannotExpress, Problem, StepEventType } from '@mingjian/contracts';
import { compileConditions } from './compile-condition';
import { compileValue, readTime, type CompiledValue, type ValueContext } from './compile-value';
import type { EventRule } from './event-rule';
import type { MappingDocument } from './mapping-document';
import { Unmappable, type Fields, type Scalar } from './record-fields';
import { recordsAlong } from './records-along';

/** One event that a record means, not yet held against the contract; or why there is none. */
export type MappedEvent = {
  /** Number of the rule in the mapping, from 0; null where no rule is concerned. */
  rule: number | null;
} & (
  | { ok: true; value: unknown; once: boolean }
  /** `waitsFor`: another row, which has not come yet. */
  | {
      ok: false;
      problem: Omit<Problem, 'place'>;
      waitsFor?: RowName;
      /** The id and the case of the event that it would have been, as far as they can be read. */
      meant?: { id: string | null; subject: Scalar | null };
    }
);

/** A row of another table of the delivery. */
export interface RowName {
  input: string;
  key: string;
}

/** The same, with the values that its key is made of, in their order: what a database is asked by. */
export interface JoinedName extends RowName {
  values: readonly string[];
}

/** A rule of the mapping, ready to apply. */
export interface CompiledEvent {
  input: string;
  /** The fields of the record itself; those of the elements of a list are not among them. */
  fields: string[];
  allFields: string[];
  apply(fields: Fields): MappedEvent[];
  /** The id of the event that a record with these fields means, whether or not it means one. */
  idOf(fields: Fields): string | null;
  subjectOf(fields: Fields): Scalar | null;
}

/** Which events say that the format has no field for it. */
const CONCERNED: Record<CannotExpress, readonly StepEventType[]> = {
  'step-start': ['step.finished'],
  'step-times': ['step.started', 'step.finished'],
  'suspension-end': ['case.suspended'],
  approver: ['case.suspended', 'case.extended'],
  notice: ['case.suspended', 'case.extended'],
};

export function compileEvent(
  rule: EventRule,
  index: number,
  { source, cannotExpress }: Pick<MappingDocument, 'source' | 'cannotExpress'>,
  context: ValueContext,
): CompiledEvent {
  const conditions = compileConditions(rule.when ?? [], context);
  const type = compileValue(rule.type, context);
  const id = compileValue(rule.id, context);
  const subject = compileValue(rule.subject, context);
  const time = compileValue(rule.time, context);
  const isTime = typeof rule.time === 'object' && rule.time.as === 'time';
  const data = Object.entries(rule.data).map(([name, value]) => ({
    name,
    value: compileValue(value, context),
  }));
  const values = [type, id, subject, time, ...data.map(({ value }) => value)];
  const allFields = [...conditions.fields, ...values.flatMap((value) => value.fields)];
  const each = rule.each ?? null;

  const applyOnce = (fields: Fields): MappedEvent[] => {
    try {
      if (!conditions.hold(fields)) return [];
      const when = String(required(time, fields, 'time'));
      const said = required(type, fields, 'type');
      const missing = cannotExpress.filter((what) => CONCERNED[what].includes(said as StepEventType));
      const event = {
        specversion: '1.0',
        id: String(required(id, fields, 'id')),
        source,
        type: said,
        subject: String(required(subject, fields, 'subject')),
        time: isTime ? when : readTime(when, time.fields.join(' ') || 'time', context),
        data: {
          ...Object.fromEntries(
            data.flatMap(({ name, value }) => {
              const found = value.of(fields);
              return found === null ? [] : [[name, found]];
            }),
          ),
          ...(missing.length === 0 ? {} : { cannotExpress: missing }),
        },
      };
      return [{ ok: true, value: event, once: rule.once, rule: index }];
    } catch (error) {
      if (!(error instanceof Unmappable)) throw error;
      return [{ ok: false, problem: error.problem, rule: index, meant: meantIn(fields) }];
    }
  };

  const meantIn = (fields: Fields): { id: string | null; subject: Scalar | null } => ({
    id: readable(() => id.of(fields))?.toString() ?? null,
    subject: readable(() => subject.of(fields)),
  });

  return {
    input: rule.input ?? '',
    fields: each === null ? allFields : [],
    allFields,
    apply: each === null ? applyOnce : (fields) => elementsOf(fields, each).flatMap(applyOnce),
    idOf: (fields) => {
      const found = id.of(fields);
      return found === null ? null : String(found);
    },
    subjectOf: (fields) => subject.of(fields),
  };
}

/** Null where it cannot be read: then it is not known. */
function readable(read: () => Scalar | null): Scalar | null {
  try {
    return read();
  } catch (error) {
    if (error instanceof Unmappable) return null;
    throw error;
  }
}

/** The elements of a list of the record, each with the members of the record that it does not have itself. */
function elementsOf(fields: Fields, each: string): Fields[] {
  const elements = recordsAlong(fields, each) ?? [];
  return elements.map((element) =>
    typeof element === 'object' ? { ...fields, ...(element as Fields) } : { ...fields, [each]: element },
  );
}

function required(value: CompiledValue, fields: Fields, member: string): Scalar {
  const found = value.of(fields);
  if (found !== null) return found;
  const field = value.fields.join(', ') || member;
  const hint = 'mend the record, or give the rule a "when" or a "default"';
  throw new Unmappable({ field, expected: `a value for the event's ${member}`, got: 'nothing', hint });
}
