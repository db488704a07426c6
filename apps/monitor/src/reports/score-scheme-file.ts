import { readFile } from 'node:fs/promises';
import { parseYamlDocument, ScoreScheme } from '@mingjian/contracts';

/**
 * The scheme that scores are given by; null where none is set. Read at every use: it is small, and a change counts at once.
 * @throws BadInputError naming file, line and field; an error of the file system where it cannot be read.
 */
export async function readScoreScheme(file: string): Promise<ScoreScheme | null> {
  return file === '' ? null : parseYamlDocument(await readFile(file, 'utf8'), file, ScoreScheme);
}
