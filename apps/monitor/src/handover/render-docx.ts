import {
  AlignmentType,
  BorderStyle,
  Document,
  Footer,
  HeadingLevel,
  Packer,
  PageNumber,
  Paragraph,
  Table,
  TableCell,
  TableLayoutType,
  TableRow,
  TextRun,
  WidthType,
} from 'docx';
import { strFromU8, strToU8, unzipSync } from 'fflate';
import { barsAsText } from './bar-chart';
import type { Block } from './document-block';
import { isFigureColumn } from './figure-text';
import { zipOf } from './zip-of';

/** Millimetres in twentieths of a point. */
const mm = (millimetres: number): number => Math.round((millimetres * 1440) / 25.4);
const BODY = { ascii: 'FangSong', eastAsia: '仿宋', hAnsi: 'FangSong' };
const HEADING = { ascii: 'SimHei', eastAsia: '黑体', hAnsi: 'SimHei' };
const TITLE = { ascii: 'SimSun', eastAsia: '方正小标宋简体', hAnsi: 'SimSun' };
/** Sizes in half points: 二号, 三号, 四号, 五号. */
const [TITLE_SIZE, HEADING_SIZE, BODY_SIZE, TABLE_SIZE] = [44, 32, 28, 21];
/** What the margins leave of A4, and the space beside the text of a cell. */
const [TEXT_WIDTH, CELL_MARGIN] = [mm(210 - 28 - 26), mm(1)];

/**
 * The same document as DOCX (Office Open XML), page and fonts after GB/T 9704.
 * Deterministic: the same blocks and instant give the same bytes.
 */
export async function renderDocx(
  title: string,
  blocks: readonly Block[],
  madeAt: number,
): Promise<Uint8Array> {
  const document = new Document({
    title,
    creator: '明鉴',
    styles: { default: { document: { run: { font: BODY, size: BODY_SIZE } } } },
    sections: [
      {
        properties: {
          page: {
            size: { width: mm(210), height: mm(297) },
            margin: { top: mm(37), bottom: mm(35), left: mm(28), right: mm(26) },
          },
        },
        footers: {
          default: new Footer({
            children: [
              new Paragraph({
                alignment: AlignmentType.CENTER,
                children: [new TextRun({ children: ['— ', PageNumber.CURRENT, ' —'], size: BODY_SIZE })],
              }),
            ],
          }),
        },
        children: blocks.flatMap(render),
      },
    ],
  });
  return withInstant(await Packer.toBuffer(document), madeAt);
}

function render(block: Block): (Paragraph | Table)[] {
  switch (block.kind) {
    case 'title':
      return [
        new Paragraph({
          heading: HeadingLevel.TITLE,
          alignment: AlignmentType.CENTER,
          spacing: { after: 400 },
          children: [new TextRun({ text: block.text, font: TITLE, size: TITLE_SIZE })],
        }),
      ];
    case 'heading':
      return [
        new Paragraph({
          heading: block.level === 1 ? HeadingLevel.HEADING_1 : HeadingLevel.HEADING_2,
          spacing: { before: 240, after: 120 },
          children: [
            new TextRun({
              text: block.text,
              font: HEADING,
              size: block.level === 1 ? HEADING_SIZE : BODY_SIZE,
              color: '000000',
            }),
          ],
        }),
      ];
    case 'paragraph':
      return [
        new Paragraph({
          alignment: block.align === 'right' ? AlignmentType.RIGHT : AlignmentType.LEFT,
          spacing: { line: 400 },
          // Two characters of the body text, in twentieths of a point.
          ...(block.indent === true ? { indent: { firstLine: BODY_SIZE * 20 } } : {}),
          children: [new TextRun({ text: block.text })],
        }),
      ];
    case 'lines':
      return block.lines.map(
        (line) => new Paragraph({ children: [new TextRun({ text: line, size: TABLE_SIZE })] }),
      );
    case 'page-break':
      return [new Paragraph({ pageBreakBefore: true, children: [] })];
    case 'chart':
      // Word joins tables that nothing stands between.
      return [table([block.title, '', ''], barsAsText(block.bars)), new Paragraph({ children: [] })];
    case 'table':
      return [table(block.head, block.rows)];
  }
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): Table {
  const border = { style: BorderStyle.SINGLE, size: 4, color: '000000' };
  const shares = columnShares([...(head.length === 0 ? [] : [head]), ...rows]);
  // Each program reads another of the two widths: the one of the grid, or that of the cell.
  const widths = shares.map((share) => Math.round((share * TEXT_WIDTH) / 100));
  const cell = (text: string, isHead: boolean, column: number): TableCell =>
    new TableCell({
      width: { size: widths[column] ?? 0, type: WidthType.DXA },
      ...(isHead ? { shading: { fill: 'EEEEEE' } } : {}),
      children: [
        new Paragraph({
          alignment: isFigureColumn(rows, column) ? AlignmentType.RIGHT : AlignmentType.LEFT,
          children: [new TextRun({ text, size: TABLE_SIZE, bold: isHead })],
        }),
      ],
    });
  const isFacts = head.length === 0;
  return new Table({
    width: { size: 100, type: WidthType.PERCENTAGE },
    layout: TableLayoutType.FIXED,
    columnWidths: widths,
    margins: { left: CELL_MARGIN, right: CELL_MARGIN },
    borders: { top: border, bottom: border, left: border, right: border },
    rows: [
      ...(isFacts
        ? []
        : [
            new TableRow({
              tableHeader: true,
              children: head.map((text, column) => cell(text, true, column)),
            }),
          ]),
      ...rows.map(
        (row) =>
          new TableRow({
            cantSplit: true,
            children: row.map((text, column) => cell(text, isFacts && column === 0, column)),
          }),
      ),
    ],
  });
}

/** A column is as wide as its texts need, none so wide that the others starve; whole per cent. */
function columnShares(rows: readonly (readonly string[])[]): number[] {
  const columns = Math.max(0, ...rows.map(({ length }) => length));
  const needed = Array.from({ length: columns }, (_, column) =>
    Math.max(6, Math.min(40, Math.max(...rows.map((row) => widthOf(row[column] ?? ''))) + 3)),
  );
  const all = needed.reduce((sum, width) => sum + width, 0);
  return needed.map((width) => Math.round((width * 100) / all));
}

/** A Chinese character is twice as wide as a digit. */
function widthOf(text: string): number {
  return [...text].reduce((width, character) => width + (character > '\u2e80' ? 2 : 1), 0);
}

/** The library stamps the file with the wall clock: put in its place when the document was made. */
function withInstant(packed: Uint8Array, madeAt: number): Uint8Array {
  const instant = new Date(madeAt).toISOString().replace(/\.\d+Z$/, 'Z');
  const files = unzipSync(packed);
  const core = 'docProps/core.xml';
  const properties = files[core];
  if (properties === undefined) throw new Error(`the document has no ${core}`);
  files[core] = strToU8(
    strFromU8(properties).replace(/(<dcterms:(?:created|modified)[^>]*>)[^<]*</g, `$1${instant}<`),
  );
  return zipOf(files);
}
