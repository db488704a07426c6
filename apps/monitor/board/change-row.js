import { h } from './dom.js';
import { clockText, dateText, delayText, fullText } from './time.js';
import { clockName, lightMark, REASONS } from './words.js';

/** One line of the stream: when it became true, which case and clock, from which light to which, why. */
export function changeRow(change, { isNew = false } = {}) {
  return h(
    'li',
    { class: isNew ? 'new' : null },
    h('span', { class: 'move' }, lightMark(change.to)),
    h('a', { href: `#/cases/${encodeURIComponent(change.caseNo)}` }, change.itemName),
    h(
      'span',
      { class: 'meta' },
      `${change.departmentName} · ${clockName(change.clock)} · ${REASONS[change.reason] ?? change.reason}`,
    ),
    h(
      'time',
      {
        class: 'num',
        datetime: new Date(change.becameAt).toISOString(),
        title: `成立于 ${fullText(change.becameAt)}，${delayText(change.detectedAt - change.becameAt)}后发现`,
      },
      `${dateText(change.becameAt).slice(5)} ${clockText(change.becameAt, { seconds: false })}`,
    ),
  );
}
