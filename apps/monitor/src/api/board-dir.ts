import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** The folder of the static page: beside the sources, or seen from the built output. Null where there is none. */
export function findBoardDir(): string | null {
  const places = [
    join(__dirname, '..', '..', 'board'),
    join(__dirname, '..', '..', '..', '..', '..', 'apps', 'monitor', 'board'),
  ];
  return places.find((place) => existsSync(join(place, 'index.html'))) ?? null;
}
