import { mergePauses, type Pause } from './pauses';

const pause = (from: number, to: number | null): Pause => ({ from, to });

describe('merging pauses', () => {
  it.each<[string, Pause[], Pause[]]>([
    ['none', [], []],
    ['one', [pause(1, 5)], [pause(1, 5)]],
    ['one without an end', [pause(1, null)], [pause(1, null)]],
    ['one that lasts no time', [pause(5, 5)], []],
    ['one that ends before it starts', [pause(5, 1)], []],
    ['one among others that lasts no time, or less', [pause(1, 2), pause(5, 5), pause(9, 7)], [pause(1, 2)]],
    ['two apart', [pause(1, 3), pause(5, 7)], [pause(1, 3), pause(5, 7)]],
    ['two in another order', [pause(5, 7), pause(1, 3)], [pause(1, 3), pause(5, 7)]],
    ['two that touch', [pause(1, 3), pause(3, 7)], [pause(1, 7)]],
    ['two a millisecond apart', [pause(1, 3), pause(4, 7)], [pause(1, 3), pause(4, 7)]],
    ['two that overlap', [pause(1, 5), pause(3, 7)], [pause(1, 7)]],
    ['one within another', [pause(1, 9), pause(3, 7)], [pause(1, 9)]],
    ['one that goes on without an end', [pause(1, 5), pause(3, null)], [pause(1, null)]],
    ['what comes after one without an end', [pause(1, null), pause(3, 7), pause(20, 30)], [pause(1, null)]],
    ['a chain of three', [pause(1, 4), pause(6, 9), pause(3, 6)], [pause(1, 9)]],
  ])('gives the union, in order: %s', (_what, pauses, expected) => {
    expect(mergePauses(pauses)).toEqual(expected);
  });

  it('leaves what it was given as it was', () => {
    const given = [pause(1, 5), pause(3, 7)];
    mergePauses(given);
    expect(given).toEqual([pause(1, 5), pause(3, 7)]);
  });
});
