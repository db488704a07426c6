import { StepEventData, type TimelineEvent } from '@mingjian/contracts';
import { maskNumbersIn, maskPerson, maskUnknown } from './mask';

const KNOWN: ReadonlySet<string> = new Set(Object.keys(StepEventData.shape));
/** Members where a code of a person is asked for, and a name may stand. */
const PERSONS: ReadonlySet<string> = new Set(['officer', 'approver']);
/** Members that people write freely. */
const FREE: ReadonlySet<string> = new Set(['reason', 'result', 'ground', 'notice', 'tags']);

/**
 * The data of an event as they are shown by default: names and numbers of persons masked, and whatever a department sends
 * beyond the contract, since nobody knows what it is. What is not masked is the value itself.
 * @see 个人信息保护法 Art. 6 (no more than is needed), Art. 51 (measures of de-identification)
 */
function maskedData(data: StepEventData): StepEventData {
  return Object.fromEntries(
    Object.entries(data).map(([member, value]) => [member, maskedMember(member, value)]),
  );
}

/** An event as it is shown by default. */
export function maskedEvent(event: TimelineEvent): TimelineEvent {
  return { ...event, data: maskedData(event.data) };
}

/** Members of an event that are not shown as they are. */
export function maskedMembers({ data }: TimelineEvent): string[] {
  const shown: Readonly<Record<string, unknown>> = maskedData(data);
  return Object.entries(data)
    .filter(([member, value]) => JSON.stringify(shown[member]) !== JSON.stringify(value))
    .map(([member]) => member);
}

function maskedMember(member: string, value: unknown): unknown {
  if (!KNOWN.has(member)) return maskUnknown(value);
  if (PERSONS.has(member)) return eachText(value, maskPerson);
  return FREE.has(member) ? eachText(value, maskNumbersIn) : value;
}

function eachText(value: unknown, mask: (text: string) => string): unknown {
  if (typeof value === 'string') return mask(value);
  return Array.isArray(value) ? value.map((one) => eachText(one, mask)) : value;
}
