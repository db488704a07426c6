import { writeFile } from 'node:fs/promises';
import type { Block } from '../../../monitor/src/handover/document-block';
import { renderDocx } from '../../../monitor/src/handover/render-docx';
import { renderHtml } from '../../../monitor/src/handover/render-html';
import { renderCsv } from '../../../monitor/src/reports/render-csv';
import { renderText } from '../../../monitor/src/reports/render-text';
import { renderXlsx } from '../../../monitor/src/reports/render-xlsx';
import type { Io } from './io';
import { EXIT, UsageError } from './io';

/** How a report can be written. */
export const REPORT_FORMATS = ['text', 'json', 'csv', 'html', 'xlsx', 'docx'] as const;
export type ReportFormat = (typeof REPORT_FORMATS)[number];

/** A report before it is written: what programs read, and what people do. */
export interface Report {
  title: string;
  figures: object;
  blocks: readonly Block[];
  /** Epoch ms. */
  madeAt: number;
}

export interface FormatOptions {
  format?: string;
  json?: boolean;
  out?: string;
}

/**
 * The format that is asked for: `--format`, else `--json`, else text.
 * @throws UsageError for one that is none, and for one that is no text without a file to write it to
 */
export function formatOf({ format, json, out }: FormatOptions): ReportFormat {
  const asked = format ?? (json ? 'json' : 'text');
  const known = REPORT_FORMATS.find((one) => one === asked);
  if (known === undefined)
    throw new UsageError(`--format: one of ${REPORT_FORMATS.join(', ')}, not "${asked}"`);
  if ((known === 'xlsx' || known === 'docx') && out === undefined)
    throw new UsageError(`--format ${known} is no text: give the file to write with -o FILE`);
  return known;
}

/** Writes a report to the file of `-o`, else to standard output. @throws UsageError where the file cannot be written */
export async function writeReport(report: Report, options: FormatOptions, io: Io): Promise<number> {
  const content = await contentOf(report, formatOf(options));
  const { out } = options;
  if (out === undefined) {
    await io.out(content.toString());
    return EXIT.done;
  }
  await writeFile(out, content).catch((error: NodeJS.ErrnoException) => {
    throw new UsageError(`-o ${out}: the file cannot be written (${error.code ?? error.message})`);
  });
  await io.out(`${out}\n`);
  return EXIT.done;
}

async function contentOf(
  { title, figures, blocks, madeAt }: Report,
  format: ReportFormat,
): Promise<string | Uint8Array> {
  const titled: Block[] = [{ kind: 'title', text: title }, ...blocks];
  switch (format) {
    case 'text':
      return renderText(titled);
    case 'json':
      return `${JSON.stringify(figures)}\n`;
    case 'csv':
      return renderCsv(title, blocks);
    case 'html':
      return renderHtml(title, titled);
    case 'xlsx':
      return renderXlsx(title, blocks);
    case 'docx':
      return renderDocx(title, titled, madeAt);
  }
}
