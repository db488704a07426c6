import { rename, stat } from 'node:fs/promises';
import { join, parse } from 'node:path';

/** Moves a file into a folder beside it, in one step. `as`: its name there, which must be free. */
export async function moveAside(folder: string, name: string, to: string, as: string): Promise<void> {
  await rename(join(folder, name), join(folder, to, as));
}

/**
 * The name itself, or with the beginning of the file's digest in it where that is taken: nothing that was moved before is
 * overwritten.
 */
export async function freeName(target: string, name: string, digest: string): Promise<string> {
  if (!(await exists(join(target, name)))) return name;
  const { name: stem, ext } = parse(name);
  const other = `${stem}-${digest.slice(0, 12)}`;
  for (let n = 1; ; n++) {
    const free = n === 1 ? `${other}${ext}` : `${other}-${n}${ext}`;
    if (!(await exists(join(target, free)))) return free;
  }
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
