// `node scripts/offline-bundle.mjs [--out DIR] [--without-node]`: a release for a server without internet, one file with
// everything that runs: the built processes and console, the locked packages, rules, units, Node.js itself.
// Only for machines like this one: the same system, processor and C library.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { ROOT, say, setUp } from './set-up.mjs';

/** What a running installation reads. */
const CONTENTS = [
  ...['bin', 'dist/apps', 'dist/libs', 'rulesets', 'mappings', 'feeds', 'recipients', 'docs'],
  ...[
    'deploy',
    'package.json',
    'package-lock.json',
    '.env.example',
    'LICENSE',
    'README.md',
    'README.zh-CN.md',
  ],
];
/** Maps of sources that are not there, and types: nobody runs them. */
const NOT_RUN = /\.(map|d\.ts|d\.mts|d\.cts|tsbuildinfo)$|\/\.built/;

const { values } = parseArgs({ options: { out: { type: 'string' }, 'without-node': { type: 'boolean' } } });
setUp();
const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
const musl = process.report.getReport().header.glibcVersionRuntime === undefined;
const name = `mingjian-${version}-linux-${process.arch}${musl ? '-musl' : ''}`;
const out = resolve(values.out ?? join(ROOT, 'dist/bundle'));
const folder = join(out, name);
rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });

for (const path of CONTENTS) if (existsSync(join(ROOT, path))) copy(path);
const packages = productionPackages();
for (const path of packages)
  copy(path, (from) => !relative(join(ROOT, path), from).startsWith('node_modules'));
if (!values['without-node']) {
  cpSync(process.execPath, join(folder, 'bin/node'), { dereference: true });
  chmodSync(join(folder, 'bin/node'), 0o755);
}
cpSync(join(ROOT, 'deploy/bundle/install.sh'), join(folder, 'install.sh'));
writeFileSync(join(folder, 'VERSION'), `${name}\n`);
writeFileSync(join(folder, 'PLATFORM'), `linux ${command('uname', ['-m']).trim()}\n`);
// Last, over everything else.
const files = filesBelow(folder).sort();
writeFileSync(
  join(folder, 'SHA256SUMS'),
  files.map((file) => `${sha256(join(folder, file))}  ${file}\n`).join(''),
);
const archive = `${name}.tar.gz`;
// The same input gives the same bytes: order, owner and time are no part of it.
command('tar', [
  ...['--sort=name', '--owner=0', '--group=0', '--numeric-owner', '--mtime=2026-01-01T00:00:00Z'],
  ...['--use-compress-program', 'gzip -n', '-cf', join(out, archive), '-C', out, name],
]);
writeFileSync(join(out, `${archive}.sha256`), `${sha256(join(out, archive))}  ${archive}\n`);
say(`${packages.length} packages, ${files.length} files`);
console.log(join(out, archive));

/** Folders of the packages that are needed to run, as npm finds them by the lockfile, from the root. */
function productionPackages() {
  const text = command('npm', ['ls', '--omit=dev', '--all', '--parseable']);
  return text
    .split('\n')
    .slice(1)
    .filter((path) => path !== '')
    .map((path) => relative(ROOT, path));
}

function copy(path, isWanted = () => true) {
  cpSync(join(ROOT, path), join(folder, path), {
    recursive: true,
    dereference: true,
    filter: (from) => !NOT_RUN.test(from) && isWanted(from),
  });
}

function filesBelow(base, below = '') {
  return readdirSync(join(base, below), { withFileTypes: true }).flatMap((entry) => {
    const path = below === '' ? entry.name : `${below}/${entry.name}`;
    return entry.isDirectory() ? filesBelow(base, path) : [path];
  });
}

function sha256(file) {
  return createHash('sha256').update(readFileSync(file)).digest('hex');
}

function command(program, args) {
  const { status, stdout, stderr, error } = spawnSync(program, args, {
    cwd: ROOT,
    encoding: 'utf8',
    maxBuffer: 1 << 26,
  });
  if (error) throw error;
  if (status !== 0) {
    say(`${program} ended with ${status}: ${stderr}`);
    process.exit(70);
  }
  return stdout;
}
