// `npm test`: installs and builds where needed, runs every test, and ends with one line: `jest: N passed, N failed`.
// Arguments go to Jest: `npm test -- libs/rules`.
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT, run, say, setUp } from './set-up.mjs';

const BROWSERS = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** The tests of the page need a browser. Where it can be had from the distribution, it is. */
function ensureBrowser() {
  if (process.env.CHROMIUM || BROWSERS.some(existsSync)) return;
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) {
    say('No Chromium: the tests of the page will be skipped. Install it, or name it in CHROMIUM.');
    return;
  }
  say('Installing Chromium for the tests of the page …');
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  run('apt-get', ['update', '-qq'], { env, stdio: 'ignore' });
  run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium', 'fonts-noto-cjk'], {
    env,
    stdio: 'ignore',
  });
}

setUp();
ensureBrowser();
const folder = mkdtempSync(join(tmpdir(), 'mingjian-test-'));
const results = join(folder, 'results.json');
const status = run(
  process.execPath,
  [
    join(ROOT, 'node_modules/jest/bin/jest.js'),
    '--json',
    `--outputFile=${results}`,
    ...process.argv.slice(2),
  ],
  { stdio: ['ignore', 'ignore', 'inherit'] },
);
if (!existsSync(results)) {
  say('Jest ended without results.');
  process.exit(status || 70);
}
const { numPassedTests, numFailedTests, numPendingTests, numRuntimeErrorTestSuites } = JSON.parse(
  readFileSync(results, 'utf8'),
);
rmSync(folder, { recursive: true, force: true });
// A suite that could not even be loaded has no tests to count, but it did fail.
const failed = numFailedTests + numRuntimeErrorTestSuites;
const skipped = numPendingTests > 0 ? `, ${numPendingTests} skipped` : '';
console.log(`jest: ${numPassedTests} passed, ${failed} failed${skipped}`);
process.exit(status);
