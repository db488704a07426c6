/** The live board: which view the address asks for, the live connection, the ticking, and the keyboard. */
import { getOverview, liveChanges } from './api.js';
import { caseView } from './case-view.js';
import { setText } from './dom.js';
import { pageNow, setClock } from './page-clock.js';
import { delayText, fullText } from './time.js';
import { lightMark, LIGHTS } from './words.js';
import { address, watchView } from './watch.js';

const OVERVIEW_EVERY_MS = 3000;
const TICK_MS = 500;
/** Later than this the page is not live any more, and says so before anything else. */
const STALE_AFTER_MS = 15_000;
/** So many answers missed in a row are no accident. */
const MOST_FAILURES = 2;

const main = document.getElementById('view');
const trouble = document.getElementById('trouble');
let view = null;
let lastWatch = '#/';
let lastAnswer = performance.now();
let failures = 0;
let overview = null;

/** `#/?light=red` is the watch with its filters, `#/cases/<number>` a case. */
function route() {
  const [path = '/', query = ''] = location.hash.replace(/^#/, '').split('?');
  const found = /^\/cases\/(.+)$/.exec(path);
  view?.stop();
  if (found) view = caseView(decodeURIComponent(found[1]), () => (location.hash = lastWatch));
  else {
    lastWatch = location.hash || '#/';
    view = watchView(Object.fromEntries(new URLSearchParams(query)), go);
  }
  document.title = `${view.title} · 明鉴`;
  const typed = document.activeElement?.id === 'search' ? document.activeElement.selectionStart : null;
  main.replaceChildren(view.element);
  if (overview !== null) view.showOverview(overview);
  if (typed !== null) continueTyping(typed);
  else if (found) main.focus({ preventScroll: true });
  window.scrollTo(0, 0);
  // The view itself shows what did not load; the overview tells whether the connection is gone.
  view.start().catch(() => undefined);
}

/** A search rewrites the address while somebody is typing: the caret stays where it was. */
function continueTyping(caret) {
  view.search();
  document.activeElement.setSelectionRange?.(caret, caret);
}

function go(filters, { replace = false } = {}) {
  const hash = address(filters);
  if (hash === (location.hash || '#/')) return;
  if (!replace) return void (location.hash = hash);
  history.replaceState(null, '', hash);
  route();
}

async function poll() {
  try {
    overview = await getOverview();
    lastAnswer = performance.now();
    failures = 0;
    setClock(overview.now, overview.speed);
    showTrust();
    view.showOverview(overview);
  } catch {
    failures++;
  }
  showTrouble();
  setTimeout(poll, OVERVIEW_EVERY_MS);
}

function showTrust() {
  const { delayMs, demo, speed, sources } = overview;
  setText(document.getElementById('delay'), delayText(Math.max(0, delayMs)));
  setText(document.getElementById('sources'), `${sources.alive}/${sources.total}`);
  document.getElementById('delay-box').classList.toggle('bad', delayMs > 5 * 60_000);
  document.getElementById('sources-box').classList.toggle('bad', sources.alive < sources.total);
  const banner = document.getElementById('demo');
  banner.hidden = demo === null;
  if (demo !== null)
    setText(
      banner,
      `模拟数据 · 演示时钟 ×${speed}${speed === 1 ? '（实时）' : ''} · 本页所有办件、部门和人员均为虚构`,
    );
}

/** Problems come before everything else: a page that is not live must not look as if it were. */
function showTrouble() {
  const silentMs = performance.now() - lastAnswer;
  const text =
    silentMs > STALE_AFTER_MS || failures >= MOST_FAILURES
      ? `连接已中断 ${delayText(silentMs)}，以下不是当前情况。正在重试……`
      : untrustworthy();
  trouble.hidden = text === '';
  setText(trouble, text);
}

/** What the daemon itself says about how far its lights can be trusted. */
function untrustworthy() {
  if (overview === null) return '';
  const { sources, ready, rules } = overview;
  if (!ready) return '监察服务正在启动，灯还不是当前情况。';
  if (!rules.loadSuccessful) return '最近一次规则或日历没有载入，仍按原来的规则判定。';
  if (sources.total > 0 && sources.alive === 0) return '所有来源都没有数据：没有亮灯不等于没有超期。';
  return '';
}

function tick() {
  const now = pageNow();
  if (now !== null) setText(document.getElementById('now'), fullText(now));
  view.tick();
  showTrouble();
}

const LINK_WORDS = { open: '实时', broken: '已断开，正在重连' };

function showLink(state) {
  setText(document.getElementById('link'), LINK_WORDS[state]);
  document.getElementById('link-box').classList.toggle('bad', state === 'broken');
  // What was missed while the connection was down is read again.
  if (state === 'open') view?.refresh();
}

const KEYS = {
  j: () => view.move(1),
  k: () => view.move(-1),
  '/': () => view.search(),
  '?': () => document.getElementById('help').showModal(),
  Escape: () => view.clear(),
  ...Object.fromEntries(
    Object.keys(LIGHTS).map((light, index) => [String(index + 1), () => view.toggleLight(light)]),
  ),
};

document.addEventListener('keydown', (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || document.getElementById('help').open) return;
  const typing = /^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName);
  if (typing && event.key === 'Escape') {
    event.target.blur();
    if (event.target.value !== '' && event.target.id === 'search') view.clear();
    return;
  }
  if (typing || !Object.hasOwn(KEYS, event.key)) return;
  event.preventDefault();
  KEYS[event.key]();
});

document.getElementById('help-button').addEventListener('click', KEYS['?']);
document.querySelector('.legend').append(...Object.keys(LIGHTS).map((light) => lightMark(light)));
window.addEventListener('hashchange', route);
route();
void poll();
setInterval(tick, TICK_MS);
liveChanges((change) => view.addChange(change), showLink);
