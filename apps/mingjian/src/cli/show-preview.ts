import { problemText, type StepEvent } from '@mingjian/contracts';
import type { PreviewedRecord, PreviewSum } from '@mingjian/mapping';

/** Columns of a terminal for the department's record; the events stand beside it. */
const LEFT = 46;

/** A record and what it would mean, side by side: fields with a value on the left, events and rejects on the right. */
export function showPreview({ place, record, events, rejects }: PreviewedRecord): string {
  const left = fieldsOf(record).map(([name, value]) => `${name}  ${value}`);
  const right = [
    ...events.flatMap(({ rule, event }) => linesOf(event, rule)),
    ...rejects.flatMap(({ rule, reason, problem }) => [
      `✗ ${reason}${rule === null ? '' : `  ← ${rule}`}`,
      `    ${problemText({ ...problem, place: '' }).replace(/^: /, '')}`,
    ]),
  ];
  if (right.length === 0) right.push('· nothing new');
  const rows = Array.from({ length: Math.max(left.length, right.length) }, (_, index) =>
    `  ${fitted(left[index] ?? '')} │ ${right[index] ?? ''}`.trimEnd(),
  );
  return `${place}\n${rows.join('\n')}\n\n`;
}

/** What the whole run would come to. */
export function showPreviewSum(sum: PreviewSum): string {
  const counts = (of: Record<string, number>): string =>
    Object.entries(of)
      .map(([name, count]) => `${count} ${name}`)
      .join(', ') || 'none';
  return [
    `records read       ${sum.records}`,
    `events             ${sum.events} (${counts(sum.eventsByType)})`,
    `rejects            ${counts(sum.rejectsByReason)}`,
    `ignored records    ${sum.ignored}`,
    `repeated events    ${sum.skippedRepeats}`,
    'nothing was written',
    '',
  ].join('\n');
}

function linesOf({ type, subject, id, time, data }: StepEvent, rule: string | null): string[] {
  const members = Object.entries(data).map(([name, value]) => `${name}=${String(value)}`);
  return [
    `→ ${type}  ${subject}  ${time}${rule === null ? '' : `  ← ${rule}`}`,
    `    id ${id}`,
    ...members.map((member) => `    ${member}`),
  ];
}

/** Names and values, those of nested objects along dots. */
function fieldsOf(record: unknown, prefix = ''): [string, string][] {
  if (typeof record === 'string') return [['', record.slice(0, 200)]];
  if (typeof record !== 'object' || record === null) return [];
  return Object.entries(record).flatMap(([name, value]: [string, unknown]): [string, string][] => {
    if (value === null || value === '') return [];
    if (typeof value === 'object') return fieldsOf(value, `${prefix}${name}.`);
    const text = typeof value === 'string' ? value : JSON.stringify(value);
    return [[`${prefix}${name}`, text.replaceAll('\n', '⏎')]];
  });
}

/** Cut or filled to {@link LEFT} columns; a Chinese character takes two. */
function fitted(text: string): string {
  let width = 0;
  let shown = '';
  for (const character of text) {
    const takes =
      /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6]/.test(
        character,
      )
        ? 2
        : 1;
    if (width + takes > LEFT - 1) return `${shown}…${' '.repeat(LEFT - width - 1)}`;
    shown += character;
    width += takes;
  }
  return shown + ' '.repeat(LEFT - width);
}
