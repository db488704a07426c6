import { Progress } from './progress';
import { TestClock } from './testing/test-clock';

function setup(isTTY: boolean, total?: number) {
  const clock = new TestClock(0);
  const written: string[] = [];
  const sink = { isTTY, write: (text: string) => written.push(text) };
  return { clock, written, progress: new Progress({ label: 'import', unit: 'records', total, clock, sink }) };
}

describe('the progress of long work', () => {
  it('is one line that renews itself on a terminal', () => {
    const { clock, written, progress } = setup(true, 1000);
    clock.moveTo(2000);
    progress.advance(500);
    expect(written).toEqual(['\r\u001b[2Kimport: 500 of 1000 (50 %) records, 250/s']);
  });

  it('is a plain line every few seconds elsewhere, and one at the end', () => {
    const { clock, written, progress } = setup(false);
    for (let second = 1; second <= 11; second++) {
      clock.moveTo(second * 1000);
      progress.advance(10);
    }
    progress.finish();
    expect(written).toEqual([
      'import: 50 records, 10/s\n',
      'import: 100 records, 10/s\n',
      'import: 110 records, 10/s\n',
    ]);
  });
});
