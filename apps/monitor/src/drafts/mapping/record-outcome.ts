import type { Problem, QuarantineReason, StepEventType } from '@mingjian/contracts';
import { problemOf, type MappedRecord } from '@mingjian/mapping';
import { maskFound } from '../../identity/personal-data/mask';
import { expectedInChinese } from '../expected-words';
import { gotInChinese } from './expected-mapping-words';
import { dataWord } from './mapping-words';

/** What is wrong with a record, for people. */
export interface RecordProblem {
  reason: QuarantineReason;
  field: string;
  expected: string;
  got: string;
  hint: string;
}

/** What a record comes to; null: it means nothing, and is no fault. */
export type RecordOutcome = { events: StepEventType[] } | { problem: RecordProblem } | null;

/** What a record comes to by one mapping: a fault of one rule is one of the record. */
export function outcomeOf(mapped: readonly MappedRecord[]): RecordOutcome {
  const events: StepEventType[] = [];
  for (const { acceptance } of mapped) {
    if (acceptance.ok) events.push(acceptance.event.type);
    else
      return {
        problem: recordProblem(acceptance.quarantine.reason, problemOf(acceptance.quarantine), true),
      };
  }
  return events.length === 0 ? null : { events };
}

/** @param isMasked whether what was found is shown as the quarantine shows it: to who may not see the record. */
export function recordProblem(
  reason: QuarantineReason,
  { field, expected, got, hint }: Omit<Problem, 'place'>,
  isMasked: boolean,
): RecordProblem {
  return {
    ...{ reason, field: fieldInChinese(field) },
    ...expectedInChinese(expected, hint),
    got: gotInChinese(isMasked ? maskFound(field, got) : got),
  };
}

/** A column has the name that the department gave it; a member of the event has one of ours. */
function fieldInChinese(field: string): string {
  return field.startsWith('data.') ? (dataWord(field.slice(5)) ?? field) : field;
}
