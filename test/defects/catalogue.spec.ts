import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(__dirname, '..', '..');

/**
 * Defects that users reported of software of this kind. Each has tests here, or beside the code that it speaks of,
 * whose names (or those of their suite) begin with `defect N:` and say what this product does instead.
 */
const DEFECTS = [
  'a pause over a weekend or holiday adds too much',
  'a pause is forgotten or counted twice when the rule changes',
  'a changed calendar is not applied, or to some cases only',
  'what is red stays red, or silently turns, after a change',
  'a warning comes at midnight, or is wrong across closed hours',
  'a level fires again on every sweep',
  'after a downtime only the first level fires',
  'a sweep leaves out what goes beyond its cap',
  'the scheduler is dead and nobody notices',
  'a crash between doing and noting it does it twice',
  'two replicas do it twice',
  'a job that outlives its lock is done twice',
  'everything is due at one instant',
  'holidays are kept in the memory of each process',
  'a year that is not published counts as Monday to Friday, unmarked',
  'the time zone of the process leaks in',
  'days and hours have two ideas of which dates are open',
  'ranges across the new year are cut or lost',
  'a day is taken for 86,400 seconds',
  'a silent cap on steps gives a wrong date',
  'a setting is accepted and ignored',
  'units are ambiguous: is a day 24 business hours?',
  'nobody can explain a date',
  'one idle source makes time stand still for all',
  'reopened, resent and withdrawn cases go wrong',
  'reminders come at night and on Sundays',
  'a table of timers grows until it is slow',
  'a recomputation sends everything again',
];

function specsBelow(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) return entry.name === 'node_modules' ? [] : specsBelow(path);
    return entry.name.endsWith('.spec.ts') ? [path] : [];
  });
}

describe('the catalogue of defects', () => {
  it('has a test for each', () => {
    const tested = new Set<number>();
    for (const path of ['apps', 'libs', 'test'].flatMap(specsBelow))
      for (const [, , number] of readFileSync(join(ROOT, path), 'utf8').matchAll(
        /\(\s*(['"`])defect (\d+): /g,
      ))
        tested.add(Number(number));
    const missing = DEFECTS.map((what, index) => `${index + 1}: ${what}`).filter(
      (_, index) => !tested.has(index + 1),
    );
    expect(missing).toEqual([]);
  });
});
