import { createHash } from 'node:crypto';
import { createReadStream, existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { BadInputError, problemsOf, type Problem } from '@mingjian/contracts';
import { z } from 'zod';

/** Says what a backup is of; written last, so that a folder without it is no backup. */
export const MANIFEST = 'backup.json';

/** Files with private keys stand here, so that they can be taken away and kept elsewhere. */
export const KEYS = 'keys';

const NAME = /^(keys\/)?[\w][\w.-]*$/;

/** What a backup holds. */
export const BackupManifest = z.object({
  format: z.literal(1),
  /** When it was begun: nothing later is certain to be in it. */
  at: z.iso.datetime(),
  store: z.enum(['sqlite', 'server']),
  log: z.enum(['sqlite', 'kafka']),
  /** Collation of the database, for a server. */
  collation: z.string().regex(/^\w*$/),
  /** Migrations that the rows have been through. */
  migrations: z.array(z.string()),
  files: z.array(
    z.object({
      name: z.string().regex(NAME),
      bytes: z.number().int().nonnegative(),
      sha256: z.string().regex(/^[0-9a-f]{64}$/),
    }),
  ),
});
export type BackupManifest = z.infer<typeof BackupManifest>;
export type BackedUpFile = BackupManifest['files'][number];

/** Size and SHA-256 of a file of a backup. */
export async function describeFile(folder: string, name: string): Promise<BackedUpFile> {
  const path = join(folder, name);
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer);
  return { name, bytes: statSync(path).size, sha256: hash.digest('hex') };
}

export function writeManifest(folder: string, manifest: BackupManifest): void {
  const text = `${JSON.stringify(BackupManifest.parse(manifest), null, 2)}\n`;
  writeFileSync(join(folder, MANIFEST), text, { mode: 0o600, flush: true });
}

/** @throws BadInputError where the folder is no backup, or one in a form that this version does not know. */
export function readManifest(folder: string): BackupManifest {
  const place = join(folder, MANIFEST);
  const hint = 'name the folder that `mingjian backup` made';
  if (!existsSync(place))
    throw new BadInputError([{ place, field: '', expected: 'a backup', got: 'no such file', hint }]);
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(place, 'utf8'));
  } catch {
    throw new BadInputError([{ place, field: '', expected: 'JSON', got: 'something else', hint }]);
  }
  const parsed = BackupManifest.safeParse(value);
  if (!parsed.success) throw new BadInputError(problemsOf(parsed.error, place, value));
  return parsed.data;
}

/**
 * Holds the files against what the manifest says of them.
 * @param keys folder of the private keys, where they are kept apart.
 * @throws BadInputError with every file that is missing or was changed.
 */
export async function checkFiles(folder: string, keys: string, manifest: BackupManifest): Promise<void> {
  const problems: Problem[] = [];
  for (const file of manifest.files) {
    const path = pathIn(folder, keys, file.name);
    const problem = (got: string, hint: string): number =>
      problems.push({ place: path, field: '', expected: `SHA-256 ${file.sha256}`, got, hint });
    if (!existsSync(path)) {
      const isKey = file.name.startsWith(`${KEYS}/`);
      problem(
        'no such file',
        isKey ? 'name the folder of the keys with --keys' : 'fetch the whole backup again',
      );
      continue;
    }
    const found = await describeFile(path, '');
    if (found.sha256 !== file.sha256)
      problem(`${found.bytes} bytes with another hash`, 'the copy was damaged or changed: take another');
  }
  if (problems.length > 0) throw new BadInputError(problems);
}

/** Where a file of a backup lies. */
export function pathIn(folder: string, keys: string, name: string): string {
  return name.startsWith(`${KEYS}/`) ? join(keys, name.slice(KEYS.length + 1)) : join(folder, name);
}
