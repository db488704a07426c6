/** 监察台: what needs me now? Cases by urgency, the newest changes, and the departments by light. */
import { getCases, getLights } from './api.js';
import { caseRow } from './case-row.js';
import { h, state } from './dom.js';
import { debounce, throttle } from './pace.js';
import { pageNow } from './page-clock.js';
import { changeRow } from './change-row.js';
import { lightMark, LIGHTS } from './words.js';

const PAGE_SIZE = 60;
const MOST_CHANGES = 40;

/** The view. `filters` come from the address; `go(filters)` writes them back. */
export function watchView(filters, go) {
  const rows = new Map();
  let cursor = null;
  let shownPages = 1;
  let loading = false;
  let again = false;
  let closed = false;
  let isWorkingTime = false;

  const counts = h('div', { class: 'counts', role: 'group', 'aria-label': '按灯筛选' });
  const body = h('tbody');
  const empty = h('div');
  const more = h('button', { class: 'plain', type: 'button', hidden: true, onclick: loadMore }, '再显示一些');
  const departments = h('table', { class: 'lights-table' });
  const changes = h('ol', { class: 'changes', 'aria-label': '最新亮灯变化' });
  const search = h('input', {
    type: 'search',
    id: 'search',
    placeholder: '办件编号开头　/',
    'aria-label': '搜索办件',
    value: filters.q ?? '',
    oninput: debounce(() => go({ ...filters, q: search.value.trim() }, { replace: true }), 350),
  });
  const pick = h(
    'select',
    { 'aria-label': '部门', onchange: () => go({ ...filters, department: pick.value }) },
    h('option', { value: '' }, '全部部门'),
  );
  const openOnly = h(
    'select',
    { 'aria-label': '在办或办结', onchange: () => go({ ...filters, open: openOnly.value }) },
    h('option', { value: '' }, '在办'),
    h('option', { value: 'false', selected: filters.open === 'false' }, '已办结'),
  );

  const element = h(
    'div',
    { class: 'watch' },
    h('h1', { class: 'unseen' }, '监察台'),
    h('div', { class: 'bar' }, counts, h('div', { class: 'filters' }, pick, openOnly, search)),
    h(
      'section',
      { class: 'cases', 'aria-label': '办件，按紧急程度' },
      h(
        'table',
        {},
        h(
          'thead',
          {},
          h(
            'tr',
            {},
            ...['灯', '办件', '部门', '由何决定', '届满'].map((title) => h('th', { scope: 'col' }, title)),
            h('th', { scope: 'col', class: 'right' }, '余／超（工作时间）'),
          ),
        ),
        body,
      ),
      empty,
      more,
    ),
    h(
      'aside',
      {},
      h('section', {}, h('h2', {}, '最新亮灯变化'), changes),
      h('section', {}, h('h2', {}, '部门 × 灯', h('small', {}, '在办件')), departments),
    ),
  );
  empty.append(state('正在载入……'));

  async function load() {
    if (loading) return void (again = true);
    loading = true;
    try {
      const pages = [];
      let next = null;
      do {
        const page = await getCases({ ...filters, limit: PAGE_SIZE, cursor: next ?? undefined });
        pages.push(...page.cases);
        next = page.next;
      } while (next !== null && pages.length < shownPages * PAGE_SIZE);
      cursor = next;
      if (!closed) show(pages);
    } catch (error) {
      if (!closed && rows.size === 0) empty.replaceChildren(state('办件没有载入。', error.message));
      throw error;
    } finally {
      loading = false;
      if (again && !closed) {
        again = false;
        void load().catch(() => undefined);
      }
    }
  }

  function loadMore() {
    shownPages++;
    void load().catch(() => undefined);
  }

  /** A case keeps its row element: focus and selection stay where they are while rows move. */
  function show(cases) {
    const readAt = pageNow() ?? 0;
    const wanted = cases.map((one) => {
      const row = rows.get(one.caseNo) ?? caseRow(one.caseNo);
      rows.set(one.caseNo, row);
      row.update({ ...one, readAt, isWorkingTime });
      return row;
    });
    const kept = new Set(wanted);
    for (const [caseNo, row] of rows)
      if (!kept.has(row)) {
        // The row that somebody stands on stays until they leave it.
        if (row.element.contains(document.activeElement)) row.element.classList.add('gone');
        else {
          row.element.remove();
          rows.delete(caseNo);
        }
      }
    let place = body.firstElementChild;
    for (const { element: line } of wanted) {
      if (line === place) place = place.nextElementSibling;
      else body.insertBefore(line, place);
    }
    more.hidden = cursor === null;
    empty.replaceChildren(...(cases.length === 0 ? [nothing()] : []));
    tick();
  }

  function nothing() {
    const filtered = filters.light || filters.department || filters.q || filters.open;
    return filtered
      ? state('没有符合条件的办件。', '去掉筛选条件再看。')
      : state('没有在办的办件。', '数据一到，这里就会出现。');
  }

  function showOverview(overview) {
    isWorkingTime = overview.isWorkingTime;
    counts.replaceChildren(
      ...Object.keys(LIGHTS).map((light) =>
        h(
          'button',
          {
            type: 'button',
            class: 'count',
            'aria-pressed': String(filters.light === light),
            onclick: () => toggleLight(light),
          },
          lightMark(light, { word: false }),
          h('b', { class: 'num' }, String(overview.lights[light])),
          h('span', {}, LIGHTS[light].word),
        ),
      ),
    );
    fillDepartments(overview.departments);
    refresh();
    departments.replaceChildren(
      h(
        'thead',
        {},
        h(
          'tr',
          {},
          h('th', { scope: 'col' }, '部门'),
          ...Object.keys(LIGHTS).map((light) =>
            h('th', { scope: 'col', class: 'right' }, lightMark(light, { word: false })),
          ),
        ),
      ),
      h('tbody', {}, ...overview.departments.map(departmentRow)),
    );
  }

  function departmentRow({ code, name, lights }) {
    return h(
      'tr',
      {},
      h('th', { scope: 'row' }, h('a', { href: address({ department: code }) }, name)),
      ...Object.keys(LIGHTS).map((light) =>
        h(
          'td',
          { class: `right num ${lights[light] > 0 ? '' : 'zero'}` },
          lights[light] > 0
            ? h('a', { href: address({ department: code, light }) }, String(lights[light]))
            : '0',
        ),
      ),
    );
  }

  function fillDepartments(list) {
    if (pick.options.length - 1 === list.length) return;
    pick.replaceChildren(
      h('option', { value: '' }, '全部部门'),
      ...list.map(({ code, name }) =>
        h('option', { value: code, selected: code === filters.department }, name),
      ),
    );
  }

  function toggleLight(light) {
    go({ ...filters, light: filters.light === light ? '' : light });
  }

  async function loadChanges() {
    const list = await getLights({ department: filters.department, limit: MOST_CHANGES });
    if (closed) return;
    changes.replaceChildren(...list.map((change) => changeRow(change)));
    if (list.length === 0) changes.append(h('li', {}, state('还没有亮灯变化。')));
  }

  /** A new change slides in at the top; whoever reads further down is not moved. */
  function addChange(change) {
    if (filters.department && change.department !== filters.department) return;
    changes.querySelector('.state')?.closest('li').remove();
    changes.prepend(changeRow(change, { isNew: true }));
    while (changes.children.length > MOST_CHANGES) changes.lastElementChild.remove();
    refresh();
  }

  const refresh = throttle(() => void load().catch(() => undefined), 1500);

  function tick() {
    const now = pageNow();
    if (now !== null) for (const row of rows.values()) row.tick(now);
  }

  /** Moves the focus along the rows: j and k. */
  function move(step) {
    const links = [...body.querySelectorAll('a.case-link')];
    if (links.length === 0) return;
    const at = links.indexOf(document.activeElement);
    links[Math.max(0, Math.min(links.length - 1, at + step))].focus();
  }

  return {
    element,
    title: '监察台',
    start: async () => {
      await Promise.all([load(), loadChanges()]);
    },
    showOverview,
    addChange,
    refresh,
    tick,
    move,
    toggleLight,
    clear: () => go({}),
    search: () => search.focus(),
    stop: () => {
      closed = true;
    },
  };
}

/** The address of the watch with these filters. */
export function address(filters) {
  const query = new URLSearchParams(Object.entries(filters).filter(([, value]) => value));
  return `#/${query.size > 0 ? `?${query}` : ''}`;
}
