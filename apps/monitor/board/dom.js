/** Small helpers to build the page. Values go in as text or attributes, never as markup. */

const SVG = 'http://www.w3.org/2000/svg';

/**
 * An element. `props` are attributes; a function named `on…` is an event listener; null, undefined and false leave
 * an attribute out.
 */
export function h(tag, props = {}, ...children) {
  return filled(document.createElement(tag), props, children);
}

/** The same for SVG: only attributes, so that no inline style is needed. */
export function s(tag, props = {}, ...children) {
  return filled(document.createElementNS(SVG, tag), props, children);
}

function filled(element, props, children) {
  for (const [name, value] of Object.entries(props)) {
    if (value === null || value === undefined || value === false) continue;
    if (typeof value === 'function') element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? '' : String(value));
  }
  element.append(
    ...children.flat().filter((child) => child !== null && child !== undefined && child !== false),
  );
  return element;
}

/** Writes a text only where it differs: a ticking page must not disturb a selection or a screen reader. */
export function setText(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

/** What a view shows when it has nothing to show: loading, empty or failed. */
export function state(text, detail = '') {
  return h('p', { class: 'state', role: 'status' }, text, detail === '' ? null : h('small', {}, detail));
}
