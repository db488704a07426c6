import { zipSync, type Zippable } from 'fflate';

/** ZIP has times without a zone: this one says nothing, in every zone. */
const NO_TIME = new Date(1980, 0, 1);

/** A ZIP of these files, in order of their names; the same files give the same bytes. */
export function zipOf(files: Readonly<Record<string, Uint8Array>>): Uint8Array {
  const ordered: Zippable = {};
  for (const name of Object.keys(files).sort()) ordered[name] = [files[name]!, { mtime: NO_TIME, level: 6 }];
  return zipSync(ordered);
}
