/* eslint-disable jest/no-export -- a helper for suites is not itself a suite */

/**
 * Describes a suite that needs a program of this machine. Where it is missing the suite is reported as skipped with the
 * reason and what to install; with `CI=true` it fails, because there nobody reads what was skipped.
 *
 * @param missing what is missing and how to get it; null where nothing is
 */
export function describeWithTool(title: string, missing: string | null, suite: () => void): void {
  const isSkipped = missing !== null && process.env.CI !== 'true';
  if (isSkipped) process.stderr.write(`Skipped: ${title} — ${missing}\n`);
  // Skipped only where somebody reads the line above: on a machine of one's own that lacks the tool.
  (isSkipped ? describe.skip : describe)(`${title}`, () => {
    if (missing === null) suite();
    else it(`${missing}`, () => expect(missing).toBe(''));
  });
}
