import { readFile } from 'node:fs/promises';
import { gunzipSync } from 'node:zlib';
import { BadInputError } from '@mingjian/contracts';

/**
 * A whole file as text; `.gz` is unpacked.
 * @throws BadInputError when the file cannot be read.
 */
export async function readText(file: string): Promise<string> {
  try {
    const bytes = await readFile(file);
    return (file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8').replace(/^\uFEFF/, '');
  } catch (error) {
    throw new BadInputError([
      {
        place: file,
        field: '',
        expected: 'a file that can be read',
        got: (error as Error).message,
        hint: 'check the path',
      },
    ]);
  }
}
