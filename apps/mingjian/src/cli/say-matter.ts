import type { ActEvent, Light } from '@mingjian/contracts';
import type { CliDesk } from './act-desk';
import { inColumns } from './in-columns';
import { EXIT } from './io';

/** The row of an order, an appeal or a complaint, as far as every list shows it. */
interface MatterRow {
  id: number;
  state: string;
  light: string;
  department: string;
  dueAt: number | null;
}

/** A matter with its events. */
interface SeenMatter {
  row: { id: number };
  facts: { version: number };
  verdict: { light: Light; dueAt: number | null };
  events: readonly ActEvent<{ type: string; happenedAt?: number }>[];
}

/** Says one answer: as JSON, or in words. */
export async function say({ io, options }: CliDesk, answer: object, text: string): Promise<number> {
  await io.out(options.json ? `${JSON.stringify(answer)}\n` : text);
  return EXIT.done;
}

/** A list of matters in words, each with what `nameOf` calls it; `none` where there is none. */
export function mattersInWords<T extends MatterRow>(
  { present }: CliDesk,
  rows: readonly T[],
  nameOf: (row: T) => string,
  none: string,
): string {
  if (rows.length === 0) return `${none}\n`;
  return inColumns(
    rows.map((row) => [
      String(row.id),
      row.state,
      row.light,
      row.department,
      present.timeOrNull(row.dueAt) ?? '-',
      nameOf(row),
    ]),
  );
}

/** A matter in words: its heading, how it stands, and what was done about it, each at the time at which it happened. */
export function matterInWords({ present }: CliDesk, heading: string, seen: SeenMatter): string {
  const { row, facts, verdict, events } = seen;
  const lines = events.map(
    ({ seq, at, actor, act }) =>
      `${seq}  ${present.time(act.happenedAt ?? at)}  ${act.type}  ${actor.name}\n`,
  );
  return (
    `${heading}\n` +
    `id ${row.id}  version ${facts.version}  light ${verdict.light}  due ${present.timeOrNull(verdict.dueAt) ?? '-'}\n` +
    lines.join('')
  );
}
