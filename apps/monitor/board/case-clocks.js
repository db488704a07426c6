import { h } from './dom.js';
import { fullText } from './time.js';
import { clockName, lightMark, limitText, PHASES } from './words.js';

/** 时钟: every clock of the case with its limit, provision and light. */
export function clockTable(one, explanation) {
  if (one.clocks.length === 0) return h('p', { class: 'meta' }, '没有计时：见发现。');
  const explained = new Map(explanation.clocks.map((clock) => [clock.clock, clock]));
  return h(
    'div',
    { class: 'wide' },
    h(
      'table',
      {},
      head('时限', '灯', '规定', '起算', '届满', '结束', '状态', '依据'),
      h(
        'tbody',
        {},
        ...one.clocks.map((clock) => {
          const why = explained.get(clock.clock);
          const extended = why?.extendedDays > 0 ? `，延长 ${why.extendedDays} 日` : '';
          return h(
            'tr',
            { class: clock.clock === one.clock ? 'governs' : null },
            h(
              'th',
              { scope: 'row' },
              why?.name ?? clockName(clock.clock),
              clock.clock === one.clock ? h('small', {}, '决定本件的灯') : null,
            ),
            h('td', {}, lightMark(clock.light)),
            h('td', {}, limitText(clock.limit) + extended),
            h('td', { class: 'num' }, fullText(clock.startedAt, { seconds: false })),
            h('td', { class: 'num' }, dueText(clock)),
            h('td', { class: 'num' }, fullText(clock.finishedAt, { seconds: false })),
            h('td', {}, PHASES[clock.phase] ?? clock.phase),
            h('td', { class: 'provision' }, why?.provision ?? '—'),
          );
        }),
      ),
    ),
  );
}

function dueText(clock) {
  if (clock.dueAt === null) return clock.phase === 'suspended' ? '停止计时，不届满' : '—';
  return fullText(clock.dueAt, { seconds: false }) + (clock.provisional ? '（暂定）' : '');
}

/** A table head of these titles. */
export function head(...titles) {
  return h('thead', {}, h('tr', {}, ...titles.map((title) => h('th', { scope: 'col' }, title))));
}
