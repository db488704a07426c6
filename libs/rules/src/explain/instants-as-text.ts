/** Members of an explanation that are instants. */
const INSTANTS = new Set([
  'startedAt',
  'dueAt',
  'finishedAt',
  'since',
  'from',
  'to',
  'at',
  'earliest',
  'latest',
]);

/** A part of an explanation for the wire: its instants, wherever they stand, as text. Nothing else is changed. */
export function instantsAsText(value: unknown, time: (instant: number) => string): unknown {
  if (Array.isArray(value)) return value.map((member) => instantsAsText(member, time));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [
      name,
      typeof member === 'number' && INSTANTS.has(name) ? time(member) : instantsAsText(member, time),
    ]),
  );
}
