/** One line of the list of cases. The element stays the same while its case moves: focus and selection stay with it. */
import { h, setText } from './dom.js';
import { clockText, fullText, shortText, workText } from './time.js';
import { clockName, lightMark, UNKNOWN } from './words.js';

/** `update(case)` after an answer of the daemon, `tick(now)` in between. */
export function caseRow(caseNo) {
  const light = h('td');
  const name = h('a', { class: 'case-link', href: `#/cases/${encodeURIComponent(caseNo)}` });
  const number = h('span', { class: 'case-no num' }, caseNo);
  const flags = h('span', { class: 'flags' });
  const department = h('td', { class: 'department' });
  const clock = h('td', { class: 'clock' });
  const due = h('td', { class: 'due num' });
  const rest = h('td', { class: 'rest num right' });
  const element = h(
    'tr',
    {},
    light,
    h('td', { class: 'what' }, name, number, flags),
    department,
    clock,
    due,
    rest,
  );
  let last = {};
  return {
    element,
    update(one) {
      if (last.light !== one.light) light.replaceChildren(lightMark(one.light));
      if (last.light !== undefined && last.light !== one.light) flash(element);
      setText(name, one.itemName);
      setText(department, one.departmentName);
      setText(
        clock,
        one.unknownBecause === null
          ? clockName(one.clock)
          : (UNKNOWN[one.unknownBecause] ?? one.unknownBecause),
      );
      setText(due, shortText(one.dueAt));
      due.title = one.dueAt === null ? '' : fullText(one.dueAt);
      element.classList.remove('gone');
      if (
        last.stepLight !== one.stepLight ||
        last.findingCount !== one.findingCount ||
        last.provisional !== one.provisional
      )
        flags.replaceChildren(...flagsOf(one));
      last = one;
    },
    tick(now) {
      setText(rest, last.open ? restText(last, now) : '已办结');
    },
  };
}

function flagsOf(one) {
  const flags = [];
  if (one.stepLight === 'red' && one.light !== 'red')
    flags.push(h('span', { class: 'flag' }, lightMark('red', { word: false }), '环节超时'));
  if (one.findingCount > 0) flags.push(h('span', { class: 'flag' }, `发现 ${one.findingCount}`));
  if (one.provisional) flags.push(h('span', { class: 'flag', title: '超出已公布的放假安排' }, '暂定'));
  return flags;
}

/** Working days left or exceeded; on the last day working hours, which run on between two answers while the hall is open. */
function restText({ dueAt, unknownBecause, workingMsLeft, workingDaysLeft, readAt, isWorkingTime }, now) {
  if (dueAt === null) return unknownBecause === null ? '停止计时' : '—';
  if (workingDaysLeft >= 1) return `余 ${workingDaysLeft} 个工作日`;
  if (workingDaysLeft <= -1) return `超 ${-workingDaysLeft} 个工作日`;
  const left = workingMsLeft - (isWorkingTime ? now - readAt : 0);
  if (dueAt < now) return `超 ${workText(Math.max(0, -left))}`;
  // After closing on the last day the limit still runs to midnight.
  return left > 0
    ? `余 ${workText(left)}`
    : `至 ${clockText(dueAt + 1, { seconds: false }).replace('00:00', '24:00')}`;
}

function flash(element) {
  element.classList.remove('turned');
  void element.offsetWidth;
  element.classList.add('turned');
}
