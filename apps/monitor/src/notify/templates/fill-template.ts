/** Control characters have no business in a message: they could begin a new header or a new line of another. */
// eslint-disable-next-line no-control-regex -- exactly these are meant
const CONTROL = /[\u0000-\u001f\u007f\u2028\u2029]+/g;

/** A value as it stands in a text: one line, no longer than a line should be. */
export function oneLine(value: string): string {
  const line = value.replace(CONTROL, ' ').trim();
  return line.length > 300 ? `${line.slice(0, 299)}…` : line;
}

/**
 * Puts values in the place of the names between double braces. What a value says is never read again as a template.
 * Which names may stand in a template was checked when the document was read; one without a value becomes a dash.
 */
export function fillTemplate(template: string, values: Readonly<Record<string, string>>): string {
  //=> fillTemplate('办件{{caseNo}}', { caseNo: 'C-1' }) === '办件C-1'
  return template.replace(/\{\{\s*([^{}]*?)\s*\}\}/g, (_, name: string) => {
    const value = Object.hasOwn(values, name) ? values[name]! : '';
    return value === '' && name !== 'lines' && name !== 'more' ? '—' : value;
  });
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** A text as the body of an HTML mail: nothing in it is markup. */
export function asHtml(text: string, link: string | null): string {
  const escape = (value: string): string => value.replace(/[&<>"']/g, (character) => ENTITIES[character]!);
  const lines = text.split('\n').map((line) => `<p>${escape(line)}</p>`);
  const more = link === null ? '' : `<p><a href="${escape(link)}">在系统中查看并签收</a></p>`;
  return `<!doctype html><html lang="zh-CN"><meta charset="utf-8"><body>${lines.join('')}${more}</body></html>`;
}
