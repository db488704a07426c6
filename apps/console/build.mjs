// Builds the console into dist/apps/console, with every text file also compressed: the monitor sends those as they are.
// Files of earlier builds stay for a week: pages that are open since then still ask for them.
import { readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { build } from 'vite';

const config = fileURLToPath(new URL('vite.config.mjs', import.meta.url));
const KEPT_MS = 7 * 86_400_000;
const out = fileURLToPath(new URL('../../dist/apps/console', import.meta.url));
// Whatever the environment of whoever builds: what is served is never the slow version that talks to developers.
process.env.NODE_ENV = 'production';
const { output } = await build({ configFile: config, mode: 'production', logLevel: 'warn' });
const built = new Set(output.map(({ fileName }) => fileName));
for (const name of built) {
  const file = join(out, name);
  // A file that is sent as it is must not have a compressed one of an earlier build beside it.
  for (const ending of ['gz', 'br']) rmSync(`${file}.${ending}`, { force: true });
  if (!/\.(js|css|html|svg)$/.test(file) || statSync(file).size < 1024) continue;
  const content = readFileSync(file);
  writeFileSync(`${file}.gz`, gzipSync(content, { level: 9 }));
  writeFileSync(
    `${file}.br`,
    brotliCompressSync(content, { params: { [constants.BROTLI_PARAM_QUALITY]: 7 } }),
  );
}
const assets = join(out, 'assets');
for (const name of readdirSync(assets)) {
  const isOld = Date.now() - statSync(join(assets, name)).mtimeMs > KEPT_MS;
  if (isOld && !built.has(`assets/${name.replace(/\.(gz|br)$/, '')}`)) rmSync(join(assets, name));
}
