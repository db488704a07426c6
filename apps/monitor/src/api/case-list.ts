import { BadRequestException } from '@nestjs/common';
import { LIGHTS, type Light } from '@mingjian/contracts';
import {
  decodeCaseFile,
  instantOf,
  instantText,
  type CaseFileRow,
  RowScope,
  type Queryable,
} from '@mingjian/store';
import { z } from 'zod';

/** What the list of cases can be narrowed by. */
export interface CaseFilter {
  light?: Light;
  department?: string;
  item?: string;
  open?: boolean;
  q?: string;
  limit: number;
  cursor?: string;
}

/** The last row of a page: light, due instant, case number. */
const Cursor = z.tuple([z.number().int(), z.string(), z.string()]);

/**
 * Cases by urgency: worst light first, then the earliest due instant, then the case number. Pages are cut by the last
 * row seen, not by counting: a page is as quick at the end as at the beginning, and rows that move between two
 * requests are neither lost nor repeated among those that stay. Only rows that whoever asks may read.
 *
 * `silent` are departments that nothing is known of now: asked by light, their cases are grey, in the order of what was judged.
 */
export async function listCases(
  from: Queryable,
  scope: RowScope,
  filter: CaseFilter,
  silent: ReadonlySet<string> = new Set(),
): Promise<{ rows: CaseFileRow[]; next: string | null }> {
  const conditions: string[] = [];
  const parameters: unknown[] = [];
  const where = (condition: string, ...values: unknown[]): void => {
    conditions.push(condition);
    parameters.push(...values);
  };
  const within = scope.condition();
  where(within.sql, ...within.parameters);
  const open = filter.open ?? (filter.q === undefined ? true : undefined);
  if (open !== undefined) where('is_open = ?', open ? 1 : 0);
  if (filter.light !== undefined) {
    const unknown = RowScope.ofDepartments([...silent]).condition();
    const isJudged = 'light_rank = ?';
    const sql =
      filter.light === 'grey'
        ? `(${isJudged} OR ${unknown.sql})`
        : `(${isJudged} AND (department IS NULL OR NOT (${unknown.sql})))`;
    if (silent.size === 0) where(isJudged, LIGHTS.indexOf(filter.light));
    else where(sql, LIGHTS.indexOf(filter.light), ...unknown.parameters);
  }
  if (filter.department !== undefined) where('department = ?', filter.department);
  if (filter.item !== undefined) where('item_code = ?', filter.item);
  // A range, not LIKE: it uses the key, and no character of the input is special.
  if (filter.q !== undefined) where('case_no >= ? AND case_no < ?', filter.q, `${filter.q}\u{10FFFF}`);
  if (filter.cursor !== undefined)
    where('(light_rank, urgent_at, case_no) > (?, ?, ?)', ...readCursor(filter.cursor));
  const rows = (
    await from.query<object>(
      `SELECT * FROM case_file WHERE ${conditions.join(' AND ')} ` +
        'ORDER BY light_rank, urgent_at, case_no LIMIT ?',
      [...parameters, filter.limit + 1],
    )
  ).map(decodeCaseFile);
  const page = rows.slice(0, filter.limit);
  const last = page[page.length - 1];
  return { rows: page, next: rows.length > page.length && last !== undefined ? cursorOf(last) : null };
}

function cursorOf(row: CaseFileRow): string {
  const place = [row.lightRank, instantText(row.urgentAt), row.caseNo];
  return Buffer.from(JSON.stringify(place)).toString('base64url');
}

function readCursor(cursor: string): [number, string, string] {
  try {
    const place = Cursor.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')));
    return [place[0], instantText(instantOf(place[1])), place[2]];
  } catch {
    const problem = {
      place: 'query',
      field: 'cursor',
      expected: '`next` of an earlier page',
      got: cursor.slice(0, 40),
      hint: 'start again without a cursor',
    };
    throw new BadRequestException({
      statusCode: 400,
      message: 'query: cursor: expected `next` of an earlier page',
      problems: [problem],
    });
  }
}
