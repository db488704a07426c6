import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** The folder of the built console: seen from the built monitor, or from the sources. Null where it was not built. */
export function findConsoleDir(): string | null {
  const places = [
    join(__dirname, '..', '..', '..', 'console'),
    join(__dirname, '..', '..', '..', '..', 'dist', 'apps', 'console'),
  ];
  return (
    places.find((place) => existsSync(join(place, 'index.html')) && existsSync(join(place, 'assets'))) ?? null
  );
}
