// Builds the console into dist/apps/console, with every text file also compressed: the monitor sends those as they are.
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { build } from 'vite';

const config = fileURLToPath(new URL('vite.config.mjs', import.meta.url));
const out = fileURLToPath(new URL('../../dist/apps/console', import.meta.url));
// Whatever the environment of whoever builds: what is served is never the slow version that talks to developers.
process.env.NODE_ENV = 'production';
await build({ configFile: config, mode: 'production', logLevel: 'warn' });
for (const name of readdirSync(out, { recursive: true })) {
  const file = join(out, String(name));
  if (!/\.(js|css|html|svg)$/.test(file) || statSync(file).size < 1024) continue;
  const content = readFileSync(file);
  writeFileSync(`${file}.gz`, gzipSync(content, { level: 9 }));
  writeFileSync(
    `${file}.br`,
    brotliCompressSync(content, { params: { [constants.BROTLI_PARAM_QUALITY]: 7 } }),
  );
}
