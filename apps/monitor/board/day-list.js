import { head } from './case-clocks.js';
import { h } from './dom.js';
import { lengthText } from './time.js';
import { clockName, DAY_KINDS, DAY_REASONS, lightMark, limitText } from './words.js';

const WEEKDAYS = ['周一', '周二', '周三', '周四', '周五', '周六', '周日'];

/** 依据: for each clock the days that counted, those that did not and why, adding up to the verdict. */
export function dayList(explanation, one, opened) {
  if (explanation.failed) return h('p', { class: 'meta' }, `依据没有载入：${explanation.failed}`);
  if (explanation.clocks.length === 0) return h('p', { class: 'meta' }, '没有计时，因此没有逐日依据。');
  return h(
    'div',
    {},
    ...explanation.clocks.map((clock) => {
      const id = `days-${clock.clock}`;
      const governs = clock.clock === one.clock;
      return h(
        'details',
        { id, open: opened.has(id) || (governs && opened.size === 0) },
        h(
          'summary',
          {},
          lightMark(clock.light, { word: false }),
          ' ',
          clock.name ?? clockName(clock.clock),
          h('small', {}, summaryText(clock)),
        ),
        clock.ledger === null
          ? h(
              'p',
              { class: 'meta' },
              clock.limit === 'carried' ? '期限由办件自带，不按日计算。' : '没有规定时限，无从计算。',
            )
          : ledgerTable(clock.ledger),
        h(
          'p',
          { class: 'meta' },
          `${clock.provision}；规则 ${clock.rule.ruleset} ${clock.rule.version}，${clock.rule.key}；日历 ${clock.calendar.id} ${clock.calendar.version}`,
        ),
      );
    }),
  );
}

function summaryText({ limit, ledger }) {
  if (ledger === null) return limitText(limit);
  const over = ledger.countedOver > 0 ? `，超期 ${amount(ledger.countedOver, ledger.unit)}` : '';
  return `${limitText(limit)}，期限内计 ${amount(ledger.countedUntilDue, ledger.unit)}${over}`;
}

function ledgerTable({ unit, lines, omittedDays }) {
  return h(
    'div',
    { class: 'wide' },
    h(
      'table',
      { class: 'days' },
      head('日期', '星期', '性质', '计入', '为何', '累计', '来源'),
      h(
        'tbody',
        {},
        ...lines.map((line) =>
          h(
            'tr',
            { class: `day ${line.reason}` },
            h('td', { class: 'num' }, line.date),
            h('td', {}, WEEKDAYS[line.weekday]),
            h('td', {}, DAY_KINDS[line.kind] + (line.name ? `（${line.name}）` : '')),
            h('td', { class: 'num' }, line.amount > 0 ? amount(line.amount, unit) : '不计'),
            h('td', {}, DAY_REASONS[line.reason]),
            h('td', { class: 'num' }, amount(line.total, unit)),
            h('td', {}, source(line.source)),
          ),
        ),
        omittedDays > 0 ? h('tr', {}, h('td', { colspan: 7 }, `其后 ${omittedDays} 日从略`)) : null,
      ),
    ),
  );
}

function amount(value, unit) {
  return unit === 'days' ? `${value} 日` : value === 0 ? '0' : lengthText(value);
}

/** A notice is a link where it is the address of one. */
function source(text) {
  if (text === null) return '';
  return /^https?:\/\//.test(text)
    ? h('a', { href: text, rel: 'noreferrer noopener', target: '_blank' }, '放假通知')
    : text;
}
