import { barChart } from './bar-chart';
import type { Block } from './document-block';
import { escaped } from './escaped';

/**
 * A document as a page to print: one HTML file with its style in it, no script, nothing fetched, black on white on A4.
 * Whatever a record says is escaped.
 */
export function renderHtml(title: string, blocks: readonly Block[]): string {
  return [
    '<!doctype html>',
    '<html lang="zh-CN"><head><meta charset="utf-8">',
    `<meta http-equiv="content-security-policy" content="default-src 'none'; style-src 'unsafe-inline'">`,
    `<title>${escaped(title)}</title><style>${STYLE}</style></head><body>`,
    ...blocks.map(render),
    '</body></html>\n',
  ].join('\n');
}

function render(block: Block): string {
  switch (block.kind) {
    case 'title':
      return `<h1>${escaped(block.text)}</h1>`;
    case 'heading':
      return `<h${block.level + 1}>${escaped(block.text)}</h${block.level + 1}>`;
    case 'paragraph':
      return `<p${block.align === 'right' ? ' class="right"' : block.indent ? ' class="indent"' : ''}>${escaped(block.text)}</p>`;
    case 'table':
      return table(block.head, block.rows);
    case 'chart':
      return barChart(block.title, block.bars);
    case 'lines':
      return `<pre>${escaped(block.lines.join('\n'))}</pre>`;
    case 'page-break':
      return '<div class="break"></div>';
  }
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const cells = (tag: string, texts: readonly string[]): string =>
    `<tr>${texts.map((text) => `<${tag}>${escaped(text)}</${tag}>`).join('')}</tr>`;
  return [
    `<table${head.length === 0 ? ' class="facts"' : ''}>`,
    ...(head.length === 0 ? [] : [`<thead>${cells('th', head)}</thead>`]),
    '<tbody>',
    ...rows.map((row) =>
      head.length === 0
        ? `<tr><th scope="row">${escaped(row[0] ?? '')}</th><td>${escaped(row[1] ?? '')}</td></tr>`
        : cells('td', row),
    ),
    '</tbody></table>',
  ].join('\n');
}

/* Margins and fonts after GB/T 9704: 仿宋 for the text, 黑体 for headings. */
const STYLE = `
@page { size: A4; margin: 37mm 26mm 35mm 28mm; }
body { font: 14pt/1.7 FangSong, "STFangsong", "Noto Serif CJK SC", serif; color: #000; background: #fff; max-width: 156mm; margin: 0 auto; padding: 8mm; }
h1 { font: 22pt/1.4 "FZXiaoBiaoSong-B05S", "Songti SC", SimSun, "Noto Serif CJK SC", serif; text-align: center; margin: 0 0 8mm; }
h2, h3 { font: 15pt/1.6 SimHei, "Heiti SC", "Noto Sans CJK SC", sans-serif; margin: 6mm 0 2mm; }
h3 { font-size: 13pt; }
table { border-collapse: collapse; width: 100%; font-size: 10.5pt; line-height: 1.4; }
th, td { border: 0.3mm solid #000; padding: 1mm 1.5mm; text-align: left; vertical-align: top; overflow-wrap: anywhere; }
th { background: #eee; font-weight: bold; white-space: nowrap; }
thead { display: table-header-group; }
tr { break-inside: avoid; }
.facts th { width: 30mm; }
pre { font: 10pt/1.5 FangSong, "Noto Serif CJK SC", serif; white-space: pre-wrap; overflow-wrap: anywhere; }
svg { display: block; width: 100%; height: auto; margin: 2mm 0; break-inside: avoid; }
.right { text-align: right; }
.indent { text-indent: 2em; margin: 0; }
.break { break-before: page; }
@media print { body { padding: 0; } }
`;
