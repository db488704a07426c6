/** The records of a case: events as reported, findings, and the history of its lights. */
import { head } from './case-clocks.js';
import { h } from './dom.js';
import { delayText, fullText } from './time.js';
import { clockName, EVENTS, lightMark, REASONS, SEVERITIES, stepName } from './words.js';

/** A record that came more than a day late is a finding to the eye already. */
const LATE_MS = 86_400_000;

/** Events as reported: when it happened, when we got it, who said so. */
export function eventsTable({ events }) {
  return h(
    'div',
    { class: 'wide' },
    h(
      'table',
      {},
      head('发生', '环节', '说明', '岗位', '经办人', '收到', '延迟', '来源'),
      h(
        'tbody',
        {},
        ...events.map((event) => {
          const delay = event.receivedAt === null ? null : event.receivedAt - event.occurredAt;
          return h(
            'tr',
            { class: delay > LATE_MS ? 'late' : null },
            h('td', { class: 'num' }, fullText(event.occurredAt)),
            h('td', {}, EVENTS[event.type] ?? event.type),
            h('td', {}, described(event.data)),
            h('td', {}, event.data.post ?? ''),
            h('td', { class: 'num' }, event.data.officer ?? ''),
            h('td', { class: 'num' }, fullText(event.receivedAt)),
            h('td', { class: 'num' }, delay === null ? '—' : delayText(delay)),
            h('td', { class: 'source', title: event.id }, event.source),
          );
        }),
      ),
    ),
  );
}

const RESULTS = {
  agree: '同意',
  granted: '准予',
  refused: '不予许可',
  correction: '需补正',
  'not-accepted': '不予受理',
  withdrawn: '撤回',
  returned: '退件',
  voided: '作废',
};

function described(data) {
  const parts = [
    data.step && stepName(data.step),
    data.result && (RESULTS[data.result] ?? data.result),
    data.ground,
    data.daysApplied !== undefined && `申请 ${data.daysApplied} 个工作日`,
    data.days !== undefined && `延长 ${data.days} 个工作日`,
    data.approver && `批准人 ${data.approver}`,
    data.notice,
    data.reason,
    data.grade !== undefined && `${data.grade} 分`,
    data.channel === 'online' && '网上',
    data.channel === 'hall' && '大厅',
  ];
  return parts.filter(Boolean).join('，');
}

/** 发现: worst first, as the daemon orders them. */
export function findingsList(findings) {
  return h(
    'ul',
    { class: 'findings' },
    ...findings.map((finding) =>
      h(
        'li',
        { class: finding.supersededAt === null ? null : 'superseded' },
        h('b', {}, `${finding.code}　${SEVERITIES[finding.severity] ?? finding.severity}`),
        ' ',
        finding.text,
        h('small', { class: 'num' }, finding.at === null ? '' : fullText(finding.at, { seconds: false })),
      ),
    ),
  );
}

/** 亮灯经过: all changes; those that no longer hold are struck out, with the reason, never hidden. */
export function changesTable(changes) {
  if (changes.length === 0) return h('p', { class: 'meta' }, '还没有亮灯变化。');
  return h(
    'div',
    { class: 'wide' },
    h(
      'table',
      {},
      head('成立', '时限', '由', '变为', '原因', '发现', '撤销'),
      h(
        'tbody',
        {},
        ...changes.map((change) =>
          h(
            'tr',
            { class: change.supersededAt === null ? null : 'superseded' },
            h('td', { class: 'num' }, fullText(change.becameAt)),
            h('td', {}, clockName(change.clock)),
            h('td', {}, change.from === null ? '—' : lightMark(change.from)),
            h('td', {}, lightMark(change.to)),
            h('td', {}, REASONS[change.reason] ?? change.reason),
            h('td', { class: 'num' }, `${fullText(change.detectedAt)}`),
            h('td', { class: 'num' }, supersededText(change)),
          ),
        ),
      ),
    ),
  );
}

function supersededText({ supersededAt, supersededBecause }) {
  return supersededAt === null
    ? ''
    : `${fullText(supersededAt)} ${REASONS[supersededBecause] ?? supersededBecause ?? ''}`;
}
