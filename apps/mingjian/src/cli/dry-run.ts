import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { isNativeError } from 'node:util/types';
import { BadInputError } from '@mingjian/contracts';
import { emptyPreviewSum, previewFiles } from '@mingjian/mapping';
import { settingsOf } from '../engines';
import { chosenMapping } from '../files/chosen-mapping';
import type { Io } from './io';
import { EXIT, UsageError } from './io';
import { showPreview, showPreviewSum } from './show-preview';
import { chosenDir, type DirOption } from './source';

export type DryRunOptions = DirOption & { mapping: string; limit?: string };

/**
 * `mingjian import --dry-run`: each record beside the events that it would mean, with the line of the mapping that makes
 * each, and why others would go into quarantine. Opens no log and no store; what was approved is looked up where it is named.
 */
export async function dryRun(files: readonly string[], options: DryRunOptions, io: Io): Promise<number> {
  const limit = options.limit === undefined ? null : Number(options.limit);
  if (limit !== null && !(Number.isSafeInteger(limit) && limit > 0))
    throw new UsageError('--limit: a number of records, 1 or more');
  const process = settingsOf('live');
  const { settings } = process;
  const mapping = await chosenMapping(options.mapping, process, () => chosenDir(options));
  const sum = emptyPreviewSum();
  const preview = previewFiles({ files, mapping, limit, settings, clock: { now: () => io.now() } }, sum);
  for await (const record of preview)
    await io.out(options.json ? `${JSON.stringify(record)}\n` : showPreview(record));
  await io.out(options.json ? `${JSON.stringify({ summary: sum })}\n` : showPreviewSum(sum));
  return Object.keys(sum.rejectsByReason).length > 0 ? EXIT.findings : EXIT.done;
}

/** The files of a delivery: those named, and those of a folder that is named, by name. */
export function filesOf(named: readonly string[]): string[] {
  return named.flatMap((name) => {
    try {
      if (!statSync(name).isDirectory()) return [name];
      const inside = readdirSync(name, { withFileTypes: true }).filter((entry) => entry.isFile());
      return inside.map((entry) => join(name, entry.name)).sort();
    } catch (error) {
      const got = isNativeError(error) ? error.message : String(error);
      const expected = 'a file that can be read, or a folder of them';
      throw new BadInputError([{ place: name, field: '', expected, got, hint: '' }]);
    }
  });
}
