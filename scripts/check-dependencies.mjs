// `npm run check:dependencies [-- FOLDER]`: what the lock file of a folder brings in. Needs no network.
//   - every package is held by a hash, and comes from a registry
//   - every licence is one that the product may be given away with; what only builds and tests may have a few more
//   - what wants to run a script while it is installed was decided on (allowScripts in package.json)
//   - package.json names exact versions
// Known weaknesses are asked of a registry by `npm audit --omit=dev`, where one can be reached.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './set-up.mjs';

const PRODUCT = [
  '0BSD',
  'Apache-2.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'BlueOak-1.0.0',
  'CC0-1.0',
  'ISC',
  'MIT',
  'MIT-0',
  'Python-2.0',
  'Unlicense',
  'Zlib',
];
/** Changed by nobody here and not given away with the product. */
const TOOLS = [...PRODUCT, 'CC-BY-4.0', 'MPL-2.0'];

/** What is wrong with a lock file beside its package.json; empty: nothing. */
function dependencyProblems(lock, manifest) {
  const problems = [];
  for (const [path, entry] of Object.entries(lock.packages)) {
    if (path === '' || entry.link) continue;
    const name = path.replace(/^.*node_modules\//, '');
    const say = (what) => problems.push(`${name} ${entry.version ?? ''} (${path}): ${what}`);
    if (!/^sha512-/.test(entry.integrity ?? '')) say('no SHA-512 of its content');
    if (/^(git|file|http:)/.test(entry.resolved ?? ''))
      say(`comes from ${entry.resolved}, not from a registry`);
    const allowed = entry.dev ? TOOLS : PRODUCT;
    if (!isAllowed(entry.license, allowed)) say(`licence ${entry.license ?? 'not said'}`);
    if (entry.hasInstallScript && !(name in (manifest.allowScripts ?? {})))
      say('wants to run a script when installed; decide in allowScripts of package.json');
  }
  for (const [name, version] of Object.entries({ ...manifest.dependencies, ...manifest.devDependencies }))
    if (!/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version)) problems.push(`${name}: ${version} is no exact version`);
  return problems;
}

/** Of licences with OR between one is enough, of those with AND all are needed. */
function isAllowed(license, allowed) {
  if (typeof license !== 'string') return false;
  const plain = license.replace(/[()]/g, '');
  return plain.split(' OR ').some((one) => one.split(' AND ').every((part) => allowed.includes(part.trim())));
}

const folder = process.argv[2] ?? ROOT;
const read = (file) => JSON.parse(readFileSync(join(folder, file), 'utf8'));
const lock = read('package-lock.json');
const problems = dependencyProblems(lock, read('package.json'));
for (const problem of problems) console.error(problem);
if (problems.length === 0)
  console.log(`dependencies: ${Object.keys(lock.packages).length - 1} packages, nothing to object to`);
process.exitCode = problems.length === 0 ? 0 : 1;
