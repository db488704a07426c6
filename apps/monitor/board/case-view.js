/** 办件: why is this light on, and is it right? */
import { getCase, getExplanation } from './api.js';
import { h, setText, state } from './dom.js';
import { pageNow } from './page-clock.js';
import { clockTable } from './case-clocks.js';
import { dayList } from './day-list.js';
import { changesTable, eventsTable, findingsList } from './case-records.js';
import { timeline } from './timeline.js';
import { fullText, lengthText } from './time.js';
import { CLASSES, clockName, lightMark, OUTCOMES, UNKNOWN } from './words.js';

/** The view of one case; `back()` leads to the list it was opened from. */
export function caseView(caseNo, back) {
  const element = h('div', { class: 'case' }, state('正在载入……'));
  let shown = null;
  let verdict = null;
  let closed = false;
  let polls = 0;

  async function load() {
    let one;
    try {
      one = await getCase(caseNo);
    } catch (error) {
      if (!closed && shown === null) element.replaceChildren(failed(error));
      if (error.status === 404) return;
      throw error;
    }
    const explanation = await getExplanation(caseNo).catch((error) => ({
      failed: error.message,
      clocks: [],
    }));
    if (!closed) show(one, explanation);
  }

  function failed(error) {
    return h(
      'div',
      {},
      error.status === 404
        ? state(`没有编号为 ${caseNo} 的办件。`, '编号写错，或者这个办件的第一条记录还没有到。')
        : state('办件没有载入。', error.message),
      h('p', { class: 'state' }, h('button', { class: 'plain', type: 'button', onclick: back }, '返回')),
    );
  }

  function show(one, explanation) {
    shown = one;
    verdict = h('p', { class: 'verdict' });
    const opened = new Set([...element.querySelectorAll('details[open]')].map(({ id }) => id));
    element.replaceChildren(
      h(
        'nav',
        { class: 'crumb' },
        h('button', { class: 'quiet', type: 'button', onclick: back }, '← 监察台'),
        h('button', { class: 'quiet print-button', type: 'button', onclick: () => window.print() }, '打印'),
      ),
      h(
        'header',
        { class: 'case-head' },
        h('div', { class: 'case-light' }, lightMark(one.light)),
        h(
          'div',
          {},
          h('h1', {}, one.itemName),
          h(
            'p',
            { class: 'meta' },
            h('span', { class: 'num' }, one.caseNo),
            ` · ${one.departmentName} · ${CLASSES[one.itemClass] ?? '类别不明'} · ${stateText(one)}`,
          ),
          verdict,
        ),
      ),
      section(
        '时间线',
        h('div', { class: 'timeline-box' }, timeline(one, explanation, pageNow() ?? one.now)),
      ),
      section('时钟', clockTable(one, explanation)),
      section('依据', dayList(explanation, one, opened)),
      ...(one.findings.length > 0 ? [section('发现', findingsList(one.findings))] : []),
      section('各环节记录', eventsTable(one)),
      section('亮灯经过', changesTable(one.changes)),
      h(
        'footer',
        { class: 'meta' },
        `规则集版本 ${one.rulesetVersion}　日历版本 ${one.calendarVersion}　判定至 ${fullText(pageNow() ?? one.now)}`,
      ),
    );
    tick();
  }

  function tick() {
    const now = pageNow();
    if (shown !== null && now !== null) setText(verdict, verdictText(shown, now));
  }

  return {
    element,
    title: `办件 ${caseNo}`,
    start: load,
    // The picture moves on with the clock, but never under somebody who is marking a text.
    showOverview: () => {
      if (++polls % 4 === 0 && shown?.open && document.getSelection().isCollapsed)
        void load().catch(() => undefined);
    },
    addChange: (change) => {
      if (change.caseNo === caseNo) void load().catch(() => undefined);
    },
    refresh: () => void load().catch(() => undefined),
    tick,
    move: () => undefined,
    toggleLight: () => undefined,
    clear: back,
    search: back,
    stop: () => {
      closed = true;
    },
  };
}

function section(title, ...content) {
  return h('section', {}, h('h2', {}, title), ...content);
}

function stateText(one) {
  return one.open ? '在办' : (OUTCOMES[one.outcome] ?? '已办结');
}

/** One sentence that says what matters now. */
function verdictText(one, now) {
  if (one.unknownBecause !== null) return `无法判定：${UNKNOWN[one.unknownBecause] ?? one.unknownBecause}。`;
  if (one.clock === null) return '没有正在计时的时限。';
  const name = clockName(one.clock);
  const tentative = one.provisional ? '（暂定：超出已公布的放假安排）' : '';
  if (one.dueAt === null) return `由${name}决定，停止计时期间不届满。`;
  if (!one.open) return `由${name}决定，届满于 ${fullText(one.dueAt)}${tentative}。`;
  const rest =
    one.dueAt >= now ? `余 ${lengthText(one.dueAt - now)}` : `已超过 ${lengthText(now - one.dueAt)}`;
  return `由${name}决定，届满于 ${fullText(one.dueAt)}，${rest}（自然时间）${tentative}。`;
}
